"""Who may write what, and that no second road leads to the same write."""

from __future__ import annotations

from typing import Any

import pytest

from tests.features.documents.desk import CM, PUBLISH, Desk
from tests.features.newsroom import ARTICLE, AUTHOR, CREATE, DELETE, EVENT, READ, UPDATE, may

OWN = ("admin::is-creator",)


def test_f20_no_body_chooses_what_the_server_keeps(desk: Desk) -> None:
    """
    Ids, stamps, creators, status and unknown keys of a body are not stored.
    """
    chosen = {
        "id": 4711,
        "documentId": "chosenchosenchosenchosen",
        "createdAt": "2001-01-01T00:00:00.000Z",
        "updatedAt": "2001-01-01T00:00:00.000Z",
        "publishedAt": "2001-01-01T00:00:00.000Z",
        "createdBy": 99,
        "updatedBy": {"id": 99},
        "localizations": [1],
        "status": "published",
        "isActive": True,
        "roles": [1],
    }
    document = desk.add(EVENT, {"title": "Fair", **chosen})
    desk.change(EVENT, document, {"title": "Fair!", **chosen})
    row = desk.backend.read("SELECT id, document_id, published_at, created_by_id, updated_by_id FROM events")

    assert [(1, document, None, 1, 1)] == row
    assert document != chosen["documentId"]
    assert [(True,)] == [
        (stamp > 1_500_000_000_000,) for (stamp,) in desk.backend.read("SELECT created_at FROM events")
    ]


def test_f21_nobody_changes_the_entry_of_another(desk: Desk) -> None:
    """
    Who may change its own entries changes no other one, also not by claiming it.
    """
    anna = desk.member("anna", may(READ, EVENT, fields=["title"]), may(UPDATE, EVENT, fields=["title"], conditions=OWN))
    theirs = desk.add(EVENT, {"title": "Root's"})
    before = desk.table("events")

    answer = desk.ask("PUT", f"{CM}/{EVENT}/{theirs}", {"title": "Mine", "createdBy": 2}, by=anna)

    assert (403, "ForbiddenError") == (answer.status_code, answer.json()["error"]["name"])
    assert before == desk.table("events")


def test_fields_that_may_not_be_written_keep_their_value(desk: Desk) -> None:
    """
    What a role may not write is dropped from a body, on creation and on change.
    """
    anna = desk.member(
        "anna",
        may(READ, EVENT, fields=["title", "capacity"]),
        may(CREATE, EVENT, fields=["title"]),
        may(UPDATE, EVENT, fields=["title"]),
    )
    document = desk.add(EVENT, {"title": "Fair", "capacity": 10}, by=anna)
    desk.change(EVENT, document, {"capacity": 20})
    desk.change(EVENT, document, {"title": "Fair!", "capacity": 30}, by=anna)

    assert [("Fair!", 20)] == desk.backend.read("SELECT title, capacity FROM events")


ROADS: list[tuple[str, str, str, Any]] = [
    ("change", "PUT", "{uid}/{document}", {"title": "x"}),
    ("change with a locale in the query", "PUT", "{uid}/{document}?locale=fr", {"title": "x"}),
    ("publish", "POST", "{uid}/{document}/actions/publish", {"title": "x"}),
    ("unpublish", "POST", "{uid}/{document}/actions/unpublish", {}),
    ("discard", "POST", "{uid}/{document}/actions/discard", {}),
    ("delete", "DELETE", "{uid}/{document}?locale=fr", None),
    ("clone", "POST", "{uid}/clone/{document}", {"title": "x"}),
    ("create", "POST", "{uid}", {"title": "x"}),
    ("create and publish", "POST", "{uid}/actions/publish", {"title": "x"}),
    ("publish many", "POST", "{uid}/actions/bulkPublish", {"documentIds": ["{document}"]}),
    ("unpublish many", "POST", "{uid}/actions/bulkUnpublish", {"documentIds": ["{document}"]}),
    ("delete many", "POST", "{uid}/actions/bulkDelete", {"documentIds": ["{document}"]}),
]


@pytest.mark.parametrize("road", ROADS, ids=[road[0] for road in ROADS])
def test_f24_no_road_writes_a_forbidden_locale(desk: Desk, road: tuple[str, str, str, Any]) -> None:
    """
    Who may write English only is refused on every road that writes French, and nothing changes.
    """
    desk.locale("fr")
    english = [may(verb, ARTICLE, fields=["title"], locales=["en"]) for verb in (READ, CREATE, UPDATE)]
    english += [may(verb, ARTICLE, locales=["en"]) for verb in (DELETE, PUBLISH)]
    anna = desk.member("anna", *english)
    document = desk.add(ARTICLE, {"title": "Hello"})
    desk.change(ARTICLE, document, {"title": "Bonjour", "locale": "fr"})
    desk.act(ARTICLE, document, "publish", {"locale": "fr"})
    before = desk.table("articles")

    _, method, path, body = road
    if body is not None:
        body = {**body, "locale": "fr"}
        body["documentIds"] = [document] if "documentIds" in body else None
        body = {name: value for name, value in body.items() if value is not None}
    answer = desk.ask(method, f"{CM}/{path.format(uid=ARTICLE, document=document)}", body, by=anna)

    assert (403, "ForbiddenError") == (answer.status_code, answer.json()["error"]["name"])
    assert before == desk.table("articles")


def test_f24_every_locale_has_its_creator(desk: Desk) -> None:
    """
    A new locale of a document was created by whoever added it.
    """
    desk.locale("fr")
    every = [may(verb, ARTICLE, fields=["title"], locales=["en", "fr"]) for verb in (READ, CREATE, UPDATE)]
    anna = desk.member("anna", *every)
    document = desk.add(ARTICLE, {"title": "Hello"})
    desk.change(ARTICLE, document, {"title": "Bonjour", "locale": "fr"}, by=anna)

    rows = desk.backend.read("SELECT locale, created_by_id, updated_by_id FROM articles ORDER BY locale")
    assert [("en", 1, 1), ("fr", 2, 2)] == rows


def test_f25_publishing_one_locale_leaves_the_others_alone(desk: Desk) -> None:
    """
    A publication in one locale changes no row of another one.
    """
    desk.locale("fr")
    document = desk.add(ARTICLE, {"title": "Hello", "sources": [{"label": "A"}]})
    desk.act(ARTICLE, document, "publish", {"locale": "en"})
    desk.change(ARTICLE, document, {"title": "Bonjour", "locale": "fr"})
    english = "SELECT * FROM articles WHERE locale = 'en' ORDER BY id"
    before = desk.backend.read(english)

    desk.act(ARTICLE, document, "publish", {"locale": "fr"})

    assert before == desk.backend.read(english)
    assert [("en", 2), ("fr", 2)] == desk.backend.read("SELECT locale, count(*) FROM articles GROUP BY locale")


@pytest.mark.parametrize("road", ROADS[:7] + ROADS[9:], ids=[road[0] for road in ROADS[:7] + ROADS[9:]])
def test_f26_every_road_holds_the_limit_to_own_entries(desk: Desk, road: tuple[str, str, str, Any]) -> None:
    """
    Who may do everything with its own entries does nothing to another's, on no road.
    """
    own = [may(verb, EVENT, fields=["title"], conditions=OWN) for verb in (READ, CREATE, UPDATE)]
    own += [may(verb, EVENT, conditions=OWN) for verb in (DELETE, PUBLISH)]
    anna = desk.member("anna", *own)
    document = desk.add(EVENT, {"title": "Root's"})
    desk.act(EVENT, document, "publish")
    before = desk.table("events")

    _, method, path, body = road
    sent = {**body, "documentIds": [document]} if body and "documentIds" in body else body
    answer = desk.ask(method, f"{CM}/{path.format(uid=EVENT, document=document)}", sent, by=anna)

    assert (403, "ForbiddenError") == (answer.status_code, answer.json()["error"]["name"])
    assert before == desk.table("events")


def test_f26_a_clone_takes_only_what_may_be_read_and_created(desk: Desk) -> None:
    """
    A clone leaves out fields that its maker may not read, or not create.
    """
    anna = desk.member(
        "anna",
        may(READ, EVENT, fields=["title", "capacity"]),
        may(CREATE, EVENT, fields=["title", "price"]),
    )
    document = desk.add(EVENT, {"title": "Fair", "capacity": 10, "price": 2.5})
    desk.done("POST", f"{CM}/{EVENT}/clone/{document}", {}, by=anna)

    assert [("Fair", 10, 2.5), ("Fair", None, None)] == desk.backend.read(
        "SELECT title, capacity, price FROM events ORDER BY id"
    )


def test_f29_nothing_is_done_for_nobody(desk: Desk) -> None:
    """
    Every route of the content manager wants to know who asks.
    """
    document = desk.add(EVENT, {"title": "Fair"})
    before = desk.table("events")
    answers = [
        desk.backend.call(method, f"{CM}/{path.format(uid=EVENT, document=document)}", body)
        for _, method, path, body in ROADS
    ]

    assert {401} == {answer.status_code for answer in answers}
    assert before == desk.table("events")


def test_an_entry_that_may_not_be_read_is_not_shown_to_its_writer(desk: Desk) -> None:
    """
    The answer to a change tells nothing of a type that its writer may not read.
    """
    anna = desk.member("anna", may(UPDATE, AUTHOR, fields=["name"]))
    document = desk.add(AUTHOR, {"name": "Ada", "email": "ada@example.com"})

    shown = desk.change(AUTHOR, document, {"name": "Ada L."}, by=anna)

    assert {"name", "email"}.isdisjoint(shown)
    assert "Ada L." == desk.read(AUTHOR, document)["name"]
