"""Documents in several locales: what is shared, and what goes with a locale."""

from __future__ import annotations

from tests.features.documents.desk import CM, HOMEPAGE, SINGLE, Desk
from tests.features.newsroom import ARTICLE, EVENT, READ, may

SHARED = "/i18n/content-manager/actions/get-non-localized-fields"


def test_what_locales_share_is_the_same_in_all_of_them(desk: Desk) -> None:
    """
    A change of a shared scalar or component in one locale is seen in the others, and localized fields are not.
    """
    desk.locale("fr")
    document = desk.add(ARTICLE, {"title": "Hello", "views": 1, "sources": [{"label": "A"}]})
    desk.change(ARTICLE, document, {"title": "Bonjour", "locale": "fr"})
    desk.change(ARTICLE, document, {"views": 7, "sources": [{"label": "B"}, {"label": "C"}], "locale": "fr"})
    english = desk.read(ARTICLE, document, "?locale=en")

    assert ("Hello", 7, ["B", "C"]) == (english["title"], english["views"], [it["label"] for it in english["sources"]])


def test_a_new_locale_begins_with_what_is_shared(desk: Desk) -> None:
    """
    Shared fields are filled in when a locale is added, and components are copies.
    """
    desk.locale("fr")
    document = desk.add(ARTICLE, {"title": "Hello", "views": 5, "sources": [{"label": "A"}]})
    added = desk.change(ARTICLE, document, {"title": "Bonjour", "locale": "fr"})

    assert (5, ["A"]) == (added["views"], [it["label"] for it in added["sources"]])
    assert 2 == len(desk.table("components_shared_links"))


def test_a_removed_locale_takes_its_documents_along(desk: Desk) -> None:
    """
    With a locale all that is written in it is deleted, components and publications included.
    """
    desk.locale("fr")
    document = desk.add(ARTICLE, {"title": "Hello", "blocks": [{"__component": "shared.rich-text", "body": "b"}]})
    block = {"__component": "shared.rich-text", "body": "c"}
    desk.change(ARTICLE, document, {"title": "Bonjour", "locale": "fr", "blocks": [block]})
    desk.act(ARTICLE, document, "publish", {"locale": "fr"})
    desk.done("PUT", f"{SINGLE}/{HOMEPAGE}", {"headline": "Bonjour", "locale": "fr"})
    code = desk.backend.read("SELECT id FROM i18n_locale WHERE code = 'fr'")[0][0]
    desk.done("DELETE", f"/i18n/locales/{code}")

    assert [("en",)] == desk.backend.read("SELECT locale FROM articles")
    assert [("b",)] == desk.backend.read("SELECT body FROM components_shared_rich_texts")
    assert [] == desk.table("homepage")


def test_a_locale_that_is_none_is_refused_everywhere(desk: Desk) -> None:
    """
    Nothing is written in a locale that the project does not have.
    """
    document = desk.add(ARTICLE, {"title": "Hello"})
    for method, path in (("POST", ""), ("PUT", f"/{document}"), ("POST", f"/{document}/actions/publish")):
        answer = desk.ask(method, f"{CM}/{ARTICLE}{path}", {"title": "x", "locale": "tlh"})
        assert (400, "This locale doesn't exist") == (answer.status_code, answer.json()["error"]["message"])

    assert [("en", "Hello")] == desk.backend.read("SELECT locale, title FROM articles")


def test_shared_fields_are_told_to_those_who_may_read_them(desk: Desk) -> None:
    """
    What a new locale takes over is told as far as it may be read there.
    """
    desk.locale("fr")
    row = desk.done("POST", f"{CM}/{ARTICLE}", {"title": "Hello", "views": 3, "internalNote": "secret"})["data"]["id"]
    anna = desk.member("anna", may(READ, ARTICLE, fields=["title", "views"], locales=["en"]))
    told = desk.done("POST", SHARED, {"model": ARTICLE, "id": row, "locale": "en"}, by=anna)
    elsewhere = desk.done("POST", SHARED, {"model": ARTICLE, "id": row, "locale": "fr"}, by=anna)
    unknown = desk.ask("POST", SHARED, {"model": EVENT, "id": row, "locale": "en"}, by=anna)

    assert {"views": 3} == told["nonLocalizedFields"]
    assert {} == elsewhere["nonLocalizedFields"]
    assert 403 == unknown.status_code


def test_deleting_one_locale_keeps_the_others(desk: Desk) -> None:
    """
    A document goes in the locale that is named, and whole with a star.
    """
    desk.locale("fr")
    document = desk.add(ARTICLE, {"title": "Hello"})
    desk.change(ARTICLE, document, {"title": "Bonjour", "locale": "fr"})
    desk.done("DELETE", f"{CM}/{ARTICLE}/{document}?locale=fr")
    assert [("en",)] == desk.backend.read("SELECT locale FROM articles")

    desk.done("DELETE", f"{CM}/{ARTICLE}/{document}?locale=*")
    assert [] == desk.table("articles")
