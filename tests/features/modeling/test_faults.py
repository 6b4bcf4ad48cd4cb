import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tessera.features.modeling.drafts import Drafts
from tessera.features.modeling.editing import Editor
from tessera.features.modeling.edits import NewComponent, NewType
from tessera.schema.source import ProjectFiles
from tests.features.backend import JSON, Backend
from tests.features.modeling.studio import BUILDER, Studio, attribute, changed_type, messages, new_type

_ANYTHING = st.text(max_size=30) | st.sampled_from(
    ["..", "../..", "a/b", "a\\b", "con", ".x", "x\0", "~", "a.b", "Ä b"]
)
_GOOD = re.compile(
    r"src/(api/[a-z][a-z0-9-]*/content-types/[a-z][a-z0-9-]*/schema"
    r"|extensions/[a-z-]+/content-types/[a-z][a-z0-9-]*/schema"
    r"|components/[a-z][a-z0-9-]*/[a-z][a-z0-9-]*)\.json"
)
TAKEN = "contentType: name `{}` is already being used by another content type."


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_written(studio: Studio) -> None:
    """
    Faults of several types, of names, values and kinds stand in one answer, each with its place.
    """
    before = studio.files()
    answer = studio.update(
        new_type(
            "book",
            attribute("create", "status", type="string"),
            attribute("create", "1st", type="string"),
            attribute("create", "kind", type="enumeration", enum=["1a"]),
            attribute("create", "pages", type="integer", min=5, max=1),
            attribute("create", "odd", type="strange"),
            displayName="",
        ),
        new_type("boolean", pluralName="Not Kebab"),
        components=({"action": "create", "uid": "a.b", "displayName": "B", "category": "../a", "attributes": []},),
    )
    told = messages(answer)

    assert 400 == answer.status_code
    assert "displayName must be at least 1 characters" == answer.json()["error"]
    assert {
        "data.contentTypes.0.displayName",
        "data.contentTypes.0.attributes.0.properties",
        "data.contentTypes.0.attributes.1.properties",
        "data.contentTypes.0.attributes.2.properties.enum",
        "data.contentTypes.0.attributes.3.properties.max",
        "data.contentTypes.0.attributes.4.properties.type",
        "data.contentTypes.1.singularName",
        "data.contentTypes.1.pluralName",
        "data.components.0.category",
    } == told.keys()
    assert "max must be greater or equal to min" == told["data.contentTypes.0.attributes.3.properties.max"]
    assert before == studio.files()


def test_what_does_not_fit_together_is_refused_as_a_start_would(studio: Studio) -> None:
    """
    A component that would hold itself, and a table that another type has, are found before anything is written.
    """
    before = studio.files()
    holds = {"type": "component", "component": "shared.quote"}
    link = {"action": "update", "uid": "shared.link", "displayName": "Link"}
    answer = studio.update(
        new_type("book", attribute("create", "a", type="string"), collectionName="events"),
        components=({**link, "attributes": [attribute("create", "quote", **holds)]},),
    )

    assert 400 == answer.status_code
    assert {
        "src/api/event/content-types/event/schema.json.collectionName",
        "src/components/shared/link.json.attributes.quote",
        "src/components/shared/quote.json.attributes.attribution",
    } >= messages(answer).keys()
    assert before == studio.files()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (new_type("article"), "contentType.alreadyExists"),
        (new_type("book", pluralName="categories"), TAKEN.format("categories")),
        (new_type("books", pluralName="article"), TAKEN.format("article")),
        (new_type("book", uid="api::other.book"), "contentType.invalidUID"),
        (new_type("book", plugin="../../x", uid="plugin::../../x.book"), 'there is no plugin "../../x"'),
        (changed_type("api::ghost.ghost", []), "contentType.notFound"),
        (changed_type("admin::user", [], displayName="User"), "this content type cannot be changed"),
        ({"action": "delete", "uid": "api::ghost.ghost"}, "contentType.notFound"),
        ({"action": "delete", "uid": "plugin::upload.file"}, "this content type cannot be deleted"),
        ({"action": "delete", "uid": "admin::user"}, "this content type cannot be deleted"),
        ({"action": "delete", "uid": "shared.link"}, "contentType.notFound"),
        (
            new_type("book", attribute("create", "a", type="relation", relation="oneToOne", target="api::ghost.ghost")),
            "Content type api::ghost.ghost not found",
        ),
    ],
)
def test_what_is_taken_or_not_there_is_told_in_the_reference_s_words(studio: Studio, sent: JSON, said: str) -> None:
    """
    One reason, as bare as there; nothing is written.
    """
    before = studio.files()
    answer = studio.update(sent)

    assert (400, {"error": said}) == (answer.status_code, answer.json())
    assert before == studio.files()


@pytest.mark.parametrize("value", [{"isRaw": True}, ["x", {"isRaw": True}], [[]], {}, {"$ne": None}])
@pytest.mark.parametrize("key", ["default", "required", "regex", "maxLength", "private", "type", "unique"])
def test_objects_and_lists_are_refused_where_plain_values_belong(studio: Studio, key: str, value: JSON) -> None:
    """
    F27: what describes a type is data; a default of [x, {isRaw: true}] once ran as SQL.
    """
    answer = studio.update(new_type("book", attribute("create", "title", **{"type": "string", key: value})))

    assert 400 == answer.status_code
    assert [f"data.contentTypes.0.attributes.0.properties.{key}"] == list(messages(answer))


@pytest.mark.parametrize(
    "column", [{"defaultTo": ["x", {"isRaw": True}]}, {"specificType": "text; DROP TABLE x"}, {"unique": True}]
)
def test_a_request_cannot_say_how_a_column_is_made(studio: Studio, column: JSON) -> None:
    """
    Keys beyond those of the attribute's type are not taken over; what the files of a project say is checked on its own.
    """
    studio.updated(new_type("book", attribute("create", "title", type="string", column=column, columnType="x")))
    written = studio.file("src/api/book/content-types/book/schema.json")

    assert {"title": {"type": "string"}} == written["attributes"]


@pytest.mark.parametrize("body", [None, [], "x", 5, {}, {"data": None}, {"data": []}, {"data": {"contentTypes": {}}}])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/update-schema"),
        ("POST", "/content-types"),
        ("PUT", "/content-types/api::event.event"),
        ("POST", "/components"),
        ("PUT", "/components/shared.link"),
        ("PUT", "/component-categories/shared"),
    ],
)
def test_bodies_of_any_shape_are_refused(studio: Studio, method: str, path: str, body: JSON) -> None:
    """
    Nothing is written and nobody sees an internal error.
    """
    before = studio.files()
    answer = studio.call(method, path, body)

    assert 400 == answer.status_code
    assert before == studio.files()


def test_an_older_request_tells_all_of_its_faults(studio: Studio) -> None:
    """
    They stand in one error, with the place of each.
    """
    attributes = {"status": {"type": "string"}, "a b": {"type": "integer", "default": "x"}, "c": 5}
    body = {"contentType": {"displayName": "", "singularName": "x", "pluralName": "x", "attributes": attributes}}
    answer = studio.call("POST", "/content-types", {**body, "other": 1})
    told = messages(answer)

    assert (400, "ValidationError") == (answer.status_code, answer.json()["error"]["name"])
    assert f"{len(answer.json()['error']['details']['errors'])} errors occurred" == answer.json()["error"]["message"]
    assert "this field has unspecified keys: other" == told[""]
    assert {"contentType.displayName", "contentType.singularName", "contentType.attributes.status"} <= told.keys()
    assert {"contentType.attributes.a b", "contentType.attributes.a b.default"} <= told.keys()
    assert "Attribute must have either a type or a target" == told["contentType.attributes.c"]


def test_files_that_are_broken_already_are_told_before_anything_is_changed(studio: Studio) -> None:
    """
    A request never makes the best of files that could not be started with.
    """
    broken = studio.folder / "src/components/shared/link.json"
    broken.write_text("{")
    answer = studio.update(new_type("book", attribute("create", "title", type="string")))

    assert 400 == answer.status_code
    assert ["src/components/shared/link.json"] == list(messages(answer))
    assert not (studio.folder / "src/api/book").exists()


def test_a_folder_that_leads_out_of_the_project_is_not_written_to(studio: Studio) -> None:
    """
    A link in the place of a folder is not followed.
    """
    outside = studio.folder.parent / f"{studio.folder.name}-outside"
    outside.mkdir()
    (studio.folder / "src/api/book").symlink_to(outside)
    answer = studio.update(new_type("book", attribute("create", "title", type="string")))

    assert 500 == answer.status_code
    assert [] == list(outside.iterdir())
    assert 404 == studio.call("GET", "/content-types/api::book.book").status_code


@pytest.mark.parametrize("token", [False, True])
def test_who_may_not_look_may_not_change(studio: Studio, token: bool) -> None:
    """
    Neither an administrator nor a token without the right of the builder gets beyond the door.
    """
    backend = studio.backend
    user, key = backend.admin(studio.root, "visitor", backend.role("Visitor", "admin::roles.read"))
    asking = backend.admin_token(user, "admin::roles.read") if token else key
    sent = {"data": {"contentTypes": [{"action": "delete", "uid": "api::event.event"}]}}
    answer = backend.call("POST", f"{BUILDER}/update-schema", sent, key=asking)

    assert (403, "Policy Failed") == (answer.status_code, answer.json()["error"]["message"])
    assert 401 == backend.call("POST", f"{BUILDER}/update-schema", sent).status_code


def test_nothing_is_changed_in_production(newsroom: Backend) -> None:
    """
    As in content_type_builder.nothing_can_be_written, also with a confirmation.
    """
    root = newsroom.first_admin()
    sent = {"data": {"contentTypes": [{"action": "delete", "uid": "api::event.event"}]}, "confirm": {"drops": ["x"]}}
    answer = newsroom.call("POST", f"{BUILDER}/update-schema", sent, key=root)

    assert (403, "PolicyError") == (answer.status_code, answer.json()["error"]["name"])


@given(category=_ANYTHING, name=_ANYTHING, singular=_ANYTHING, plural=_ANYTHING)
def test_no_name_leads_to_a_file_elsewhere(category: str, name: str, singular: str, plural: str) -> None:
    """
    Whatever something new is called: it is refused, or its file is where schema files of a project are.
    """
    editor = Editor(Drafts((), ProjectFiles()))
    editor.carry_out(
        (
            NewComponent(uid=None, category=category, display_name=name),
            NewType(uid=None, kind="singleType", singular_name=singular, plural_name=plural, display_name=name),
        )
    )

    assert all(_GOOD.fullmatch(file) for file in editor.drafts.changes().writes)
