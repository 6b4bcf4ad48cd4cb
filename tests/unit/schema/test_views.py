"""How types and components are shown, at first and after they have changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tessera.schema.model import Model, Schema
from tessera.schema.views.checks import faults_of
from tessera.schema.views.managed import described, managed
from tessera.schema.views.sizes import ROW
from tessera.schema.views.views import components_within, default_view, is_sort, kept_view
from tests.unit.schema.projects import built, conformance_schema, content_type

ARTICLE, EVENT = "api::article.article", "api::event.event"


@pytest.fixture(scope="module")
def schema() -> Schema:
    """Return the schema of the newsroom."""
    return conformance_schema()


def _models(schema: Schema) -> list[Model]:
    return [*schema.content_types.values(), *schema.components.values()]


def _form(**cell: object) -> dict[str, object]:
    return {"layouts": {"list": [], "edit": [[{"name": "title", **cell}]]}}


def test_a_type_is_shown_by_its_first_string(schema: Schema) -> None:
    """
    The first string stands for an entry and sorts lists, and lists begin with the id.
    """
    view = default_view(schema.content_types[EVENT], schema)

    assert ("title", "title", "ASC", 10) == tuple(
        view["settings"][key] for key in ("mainField", "defaultSortBy", "defaultSortOrder", "pageSize")
    )
    assert ["id", "title", "capacity", "price"] == view["layouts"]["list"]
    assert "name" == view["metadatas"]["host"]["edit"]["mainField"]


def test_rows_of_forms_are_never_too_wide(schema: Schema) -> None:
    """
    No row of a form is wider than the form, and every field that may be edited is in one of them.
    """
    for model in _models(schema):
        rows = default_view(model, schema)["layouts"]["edit"]
        assert all(sum(cell["size"] for cell in row) <= ROW for row in rows)
        assert managed(model).editable == [cell["name"] for row in rows for cell in row]


def test_a_view_in_step_stays_as_it_is(schema: Schema) -> None:
    """
    At a start without changes no view of a content type changes.
    """
    for model in schema.content_types.values():
        view = default_view(model, schema)
        assert view == kept_view(view, model, schema)


def test_a_changed_type_changes_its_view() -> None:
    """
    Gone attributes leave lists and forms, new ones come, and what was arranged stays.
    """
    before = built(content_type("note", {"title": {"type": "string"}, "size": {"type": "integer"}}))
    after = built(content_type("note", {"heading": {"type": "string"}, "size": {"type": "json"}}))
    uid = "api::note.note"
    view = default_view(before.content_types[uid], before)
    view["settings"]["pageSize"] = 50
    view["metadatas"]["size"]["edit"]["label"] = "How big"
    kept = kept_view(view, after.content_types[uid], after)

    assert (50, "heading", "heading") == tuple(
        kept["settings"][key] for key in ("pageSize", "mainField", "defaultSortBy")
    )
    assert "title" not in kept["metadatas"]
    assert "title" not in kept["layouts"]["list"]
    assert ["size", "heading"] == [cell["name"] for row in kept["layouts"]["edit"] for cell in row]
    assert ("How big", False) == (
        kept["metadatas"]["size"]["edit"]["label"],
        kept["metadatas"]["size"]["list"]["sortable"],
    )


def test_secrets_are_in_no_list_and_no_form(schema: Schema) -> None:
    """
    Tokens and passwords of administrators and end users are no columns.
    """
    for uid in ("admin::user", "plugin::users-permissions.user"):
        view = default_view(schema.content_types[uid], schema)
        cells = [cell["name"] for row in view["layouts"]["edit"] for cell in row]
        secrets = {"resetPasswordToken", "registrationToken", "confirmationToken"}
        assert secrets.isdisjoint({*cells, *view["layouts"]["list"]})
        assert "password" not in managed(schema.content_types[uid]).listable


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("title", True),
        ("documentId", True),
        ("host", True),
        ("host[name]", True),
        ("host[accessCode]", False),
        ("host[nothing]", False),
        ("title[x]", False),
        ("nothing", False),
        ("", False),
        (7, False),
    ],
)
def test_lists_are_sorted_by_what_can_be_listed(schema: Schema, value: object, expected: bool) -> None:
    """
    A list is sorted by an attribute, or by one of the entry that a relation holds; never by a password.
    """
    assert expected is is_sort(value, schema.content_types[EVENT], schema)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"settings": 1}, "settings must be a `object` type, but the final value was: `1`."),
        ({"colour": 1}, "this field has unspecified keys: colour"),
        ({"layouts": {"list": "title", "edit": []}}, "layouts.list must be a `array` type"),
        (_form(), "layouts.edit[0][0].size is a required field"),
        (
            {"layouts": {"list": [], "edit": [[{"name": "title", "size": 0}]]}},
            "layouts.edit[0][0].size must be a positive",
        ),
        (
            {"layouts": {"list": [], "edit": [[{"name": "title", "size": 1.5}]]}},
            "layouts.edit[0][0].size must be an integer",
        ),
        ({"metadatas": {"title": {"edit": {}}}}, "metadatas.title.list is a required field"),
        (
            {"metadatas": {"title": {"edit": {}, "list": {"mainField": "x"}}}},
            "metadatas.title.list field has unspecified keys: mainField",
        ),
        (
            {"metadatas": {"host": {"edit": {"mainField": "x"}, "list": {}}}},
            "metadatas.host.edit.mainField must be one of",
        ),
    ],
)
def test_a_view_that_makes_no_sense_is_refused(schema: Schema, change: dict[str, object], expected: str) -> None:
    """
    Each part of a view is checked, and the refusal names the place.
    """
    (fault,) = faults_of(change, schema.content_types[EVENT], schema)

    assert fault.startswith(expected)


def test_every_view_passes_its_own_check(schema: Schema) -> None:
    """
    What is shown at first may be sent back as it is.
    """
    for model in _models(schema):
        view = default_view(model, schema)
        assert [] == faults_of({key: view[key] for key in ("settings", "metadatas", "layouts")}, model, schema)


def test_nested_components_are_shown_with_their_holder(schema: Schema) -> None:
    """
    The view of a type comes with those of all components in it, at any depth, once each.
    """
    found = components_within(schema.content_types[ARTICLE], schema)

    assert {"shared.seo", "shared.link", "shared.quote", "shared.rich-text"} == set(found)


def test_a_polymorphic_relation_is_not_shown(schema: Schema) -> None:
    """
    The content manager is told of no relation that leads to several types.
    """
    file = schema.content_types["plugin::upload.file"]

    assert "related" not in described(file)["attributes"]
    assert "related" in replace(file).attributes
