"""
Every recorded write whose answer depends on its body alone, with the recorded errors and values.

`recorded_writes.json` lists the cases: scenario, label, content type, what was done, the document, the body.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tessera.errors import TesseraError
from tessera.schema.attributes import Mode
from tessera.schema.content import Content, Refusal, check_content, draft_to_publish, refused_key
from tessera.schema.model import Attribute, Relation, Scalar, Schema
from tests.unit.attributes.drafts import Entry, written
from tests.unit.schema.projects import conformance_schema

SUITE = Path(__file__).parents[2] / "conformance"
UNRECORDED: dict[str, Any] = {"id": 0, "title": "made by an unrecorded step", "name": "likewise"}
LOCALIZED = {"api::article.article", "api::homepage.homepage"}


@dataclass(frozen=True, slots=True)
class Write:
    """One recorded request."""

    scenario: str
    label: str
    uid: str
    action: str  # create, update, save or publish, or two of them
    document: str | None  # None when nothing is created
    body: Any

    @property
    def is_content_api(self) -> bool:
        return self.scenario.startswith(("content_api", "content_promises"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a write: an error, or the entry."""

    error: TesseraError | None
    entry: Entry


CASES = [Write(*row) for row in json.loads(Path(__file__).with_name("recorded_writes.json").read_text("utf-8"))]
NAMED = {f"{case.scenario}: {case.label}": case for case in CASES}
SCHEMA = conformance_schema()


@cache
def suite() -> ModuleType:
    """Return the module that recorded the answers."""
    spec = importlib.util.spec_from_file_location("conformance_suite", SUITE / "conformance.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["conformance_suite"] = module
    spec.loader.exec_module(module)
    return module


@cache
def expected(scenario: str) -> dict[str, Any]:
    """Return the recorded answers of a scenario, deviations laid over, by their labels."""
    deviations = json.loads((SUITE / "scenarios" / "deviations.json").read_text("utf-8"))
    exchanges = suite().expected_of(SUITE / "golden" / f"{scenario}.json", deviations)
    return {exchange["label"]: exchange for exchange in exchanges}


@cache
def outcomes(scenario: str) -> dict[str, Outcome]:
    """Do the writes of a scenario one after the other, by their labels."""
    entries: dict[str | None, Entry] = {}
    done = {}
    for write in (case for case in CASES if case.scenario == scenario):
        outcome = do(SCHEMA, write, entries.get(write.document))
        done[write.label] = outcome
        if outcome.error is None:
            entries[write.document] = outcome.entry
    return done


def do(schema: Schema, write: Write, before: Entry | None) -> Outcome:
    """Check a body as a use case does, against a draft first and then for publication."""
    content_type = schema.content_types[write.uid]
    if write.is_content_api and isinstance(write.body, dict):
        refused = refused_key(schema, content_type, write.body, may_link=may_link(write))
        if refused is not None:
            return Outcome(refused.error(), {})
    creating = "create" in write.action or (write.action in {"save", "publish"} and before is None)
    checked = check_content(
        schema,
        content_type,
        write.body,
        mode=Mode.DRAFT if content_type.draft_and_publish else Mode.PUBLISH,
        creating=creating,
        forgiving=not write.is_content_api,
        stamp=stamp(write),
    )
    if isinstance(checked, Refusal):
        return Outcome(checked.error(), {})
    entry = written(schema, content_type, checked.fields, None if creating else before or UNRECORDED)
    published: Content | Refusal = checked
    if "publish" in write.action:
        published = draft_to_publish(schema, content_type, entry)
    return Outcome(published.error() if isinstance(published, Refusal) else None, entry)


def may_link(write: Write) -> Any:  # noqa: ANN401 - a predicate
    """Return which relations the scenario's token may touch."""

    def judge(attribute: Attribute) -> bool:
        is_narrow = write.scenario.endswith("relations_beyond_the_token")
        return not is_narrow or not isinstance(attribute, Relation) or attribute.target == "api::category.category"

    return judge


def stamp(write: Write) -> dict[str, Any]:
    """Return what the server adds to a body before it is checked."""
    added: dict[str, Any] = {"publishedAt": None}
    if write.uid in LOCALIZED:
        added["locale"] = "en"
    if not write.is_content_api:
        added["updatedBy"] = 1
    return added


@pytest.mark.parametrize(
    "name", [name for name in NAMED if expected(NAMED[name].scenario)[NAMED[name].label]["status"] >= 400]
)
def test_a_recorded_refusal(name: str) -> None:
    """
    A body that the reference refuses is refused with the same words, places and values.
    """
    write = NAMED[name]
    recorded = expected(write.scenario)[write.label]["body"]["error"]
    error = outcomes(write.scenario)[write.label].error
    assert error is not None, "it was accepted"
    answer = {"name": error.name, "message": error.message, "details": suite().normalise(dict(error.details))}

    assert {key: recorded[key] for key in answer} == answer


@pytest.mark.parametrize(
    "name", [name for name in NAMED if expected(NAMED[name].scenario)[NAMED[name].label]["status"] < 400]
)
def test_a_recorded_success(name: str) -> None:
    """
    A body that the reference takes is taken, and its values come back as recorded.
    """
    write = NAMED[name]
    recorded = expected(write.scenario)[write.label]["body"]["data"]
    outcome = outcomes(write.scenario)[write.label]
    assert outcome.error is None, outcome.error.details
    scalars = {
        attribute.name
        for attribute in SCHEMA.content_types[write.uid].declared()
        if isinstance(attribute, Scalar) and attribute.name in (recorded if outcome.entry["id"] else write.body)
    }

    assert {name: recorded[name] for name in scalars} == suite().normalise(
        {name: outcome.entry[name] for name in scalars}
    )
