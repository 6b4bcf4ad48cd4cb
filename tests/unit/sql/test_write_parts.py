"""What becomes of components when an entry is written, and which part of a body may be written at all."""

from __future__ import annotations

import pytest

from tessera.query.held import HeldPart, Holdings, RowKey, held_in
from tessera.query.part_plan import PartPlan, Unrelated, plan_parts
from tessera.query.permitted import as_new, permitted, written_paths
from tessera.schema.attributes import Mode
from tessera.schema.content import Content, check_content
from tessera.schema.model import JSON, Schema
from tests.unit.schema.projects import conformance_schema

ARTICLE = "api::article.article"
LINK, QUOTE = "shared.link", "shared.quote"
ROOT = RowKey(ARTICLE, 1)


@pytest.fixture(scope="module")
def schema() -> Schema:
    """Return the schema of the newsroom."""
    return conformance_schema()


def _planned(schema: Schema, data: dict[str, JSON], held: Holdings) -> PartPlan | Unrelated:
    content = check_content(schema, schema.content_types[ARTICLE], data, mode=Mode.DRAFT, creating=False)
    assert isinstance(content, Content)
    return plan_parts(schema, ARTICLE, 1, content.fields, held)


def _listed(*ids: int) -> Holdings:
    return Holdings(tuple(HeldPart(holder=ROOT, name="sources", part=RowKey(LINK, id_)) for id_ in ids))


def test_components_stay_change_come_and_go(schema: Schema) -> None:
    """
    Those with an id stay, those without are new, and those that are not named go.
    """
    plan = _planned(schema, {"sources": [{"id": 2, "label": "B"}, {"label": "new"}]}, _listed(1, 2))

    assert isinstance(plan, PartPlan)
    assert [(ARTICLE, 1), (LINK, 2), (LINK, None)] == [(node.model, node.id) for node in plan.nodes]
    assert (RowKey(LINK, 1),) == plan.gone


def test_a_list_that_stays_as_it_is_is_not_written_again(schema: Schema) -> None:
    """
    The rows that list components change only when the list does.
    """
    same = _planned(schema, {"sources": [{"id": 1, "label": "A"}, {"id": 2, "label": "B"}]}, _listed(1, 2))
    turned = _planned(schema, {"sources": [{"id": 2, "label": "B"}, {"id": 1, "label": "A"}]}, _listed(1, 2))

    assert isinstance(same, PartPlan)
    assert isinstance(turned, PartPlan)
    assert [False] == [part.moved for part in same.lists]
    assert [True] == [part.moved for part in turned.lists]


def test_a_component_of_another_entry_is_refused(schema: Schema) -> None:
    """
    No entry takes a component by its id that it does not hold.
    """
    assert Unrelated("sources", in_zone=False) == _planned(schema, {"sources": [{"id": 9, "label": "x"}]}, _listed(1))


def test_what_lies_in_a_component_goes_with_it(schema: Schema) -> None:
    """
    Components within one that goes are gone as well.
    """
    quote, link = RowKey(QUOTE, 1), RowKey(LINK, 7)
    held = Holdings(
        (
            HeldPart(holder=ROOT, name="blocks", part=quote),
            HeldPart(holder=quote, name="attribution", part=link),
        )
    )
    plan = _planned(schema, {"blocks": []}, held)

    assert isinstance(plan, PartPlan)
    assert (quote, link) == plan.gone


def test_components_are_found_in_what_was_read(schema: Schema) -> None:
    """
    An entry that was read with the ids of its components tells which they are.
    """
    data = {
        "seo": None,
        "sources": [{"id": 3, "label": "A"}],
        "blocks": [{"__component": QUOTE, "id": 1, "text": "q", "attribution": {"id": 7, "label": "L"}}],
    }
    held = held_in(schema, schema.content_types[ARTICLE], 1, data)

    assert [(LINK, 3)] == [(part.model, part.id) for part in held.listed(ROOT, "sources")]
    assert {RowKey(LINK, 3), RowKey(QUOTE, 1), RowKey(LINK, 7)} == set(held.beneath([ROOT]))


def test_only_permitted_fields_of_a_body_are_kept(schema: Schema) -> None:
    """
    A component of which a part may be written keeps that part, and the id that names it.
    """
    body = {
        "title": "T",
        "views": 3,
        "createdBy": 9,
        "unknown": 1,
        "sources": [{"id": 1, "label": "A", "url": "u"}],
        "blocks": [{"__component": QUOTE, "text": "q"}],
    }
    kept = permitted(schema, schema.content_types[ARTICLE], body, frozenset({"title", "sources.label", "createdBy"}))

    assert {"title": "T", "sources": [{"id": 1, "label": "A"}]} == kept
    assert ["title", "sources.label"] == [
        path for path in written_paths(schema, schema.content_types[ARTICLE], kept) if not path.endswith(".id")
    ]


def test_components_of_a_new_entry_are_new(schema: Schema) -> None:
    """
    Ids are taken off components at every depth, and off nothing else.
    """
    body = {
        "author": {"connect": [{"id": 4}]},
        "sources": [{"id": 1, "label": "A"}],
        "blocks": [{"__component": QUOTE, "id": 2, "attribution": {"id": 3, "label": "L"}}],
    }

    assert {
        "author": {"connect": [{"id": 4}]},
        "sources": [{"label": "A"}],
        "blocks": [{"__component": QUOTE, "attribution": {"label": "L"}}],
    } == as_new(schema, schema.content_types[ARTICLE], body)
