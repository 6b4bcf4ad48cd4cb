"""
Values of every attribute type, in drafts and in publications, with what the reference makes of each.

`recorded_values.json` lists the cases: draft or publish, attribute, value, status, and the value that came back or
the error.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tessera.schema.attributes import Mode
from tessera.schema.content import Content, Refusal, check_content
from tests.unit.attributes.drafts import written
from tests.unit.attributes.lab import FIRM, PROBE, RECORDED, SCHEMA

# Where we differ, and why. The third is taken here and refused there, the last the other way round.
DIFFERENT = {
    "zstr 123456789012345680000": "a number beyond 64 bits cannot be held, so it is refused wherever it stands",
    'zblocks [{"type": "paragraph", "children": "[]"}]': "only blocks as a whole are read from a text",
    "zmany true": "a truth value changes no relation, when an entry is created no less than when it is changed",
    'zblocks [{"type": "paragraph", "children": [{"type": "link", "url": "http:///x", "children": '
    '[{"type": "text", "text": "x"}]}]}]': "an address without a host is no address",
}
CASES = [case for case in RECORDED["cases"] if "formats" not in json.dumps(case[2]) or case[3] == 400]


def name_of(case: list[Any]) -> str:
    """Return what was sent, as text."""
    return f"{case[1]} {json.dumps(case[2], ensure_ascii=False)}"


def check(case: list[Any]) -> Content | Refusal:
    """Check the value of a case."""
    mode, attribute, value, *_ = case
    content_type, strictness = (PROBE, Mode.DRAFT) if mode == "draft" else (FIRM, Mode.PUBLISH)
    return check_content(SCHEMA, content_type, {attribute: value}, mode=strictness, creating=True, forgiving=True)


def errors_of(refusal: Refusal) -> dict[str, Any]:
    """Return an error as it was recorded."""
    error = refusal.error()
    errors = [
        [each["path"], each["message"], *([each["value"]] if "value" in each else [])]
        for each in error.details.get("errors", [])
    ]
    return {"message": error.message, **({"errors": errors} if errors else {})}


SAME = [case for case in CASES if name_of(case) not in DIFFERENT]


@pytest.mark.parametrize(
    "case", [case for case in SAME if case[3] >= 400], ids=lambda case: f"{case[0]} {name_of(case)}"
)
def test_what_the_reference_refuses_is_refused_alike(case: list[Any]) -> None:
    """
    A refused value is refused in the reference's words, with its places and values.
    """
    answer = check(case)
    assert isinstance(answer, Refusal), "it was accepted"

    assert case[4] == errors_of(answer)


@pytest.mark.parametrize(
    "case", [case for case in SAME if case[3] < 400], ids=lambda case: f"{case[0]} {name_of(case)}"
)
def test_what_the_reference_takes_comes_back_alike(case: list[Any]) -> None:
    """
    An accepted value comes back as it does from the reference.
    """
    answer = check(case)
    assert isinstance(answer, Content), answer.error().details
    is_structure = case[1].startswith(("zcomp", "zzone", "zm", "zpass"))

    assert case[4] == (None if is_structure else written(SCHEMA, PROBE, answer.fields)[case[1]])


@pytest.mark.parametrize("name", DIFFERENT)
def test_a_difference_from_the_reference_is_one(name: str) -> None:
    """
    What is listed as different is recorded and does differ.
    """
    cases = [case for case in CASES if name_of(case) == name]
    answers = [
        (case[3] < 400, errors_of(answer) if isinstance(answer := check(case), Refusal) else None) for case in cases
    ]

    assert answers
    assert answers != [(case[3] < 400, case[4]) for case in cases]
