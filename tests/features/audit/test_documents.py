"""Who made a change to a document is recorded with the credential that made it, whichever door it came by."""

from __future__ import annotations

import pytest

from tests.features.audit.log import actions, entries, newest
from tests.features.backend import Backend
from tests.features.documents.desk import CATEGORY, CM, Desk
from tests.features.end_users.people import People

ARTICLE = "api::article.article"
CREATE = "plugin::content-manager.explorer.create"


def _articles(desk: Desk) -> list[str]:
    return actions(desk, f"&filters[subject]={ARTICLE}")


def test_each_change_of_a_document_is_recorded_under_its_name(desk: Desk) -> None:
    """The life of a document stands in the log; who publishes and may update saves first, as in the reference."""
    document = desk.add(ARTICLE, {"title": "One"})
    desk.change(ARTICLE, document, {"title": "Two"})
    desk.act(ARTICLE, document, "publish")
    desk.change(ARTICLE, document, {"title": "Three"})
    desk.act(ARTICLE, document, "discard")
    desk.act(ARTICLE, document, "unpublish")
    desk.done("DELETE", f"{CM}/{ARTICLE}/{document}")
    expected = ["create", "update", "update", "publish", "update", "draft-discard", "unpublish", "delete"]

    assert [f"entry.{verb}" for verb in expected] == _articles(desk)
    assert {document} == {entry["target"] for entry in entries(desk, f"&filters[subject]={ARTICLE}")}


def test_a_change_tells_who_made_it_and_in_which_session(desk: Desk) -> None:
    """An administrator is told by id, address and name, and the session by its number, not by its secret id."""
    document = desk.add(CATEGORY, {"name": "News"})
    entry = newest(desk)

    assert ("entry.create", CATEGORY, document, "admin", "done") == tuple(
        entry[key] for key in ("action", "subject", "target", "origin", "outcome")
    )
    assert "session" == entry["credential"]["type"]
    assert entry["user"]["id"] == entry["actor"]["id"]
    assert entry["user"]["displayName"] == entry["actor"]["name"]


def test_a_change_by_an_admin_token_names_the_token_and_its_owner(desk: Desk) -> None:
    """The token that made a change is told by id and name, and whose it is."""
    permission = {"action": CREATE, "subject": CATEGORY, "properties": {"fields": ["name"]}, "conditions": []}
    body = {"name": "Importer", "lifespan": None, "adminPermissions": [permission]}
    token = desk.done("POST", "/admin/admin-tokens", body)["data"]
    desk.add(CATEGORY, {"name": "News"}, by=token["accessKey"])
    entry = newest(desk)

    assert {"type": "admin token", "id": token["id"], "name": "Importer"} == entry["credential"]
    assert "administrator" == entry["actor"]["type"]


def test_the_name_of_a_token_stays_after_the_token_is_gone(desk: Desk) -> None:
    """What a token did can still be told when it has been revoked."""
    permission = {"action": CREATE, "subject": CATEGORY, "properties": {"fields": ["name"]}, "conditions": []}
    body = {"name": "Importer", "lifespan": None, "adminPermissions": [permission]}
    token = desk.done("POST", "/admin/admin-tokens", body)["data"]
    document = desk.add(CATEGORY, {"name": "News"}, by=token["accessKey"])
    desk.done("DELETE", f"/admin/admin-tokens/{token['id']}")

    assert ["Importer"] == [entry["credential"]["name"] for entry in entries(desk, f"&filters[target]={document}")]


def test_a_change_through_the_content_api_names_the_api_token(desk: Desk) -> None:
    """An API token belongs to nobody, and is told itself."""
    body = {"name": "Site", "type": "full-access", "lifespan": None}
    token = desk.done("POST", "/admin/api-tokens", body)["data"]
    made = desk.done("POST", "/api/articles", {"data": {"title": "One"}}, by=token["accessKey"])["data"]
    found = entries(desk, f"&filters[target]={made['documentId']}")

    assert ["entry.publish", "entry.create"] == [entry["action"] for entry in found]
    assert {("content", "api token", "Site")} == {
        (entry["origin"], entry["actor"]["type"], entry["credential"]["name"]) for entry in found
    }


def test_several_documents_at_once_are_recorded_each_and_in_one_statement(desk: Desk) -> None:
    """A bulk action names every document it reached, whatever their number."""
    documents = [desk.add(ARTICLE, {"title": f"Number {number}"}) for number in range(3)]
    trace: list[str] = []
    desk.backend.driver.trace = trace
    desk.done("POST", f"{CM}/{ARTICLE}/actions/bulkPublish", {"documentIds": documents})
    desk.backend.driver.trace = None
    found = entries(desk, "&filters[action]=entry.publish")

    assert set(documents) == {entry["target"] for entry in found}
    assert 1 == sum("INSERT INTO tessera_audit" in text for text in trace)


def test_a_change_that_is_refused_leaves_no_entry(desk: Desk) -> None:
    """What did not happen is not told as if it had."""
    before = entries(desk)
    answer = desk.ask("POST", f"{CM}/{CATEGORY}", {"name": 5})

    assert 400 == answer.status_code
    assert before == entries(desk)


@pytest.mark.parametrize("path", ["", "?page=1"])
def test_reading_adds_nothing_to_the_log(desk: Desk, path: str) -> None:
    """Reads are not recorded, and cost no statement more."""
    desk.add(CATEGORY, {"name": "News"})
    before = entries(desk)
    desk.done("GET", f"{CM}/{CATEGORY}{path}")

    assert before == entries(desk)


def test_what_an_end_user_writes_is_recorded_under_its_name(newsroom: Backend) -> None:
    """
    Registering, and a change of an entry through the Content API, with the door it came by.
    """
    people = People(newsroom)
    jwt = people.register("eve")["jwt"]
    people.allow("authenticated", "api::article.article.create")
    made = people.call("POST", "/api/articles", {"data": {"title": "One"}}, key=jwt)
    assert made.status_code == 201, made.text
    told = "SELECT action, actor, actor_name, origin FROM tessera_audit WHERE origin = 'content' ORDER BY id"

    assert [
        ("end-user.register", "visitor", None, "content"),
        ("entry.create", "end user", "eve", "content"),
        ("entry.publish", "end user", "eve", "content"),
    ] == people.backend.read(told)
