"""Every change of a document leaves a version behind, which can be seen and restored within one's rights."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tessera.sql.statement import Statement
from tests.features.documents.desk import CATEGORY, CM, HOMEPAGE, SINGLE, Desk
from tests.features.newsroom import ARTICLE, AUTHOR, READ, UPDATE, may

JSON = Any  # any JSON value
URL = "/content-manager/history"
_DAY = 24 * 60 * 60 * 1000


def _versions(desk: Desk, uid: str, document: str, query: str = "", *, by: str | None = None) -> list[dict[str, JSON]]:
    found = desk.done("GET", f"{URL}?contentType={uid}&documentId={document}{query}", by=by)
    return list(found["data"])


def _restore(desk: Desk, uid: str, version: int, *, by: str | None = None) -> dict[str, JSON]:
    return desk.done("PUT", f"{URL}/{version}/restore", {"contentType": uid}, by=by)


def test_each_change_leaves_a_version_with_its_status(desk: Desk) -> None:
    """The newest one comes first, and tells what became of the document."""
    document = desk.add(ARTICLE, {"title": "One"})
    desk.change(ARTICLE, document, {"title": "Two"})
    desk.act(ARTICLE, document, "publish")
    desk.change(ARTICLE, document, {"title": "Three"})
    desk.act(ARTICLE, document, "discard")
    desk.act(ARTICLE, document, "unpublish")
    found = [(version["status"], version["data"]["title"]) for version in _versions(desk, ARTICLE, document)]

    assert [
        ("draft", "Two"),
        ("published", "Two"),
        ("modified", "Three"),
        ("published", "Two"),
        ("draft", "Two"),
        ("draft", "One"),
    ] == found


def test_a_version_is_told_as_the_reference_tells_it(desk: Desk) -> None:
    """With its author, its locale, and what has changed about the type since."""
    document = desk.add(ARTICLE, {"title": "One", "kind": "opinion", "impressions": "9007199254740993"})
    (version,) = _versions(desk, ARTICLE, document)
    author = {"id": 1, "firstname": "Root", "lastname": "Admin", "username": None, "email": "root@example.com"}

    assert (ARTICLE, document, "draft") == (version["contentType"], version["relatedDocumentId"], version["status"])
    assert {"name": "English (en)", "code": "en"} == version["locale"]
    assert author == version["createdBy"]
    assert {"unknownAttributes": {"added": {}, "removed": {}}} == version["meta"]
    assert ("opinion", "9007199254740993") == (version["data"]["kind"], version["data"]["impressions"])
    assert "relation" == version["schema"]["author"]["type"]
    assert not {"createdAt", "updatedAt", "publishedAt"} & {*version["data"], *version["schema"]}


def test_versions_come_in_pages(desk: Desk) -> None:
    """A page that is none counts as the first, as in the reference."""
    document = desk.add(CATEGORY, {"name": "One"})
    for name in ("Two", "Three"):
        desk.change(CATEGORY, document, {"name": name})
    asked = f"{URL}?contentType={CATEGORY}&documentId={document}"
    page = desk.done("GET", f"{asked}&page=2&pageSize=2")
    odd = desk.done("GET", f"{asked}&page=x&pageSize=1000")

    assert ["One"] == [version["data"]["name"] for version in page["data"]]
    assert {"page": 2, "pageSize": 2, "pageCount": 2, "total": 3} == page["meta"]["pagination"]
    assert {"page": 1, "pageSize": 20, "pageCount": 1, "total": 3} == odd["meta"]["pagination"]


def test_every_locale_has_a_history_of_its_own(desk: Desk) -> None:
    """A change in one language adds nothing to the other."""
    desk.locale("fr")
    document = desk.add(ARTICLE, {"title": "One"})
    desk.done("PUT", f"{CM}/{ARTICLE}/{document}?locale=fr", {"title": "Un"})

    assert ["One"] == [version["data"]["title"] for version in _versions(desk, ARTICLE, document)]
    assert ["Un"] == [version["data"]["title"] for version in _versions(desk, ARTICLE, document, "&locale=fr")]


def test_a_single_type_needs_no_document(desk: Desk) -> None:
    """There is one at most."""
    desk.done("PUT", f"{SINGLE}/{HOMEPAGE}", {"headline": "Hello"})
    found = desk.done("GET", f"{URL}?contentType={HOMEPAGE}")["data"]

    assert 1 == len(found)


def test_relations_and_files_are_listed_with_what_is_missing(desk: Desk) -> None:
    """An old version shows related entries as they are now, and counts those that are gone."""
    kept, gone = desk.add(CATEGORY, {"name": "Kept"}), desk.add(CATEGORY, {"name": "Gone"})
    document = desk.add(ARTICLE, {"title": "One", "categories": {"set": [{"documentId": kept}, {"documentId": gone}]}})
    desk.done("DELETE", f"{CM}/{CATEGORY}/{gone}")
    (version,) = _versions(desk, ARTICLE, document)

    assert [kept] == [entry["documentId"] for entry in version["data"]["categories"]["results"]]
    assert {"missingCount": 1} == version["data"]["categories"]["meta"]
    assert {"results": [], "meta": {"missingCount": 0}} == version["data"]["gallery"]


def test_a_version_is_restored_with_components_relations_and_lists(desk: Desk) -> None:
    """What a document held before it holds again, as a draft; what no longer exists is left out."""
    kept, gone = desk.add(CATEGORY, {"name": "Kept"}), desk.add(CATEGORY, {"name": "Gone"})
    data = {
        "title": "Old",
        "seo": {"metaTitle": "Old title"},
        "sources": [{"label": "A", "url": "https://a.example"}, {"label": "B", "url": "https://b.example"}],
        "blocks": [{"__component": "shared.quote", "text": "Said"}],
        "categories": {"set": [{"documentId": kept}, {"documentId": gone}]},
        "metadata": {"deep": [1, 2.5, None]},
    }
    document = desk.add(ARTICLE, data)
    emptied: dict[str, JSON] = {
        "title": "New",
        "seo": None,
        "sources": [],
        "blocks": [],
        "categories": {"set": []},
        "metadata": None,
    }
    desk.change(ARTICLE, document, emptied)
    desk.done("DELETE", f"{CM}/{CATEGORY}/{gone}")
    oldest = _versions(desk, ARTICLE, document)[-1]

    assert {"data": {"documentId": document}} == _restore(desk, ARTICLE, oldest["id"])
    now = desk.read(ARTICLE, document)
    assert ("Old", "Old title", {"deep": [1, 2.5, None]}) == (now["title"], now["seo"]["metaTitle"], now["metadata"])
    assert ["A", "B"] == [source["label"] for source in now["sources"]]
    assert [("shared.quote", "Said")] == [(block["__component"], block["text"]) for block in now["blocks"]]
    assert ["Kept"] == desk.related(ARTICLE, document, "categories", "name")
    assert 3 == len(_versions(desk, ARTICLE, document))


def test_f26_restoring_asks_for_the_right_to_change_the_document(desk: Desk) -> None:
    """Who may not change a type, an entry or a field does not do so by restoring."""
    document = desk.add(ARTICLE, {"title": "Old", "summary": "Old"})
    desk.change(ARTICLE, document, {"title": "New", "summary": "New"})
    oldest = _versions(desk, ARTICLE, document)[-1]["id"]
    reader = desk.member("Readers", may(READ, ARTICLE, fields=["title"], locales=["en"]))
    own = may(UPDATE, ARTICLE, fields=["title"], locales=["en"], conditions=("admin::is-creator",))
    stranger = desk.member("Strangers", own)
    titles = desk.member("Titles", may(UPDATE, ARTICLE, fields=["title"], locales=["en"]))
    refused = [desk.ask("PUT", f"{URL}/{oldest}/restore", {"contentType": ARTICLE}, by=by) for by in (reader, stranger)]

    assert [403, 403] == [answer.status_code for answer in refused]
    assert "New" == desk.read(ARTICLE, document)["title"]
    _restore(desk, ARTICLE, oldest, by=titles)
    now = desk.read(ARTICLE, document)
    assert ("Old", "New") == (now["title"], now["summary"])


def test_f26_a_version_is_no_way_into_another_type(desk: Desk) -> None:
    """A version is restored under the type that it is of, and not under one that the caller may change."""
    document = desk.add(ARTICLE, {"title": "Old"})
    version = _versions(desk, ARTICLE, document)[0]["id"]

    assert 404 == desk.ask("PUT", f"{URL}/{version}/restore", {"contentType": CATEGORY}).status_code
    assert 404 == desk.ask("PUT", f"{URL}/999999/restore", {"contentType": ARTICLE}).status_code
    assert 404 == desk.ask("PUT", f"{URL}/x/restore", {"contentType": ARTICLE}).status_code


@pytest.mark.parametrize("body", [None, {}, {"contentType": 5}, [], "text"])
def test_restoring_without_a_type_is_refused(desk: Desk, body: JSON) -> None:
    """Bad input changes nothing and gets a clear error."""
    assert 400 == desk.ask("PUT", f"{URL}/1/restore", body).status_code


def test_a_version_that_is_not_valid_any_more_is_refused(desk: Desk) -> None:
    """What a unique field held and another entry holds now is not restored."""
    document = desk.add(CATEGORY, {"name": "Same"})
    desk.change(CATEGORY, document, {"name": "Other"})
    desk.add(CATEGORY, {"name": "Same"})
    oldest = _versions(desk, CATEGORY, document)[-1]["id"]

    assert 400 == desk.ask("PUT", f"{URL}/{oldest}/restore", {"contentType": CATEGORY}).status_code
    assert "Other" == desk.read(CATEGORY, document)["name"]


def test_f1_a_field_that_is_hidden_now_is_hidden_in_old_versions(desk: Desk) -> None:
    """What one may read counts now, and not when the version was written."""
    document = desk.add(
        ARTICLE, {"title": "One", "summary": "Hidden", "seo": {"metaTitle": "T", "metaDescription": "H"}}
    )
    fields = ["title", "seo.metaTitle"]
    by = desk.member("Readers", may(READ, ARTICLE, fields=fields, locales=["en"]))
    (version,) = _versions(desk, ARTICLE, document, by=by)

    assert {"id", "documentId", "locale", "title", "seo"} == set(version["data"])
    assert {"metaTitle": "T"} == version["data"]["seo"]


def test_f1_documents_locales_and_types_beyond_reach_have_no_history(desk: Desk) -> None:
    """Conditions, locales and the right itself hold for the history as for the document."""
    desk.locale("fr")
    document = desk.add(ARTICLE, {"title": "One"})
    desk.done("PUT", f"{CM}/{ARTICLE}/{document}?locale=fr", {"title": "Un"})
    own = desk.member("Owners", may(READ, ARTICLE, fields=["title"], conditions=("admin::is-creator",), locales=["en"]))
    english = desk.member("English", may(READ, ARTICLE, fields=["title"], locales=["en"]))
    other = desk.member("Others", may(READ, CATEGORY, fields=["name"]))
    asked = f"{URL}?contentType={ARTICLE}&documentId={document}"

    assert 403 == desk.ask("GET", asked, by=own).status_code
    assert 403 == desk.ask("GET", f"{asked}&locale=fr", by=english).status_code
    assert 200 == desk.ask("GET", asked, by=english).status_code
    assert 403 == desk.ask("GET", asked, by=other).status_code
    desk.done("DELETE", f"{CM}/{ARTICLE}/{document}?locale=*")
    assert 403 == desk.ask("GET", asked, by=own).status_code
    assert 200 == desk.ask("GET", asked).status_code


def test_f5_related_entries_that_may_not_be_read_are_counted_and_not_shown(desk: Desk) -> None:
    """Whether they are hidden or gone is not told to those who may not read them all."""
    author = desk.add(AUTHOR, {"name": "Hidden"})
    document = desk.add(ARTICLE, {"title": "One", "author": {"set": [{"documentId": author}]}})
    by = desk.member("Readers", may(READ, ARTICLE, fields=["title", "author"], locales=["en"]))
    (before,) = _versions(desk, ARTICLE, document, by=by)
    desk.done("DELETE", f"{CM}/{AUTHOR}/{author}")
    (after,) = _versions(desk, ARTICLE, document, by=by)

    assert {"results": [], "meta": {"missingCount": 0, "hiddenCount": 1}} == before["data"]["author"]
    assert before == after


@pytest.mark.parametrize("query", ["", "?documentId=x", f"?contentType={ARTICLE}", "?contentType=x&documentId=x"])
def test_a_question_without_its_document_is_refused(desk: Desk, query: str) -> None:
    """As in the reference, with 403."""
    assert 403 == desk.ask("GET", f"{URL}{query}").status_code
    assert 401 == desk.backend.call("GET", f"{URL}{query}").status_code


def test_recording_takes_one_statement_however_many_documents(desk: Desk) -> None:
    """What is kept is read and written at once."""
    documents = [desk.add(ARTICLE, {"title": f"Number {number}"}) for number in range(3)]
    trace: list[str] = []
    desk.backend.driver.trace = trace
    desk.done("POST", f"{CM}/{ARTICLE}/actions/bulkPublish", {"documentIds": documents})
    desk.backend.driver.trace = None

    assert 1 == sum("strapi_history_versions" in text for text in trace)
    assert ["published"] * 3 == [_versions(desk, ARTICLE, document)[0]["status"] for document in documents]


def test_a_refused_change_leaves_no_version(desk: Desk) -> None:
    """The version is written in the transaction of the change."""
    document = desk.add(CATEGORY, {"name": "One"})
    assert 400 == desk.ask("PUT", f"{CM}/{CATEGORY}/{document}", {"name": 5}).status_code

    assert 1 == len(_versions(desk, CATEGORY, document))


def test_versions_that_are_too_old_are_forgotten(desk: Desk) -> None:
    """They go once a change that notices them has been answered."""
    document = desk.add(CATEGORY, {"name": "Old"})
    desk.backend.clock.ahead = 91 * _DAY
    token = desk.backend.sign_in("root@example.com").json()["data"]["token"]
    desk.change(CATEGORY, document, {"name": "New"}, by=token)

    assert ["New"] == [version["data"]["name"] for version in _versions(desk, CATEGORY, document, by=token)]


def test_rows_are_written_as_the_reference_reads_them(desk: Desk) -> None:
    """Related entries by their documents, files by their ids, components with neither id nor secret."""
    category = desk.add(CATEGORY, {"name": "News"})
    data = {"title": "One", "categories": {"set": [{"documentId": category}]}, "seo": {"metaTitle": "T"}}
    desk.add(ARTICLE, data)
    (text,) = desk.backend.read("SELECT data FROM strapi_history_versions WHERE content_type = ?1", ARTICLE)[0]
    kept = json.loads(text)

    assert [category] == [entry["documentId"] for entry in kept["categories"]]
    assert "T" == kept["seo"]["metaTitle"]
    assert "id" not in kept["seo"]
    assert (None, []) == (kept["cover"], kept["gallery"])


def test_f9_no_password_is_kept_shown_or_restored(desk: Desk) -> None:
    """Neither a password nor its hash is in a version, and restoring one leaves the password as it is."""
    secret = "canary-Passw0rd-0xF9"
    document = desk.add(AUTHOR, {"name": "One", "accessCode": secret})
    hashed = desk.backend.read("SELECT access_code FROM authors")[0][0]
    desk.change(AUTHOR, document, {"name": "Two"})
    version = _versions(desk, AUTHOR, document)[-1]["id"]
    rows = str(desk.backend.read("SELECT data, schema FROM strapi_history_versions"))
    _restore(desk, AUTHOR, version)

    assert secret not in rows
    assert hashed
    assert hashed not in rows
    assert [(hashed,)] == desk.backend.read("SELECT access_code FROM authors")


def test_f9_a_password_that_the_reference_kept_is_not_shown_or_restored(desk: Desk) -> None:
    """The reference records hashes; versions that it left in the database keep them to themselves."""
    document = desk.add(AUTHOR, {"name": "One", "accessCode": "Passw0rd-0xF9"})
    (version,) = _versions(desk, AUTHOR, document)
    data = json.dumps({**version["data"], "accessCode": "$2a$10$canary"})
    before = desk.backend.read("SELECT access_code FROM authors")
    change = "UPDATE strapi_history_versions SET data = ?1 WHERE id = ?2"
    desk.backend.write(lambda session: session.execute(Statement(change, (data, version["id"]))))
    shown = desk.ask("GET", f"{URL}?contentType={AUTHOR}&documentId={document}").text
    _restore(desk, AUTHOR, version["id"])

    assert "canary" not in shown
    assert before == desk.backend.read("SELECT access_code FROM authors")
