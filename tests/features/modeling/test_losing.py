import json
from typing import Any

import pytest

from tests.features.backend import JSON
from tests.features.modeling.studio import (
    EVENT_FILE,
    EVENTS,
    Studio,
    attribute,
    changed_component,
    changed_type,
    new_type,
)

EVENT = "api::event.event"
AUTHORS = "/content-manager/collection-types/api::author.author"
ARTICLES = "/content-manager/collection-types/api::article.article"
CAPACITY = {"action": "delete", "name": "capacity"}


def event_without(studio: Studio, *names: str, more: tuple[JSON, ...] = (), **options: JSON) -> JSON:
    """Return the change that takes attributes away from the event and adds others."""
    return changed_type(EVENT, [*studio.unchanged(EVENT, *names), *more], **{"draftAndPublish": True, **options})


def asked(answer: Any) -> dict[str, Any]:  # noqa: ANN401 - an answer
    """Return what a request is asked, which has changed nothing."""
    assert 409 == answer.status_code, answer.text
    details: dict[str, Any] = answer.json()["error"]["details"]
    return details


def test_what_holds_nothing_goes_without_a_question(studio: Studio) -> None:
    """
    A column without a value, a table without a row: there is nothing to lose.
    """
    studio.write(EVENTS, {"title": "Fair"})
    studio.updated(event_without(studio, "capacity", "host"), {"action": "delete", "uid": "api::author.author"})

    assert "capacity" not in studio.file(EVENT_FILE)["attributes"]


def test_what_holds_something_is_asked_for_and_goes_once_it_is_named(studio: Studio) -> None:
    """
    The question says how much there is; until it is answered neither files nor tables change.
    """
    author = studio.write(AUTHORS, {"name": "Ada"})
    for capacity in (5, 6, None):
        studio.write(EVENTS, {"title": "Fair", "capacity": capacity, "host": {"connect": [author["documentId"]]}})
    before, change = studio.files(), event_without(studio, "capacity", "host")
    told = asked(studio.update(change))

    assert [
        {"drop": f"{EVENT}.capacity", "what": "attribute", "uid": EVENT, "attribute": "capacity", "entries": 2},
        {"drop": f"{EVENT}.host", "what": "attribute", "uid": EVENT, "attribute": "host", "entries": 3},
    ] == told["drops"]
    assert before == studio.files()
    assert [(5,), (6,), (None,)] == studio.backend.read("SELECT capacity FROM events ORDER BY id")
    assert [f"{EVENT}.host"] == [
        each["drop"] for each in asked(studio.update(change, confirm={"drops": [f"{EVENT}.capacity"]}))["drops"]
    ]
    studio.updated(change, confirm={"drops": [each["drop"] for each in told["drops"]]})
    assert [] == studio.backend.read("SELECT name FROM pragma_table_info('events') WHERE name = 'capacity'")
    assert [] == studio.backend.read("SELECT name FROM sqlite_schema WHERE name = 'events_host_lnk'")


def test_a_content_type_with_documents_is_asked_for(studio: Studio) -> None:
    """
    Also where an older request has no body: the query says then what may go.
    """
    studio.write(EVENTS, {"title": "Fair"})
    told = asked(studio.call("DELETE", f"/content-types/{EVENT}"))
    gone = studio.call("DELETE", f"/content-types/{EVENT}?confirm[drops][0]={EVENT}")

    assert [{"drop": EVENT, "what": "type", "uid": EVENT, "entries": 1}] == told["drops"]
    assert (200, {"data": {"uid": EVENT}}) == (gone.status_code, gone.json())
    assert [] == studio.backend.read("SELECT name FROM sqlite_schema WHERE name = 'events'")


def test_an_attribute_goes_on_under_another_name(studio: Studio) -> None:
    """
    A question offers what could be meant; a rename keeps every value, and who may see it.
    """
    written = studio.write(EVENTS, {"title": "Fair", "capacity": 5})
    seats = attribute("create", "seats", type="integer", unique=True)
    change = event_without(studio, "capacity", more=(seats,))
    told = asked(studio.update(change))
    studio.updated(change, confirm={"renames": told["renames"]})
    fields = studio.backend.read("SELECT properties FROM admin_permissions WHERE subject = ?1", EVENT)

    assert [{"uid": EVENT, "from": "capacity", "to": "seats"}] == told["renames"]
    assert 5 == studio.read(f"{EVENTS}/{written['documentId']}")["seats"]
    assert {True} == {"seats" in text for (text,) in fields if "fields" in text}
    assert not any("capacity" in text for (text,) in fields)


def test_links_components_and_files_go_on_under_another_name(studio: Studio) -> None:
    """
    A table of links, the rows that tell of components and those that tell of files follow an attribute's name.
    """
    old = (
        attribute("create", "writer", type="relation", relation="manyToOne", target="api::author.author",
                  targetAttribute="books"),
        attribute("create", "quote", type="component", component="shared.quote", repeatable=False),
        attribute("create", "zone", type="dynamiczone", components=["shared.quote", "shared.link"]),
        attribute("create", "pic", type="media", multiple=False),
    )  # fmt: skip
    studio.updated(new_type("book", *old))
    author = studio.write(AUTHORS, {"name": "Ada"})
    quote = {"text": "To be", "attribution": {"label": "Hamlet"}}
    books = "/content-manager/collection-types/api::book.book"
    book = studio.write(
        books,
        {
            "writer": {"connect": [author["documentId"]]},
            "quote": quote,
            "zone": [{"__component": "shared.link", "label": "x"}, {"__component": "shared.quote", **quote}],
        },
    )
    studio.backend.execute("INSERT INTO files (document_id, name) VALUES ('f', 'a.png')")
    studio.backend.execute(
        'INSERT INTO files_related_mph (file_id, related_id, related_type, field, "order")'
        " VALUES (1, ?1, 'api::book.book', 'pic', 1)",
        book["id"],
    )
    names = {"writer": "author", "quote": "motto", "zone": "parts", "pic": "cover"}
    new = [{**each, "name": names[each["name"]]} for each in old]
    gone = [{"action": "delete", "name": name} for name in names]
    renames = [{"uid": "api::book.book", "from": before, "to": after} for before, after in names.items()]
    studio.updated(changed_type("api::book.book", [*gone, *new]), confirm={"renames": renames})
    found = studio.read(f"{books}/{book['documentId']}")

    assert "Hamlet" == found["motto"]["attribution"]["label"]
    assert ["shared.link", "shared.quote"] == [each["__component"] for each in found["parts"]]
    assert 1 == found["author"]["count"]
    assert "a.png" == found["cover"]["name"]
    names_left = [
        name for (name,) in studio.backend.read("SELECT name FROM sqlite_schema WHERE tbl_name LIKE 'books_%'")
    ]
    assert "books_author_lnk" in names_left
    assert not any("writer" in name for name in names_left)
    studio.restart()
    assert "Hamlet" == studio.read(f"{books}/{book['documentId']}")["motto"]["attribution"]["label"]


@pytest.mark.parametrize(
    "rename",
    [
        {"uid": EVENT, "from": "capacity", "to": "title"},
        {"uid": EVENT, "from": "capacity", "to": "label"},
        {"uid": EVENT, "from": "price", "to": "seats"},
        {"uid": EVENT, "from": "ghost", "to": "seats"},
        {"uid": "api::ghost.ghost", "from": "a", "to": "b"},
        {"uid": EVENT, "from": "createdAt", "to": "seats"},
    ],
)
def test_only_what_goes_can_become_what_comes(studio: Studio, rename: JSON) -> None:
    """
    A rename between attributes that hold different things, or of which one stays, is refused.
    """
    seats, label = attribute("create", "seats", type="integer"), attribute("create", "label", type="string")
    before = studio.files()
    answer = studio.update(event_without(studio, "capacity", more=(seats, label)), confirm={"renames": [rename]})

    assert 400 == answer.status_code
    assert before == studio.files()


def test_two_attributes_do_not_become_one(studio: Studio) -> None:
    """
    Nor does one become two.
    """
    studio.updated(event_without(studio, more=(attribute("create", "rooms", type="integer"),)))
    more = tuple(attribute("create", name, type="integer") for name in ("seats", "places"))
    for pairs in ((("capacity", "seats"), ("rooms", "seats")), (("capacity", "seats"), ("capacity", "places"))):
        renames = [{"uid": EVENT, "from": old, "to": new} for old, new in pairs]
        answer = studio.update(event_without(studio, "capacity", "rooms", more=more), confirm={"renames": renames})

        assert 400 == answer.status_code


def test_a_component_keeps_its_content_in_another_category(studio: Studio) -> None:
    """
    The reference leaves rows under the old uid, where nobody finds them again.
    """
    article = studio.write(
        ARTICLES,
        {"title": "A", "seo": {"metaTitle": "M"}, "blocks": [{"__component": "shared.quote", "text": "T"}]},
    )
    renamed = studio.call("PUT", "/component-categories/shared", {"name": "parts"})
    found = studio.read(f"{ARTICLES}/{article['documentId']}")

    assert (200, {"name": "parts"}) == (renamed.status_code, renamed.json())
    assert "M" == found["seo"]["metaTitle"]
    assert [("parts.quote", "T")] == [(each["__component"], each["text"]) for each in found["blocks"]]


def test_an_attribute_of_a_moved_component_is_renamed(studio: Studio) -> None:
    """
    Both at once: the permissions of every type that holds it name the field anew.
    """
    article = studio.write(ARTICLES, {"title": "A", "seo": {"metaTitle": "M"}})
    heading = attribute("create", "heading", type="string", required=True, maxLength=60)
    attributes = [*studio.unchanged("shared.seo", "metaTitle"), heading]
    change = changed_component("shared.seo", attributes, category="meta")
    rename = {"uid": "shared.seo", "from": "metaTitle", "to": "heading"}
    studio.updated(components=(change,), confirm={"renames": [rename]})
    fields = studio.backend.read("SELECT properties FROM admin_permissions WHERE subject = 'api::article.article'")

    assert "M" == studio.read(f"{ARTICLES}/{article['documentId']}")["seo"]["heading"]
    assert all("seo.heading" in json.loads(text)["fields"] for (text,) in fields if "seo" in text)


def test_the_arrangement_of_a_form_follows_a_name(studio: Studio) -> None:
    """
    What an administrator has arranged for an attribute is arranged for the one that goes on.
    """
    key = f"plugin_content_manager_configuration_content_types::{EVENT}"
    view = {
        "settings": {"mainField": "capacity", "defaultSortBy": "title"},
        "metadatas": {"capacity": {"edit": {"label": "Seats"}}},
        "layouts": {"list": ["id", "capacity"], "edit": [[{"name": "capacity", "size": 4}]]},
    }
    studio.backend.execute("DELETE FROM strapi_core_store_settings WHERE key = ?1", key)
    insert = "INSERT INTO strapi_core_store_settings (key, value, type) VALUES (?1, ?2, 'object')"
    studio.backend.execute(insert, key, json.dumps(view))
    seats = attribute("create", "seats", type="integer")
    rename = {"uid": EVENT, "from": "capacity", "to": "seats"}
    studio.updated(event_without(studio, "capacity", more=(seats,)), confirm={"renames": [rename]})
    stored = json.loads(studio.backend.read("SELECT value FROM strapi_core_store_settings WHERE key = ?1", key)[0][0])

    assert "seats" == stored["settings"]["mainField"]
    assert "Seats" == stored["metadatas"]["seats"]["edit"]["label"]
    assert ["id", "seats"] == stored["layouts"]["list"][:2]
    assert {"name": "seats", "size": 4} == stored["layouts"]["edit"][0][0]


def test_switching_off_drafts_or_locales_is_asked_for(studio: Studio) -> None:
    """
    Drafts are deleted, and so is what is written in other languages: as much as there is of it.
    """
    backend = studio.backend
    backend.call("POST", "/i18n/locales", {"code": "de", "name": "German", "isDefault": False}, key=studio.root)
    article = studio.write(ARTICLES, {"title": "A"})
    backend.call("PUT", f"{ARTICLES}/{article['documentId']}?locale=de", {"title": "B"}, key=studio.root)
    uid = "api::article.article"
    change = changed_type(uid, studio.unchanged(uid), pluginOptions={})
    told = asked(studio.update(change))
    studio.updated(change, confirm={"drops": [each["drop"] for each in told["drops"]]})

    assert {f"{uid}:drafts": 2, f"{uid}:locales": 1} == {each["drop"]: each["entries"] for each in told["drops"]}
    assert [(0,)] == backend.read("SELECT count(*) FROM articles")


@pytest.mark.parametrize(
    ("type_name", "is_asked"), [("text", False), ("email", False), ("json", True), ("integer", True), ("boolean", True)]
)
def test_another_kind_of_value_is_asked_for_where_it_may_not_fit(
    studio: Studio, type_name: str, is_asked: bool
) -> None:
    """
    A text may become a longer one without a question, not a number.
    """
    studio.write(EVENTS, {"title": "Fair"})
    kept = studio.unchanged(EVENT, "title")[:-1]
    answer = studio.update(
        changed_type(EVENT, [*kept, attribute("update", "title", type=type_name)], draftAndPublish=True)
    )

    assert (409 if is_asked else 200) == answer.status_code
    if is_asked:
        assert [f"{EVENT}.title"] == [each["drop"] for each in asked(answer)["drops"]]


def test_a_component_that_a_zone_no_longer_takes_is_asked_for(studio: Studio) -> None:
    """
    The others of the zone are not touched.
    """
    article = studio.write(
        ARTICLES,
        {
            "title": "A",
            "blocks": [{"__component": "shared.quote", "text": "T"}, {"__component": "shared.link", "label": "L"}],
        },
    )
    uid = "api::article.article"
    kept = [each for each in studio.unchanged(uid) if each["name"] != "blocks"]
    zone = attribute("update", "blocks", type="dynamiczone", components=["shared.link"])
    localized = {"pluginOptions": {"i18n": {"localized": True}}, "draftAndPublish": True}
    zone["properties"]["pluginOptions"] = localized["pluginOptions"]
    change = changed_type(uid, [*kept, zone], **localized)
    told = asked(studio.update(change))
    studio.updated(change, confirm={"drops": [f"{uid}.blocks:shared.quote"]})

    assert [(f"{uid}.blocks:shared.quote", "shared.quote", 1)] == [
        (each["drop"], each["component"], each["entries"]) for each in told["drops"]
    ]
    assert ["L"] == [each["label"] for each in studio.read(f"{ARTICLES}/{article['documentId']}")["blocks"]]


def test_links_to_another_type_do_not_become_links_to_this_one(studio: Studio) -> None:
    """
    A relation that points elsewhere from now on begins without links.
    """
    author = studio.write(AUTHORS, {"name": "Ada"})
    event = studio.write(EVENTS, {"title": "Fair", "host": {"connect": [author["documentId"]]}})
    host = attribute("update", "host", type="relation", relation="oneToOne", target="api::category.category")
    change = changed_type(EVENT, [*studio.unchanged(EVENT, "host")[:-1], host], draftAndPublish=True)
    told = asked(studio.update(change))
    studio.updated(change, confirm={"drops": [each["drop"] for each in told["drops"]]})

    assert [f"{EVENT}.host"] == [each["drop"] for each in told["drops"]]
    assert 0 == studio.read(f"{EVENTS}/{event['documentId']}")["host"]["count"]
    assert [(0,)] == studio.backend.read("SELECT count(*) FROM events_host_lnk")


def test_several_documents_do_not_become_one(studio: Studio) -> None:
    """
    A collection with one document may, though it has a draft and is published.
    """
    first = studio.write(EVENTS, {"title": "Fair"})
    published = f"{EVENTS}/{first['documentId']}/actions/publish"
    studio.backend.call("POST", published, {}, key=studio.root)
    second = studio.write(EVENTS, {"title": "Ball"})
    change = event_without(studio, kind="singleType")
    refused = studio.update(change)
    studio.backend.call("DELETE", f"{EVENTS}/{second['documentId']}", key=studio.root)

    said = "You cannot convert a collectionType to a singleType when having multiple entries in DB"
    assert (400, {"error": said}) == (refused.status_code, refused.json())
    studio.updated(change)


@pytest.mark.parametrize(
    "confirm", [5, [], {"all": True}, {"drops": 5}, {"drops": [5]}, {"renames": ["a"]}, {"renames": [{"uid": 1}]}]
)
def test_a_confirmation_names_what_it_is_about(studio: Studio, confirm: JSON) -> None:
    """
    There is no way to agree to everything at once.
    """
    studio.write(EVENTS, {"title": "Fair", "capacity": 5})
    answer = studio.update(event_without(studio, "capacity"), confirm=confirm)

    assert 400 == answer.status_code
    assert "capacity" in studio.file(EVENT_FILE)["attributes"]
