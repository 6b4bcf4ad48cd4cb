"""The audit log is read page by page, by those who may; it is never written over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from tests.features.audit.log import entries, newest
from tests.features.documents.desk import CATEGORY, Desk

JSON = Any  # any JSON value
URL = "/admin/audit-logs"
READ = "admin::audit-logs.read"
_DAY = 24 * 60 * 60 * 1000


def test_only_those_who_may_read_the_log_do(desk: Desk) -> None:
    """An administrator without the action is refused, with it is answered."""
    outsider = desk.member("Writers")
    auditor = desk.member("Auditors", {"action": READ, "subject": None, "properties": {}, "conditions": []})

    assert 403 == desk.ask("GET", URL, by=outsider).status_code
    assert 403 == desk.ask("GET", f"{URL}/1", by=outsider).status_code
    assert 200 == desk.ask("GET", URL, by=auditor).status_code
    assert 401 == desk.backend.call("GET", URL).status_code


def test_f9_a_token_without_the_action_cannot_read_the_log(desk: Desk) -> None:
    """A super admin's token reads the log only when it was given the action."""
    held: dict[str, JSON] = {"action": READ, "subject": None, "properties": {}, "conditions": []}
    keys = [
        desk.done("POST", "/admin/admin-tokens", {"name": name, "lifespan": None, "adminPermissions": permissions})
        for name, permissions in (("blind", []), ("sighted", [held]))
    ]

    assert [403, 200] == [desk.ask("GET", URL, by=key["data"]["accessKey"]).status_code for key in keys]


def test_pages_of_the_log_are_told_as_the_reference_tells_them(desk: Desk) -> None:
    """A page has its results and the usual pagination."""
    for number in range(3):
        desk.add(CATEGORY, {"name": f"Number {number}"})
    page = desk.done("GET", f"{URL}?pageSize=2&page=2&filters[action][$eq]=entry.create&sort=date:ASC")

    assert {"page": 2, "pageSize": 2, "pageCount": 2, "total": 3} == page["pagination"]
    assert 1 == len(page["results"])


def test_one_entry_is_read_by_its_id(desk: Desk) -> None:
    """An entry alone is what the list shows of it, and an unknown one is not found."""
    desk.add(CATEGORY, {"name": "News"})
    entry = newest(desk)

    assert entry == desk.done("GET", f"{URL}/{entry['id']}")
    assert 404 == desk.ask("GET", f"{URL}/9999999").status_code
    assert 404 == desk.ask("GET", f"{URL}/one").status_code


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ("filters[user][id][$eq]=1&filters[action][$startsWith]=entry", 1),
        ("filters[user][id]=2", 0),
        ("filters[$or][0][action]=nothing&filters[$or][1][subject]=api::category.category", 1),
        ("filters[$not][subject]=api::category.category&filters[action]=entry.create", 0),
        ("filters[action][$in][0]=entry.create&filters[action][$in][1]=entry.update", 1),
        ("filters[date][$lt]=2001-01-01T00:00:00.000Z", 0),
        ("filters[date][$gt]=2001-01-01&filters[action]=entry.create", 1),
        ("filters[credential][type]=session&filters[origin]=admin&filters[action]=entry.create", 1),
        ("filters[locale][$null]=true&filters[action][$contains]=try.create&filters[subject][$notNull]=true", 1),
    ],
)
def test_the_log_is_filtered(desk: Desk, filters: str, count: int) -> None:
    """Whoever looks for something asks by action, person, credential, door, document or time."""
    desk.add(CATEGORY, {"name": "News"})

    assert count == desk.done("GET", f"{URL}?{filters}")["pagination"]["total"]


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=a",
        "pageSize=101",
        "pageSize=-1",
        "page=99999999999999999999",
        "sort=id",
        "sort[0]=date:ASC",
        "filters=x",
        "filters[password]=x",
        "filters[user][password]=x",
        "filters[user]=1",
        "filters[user][id]=x",
        "filters[date]=yesterday",
        "filters[action][$like]=x",
        "filters[action][$eq][a]=x",
        "filters[user][id][$contains]=1",
        "filters[$and]" + "[0][$and]" * 12 + "[0][action]=x",
    ],
)
def test_a_question_that_is_not_understood_is_refused(desk: Desk, query: str) -> None:
    """Unknown keys, orders, operators and values are refused, never overlooked."""
    assert 400 == desk.ask("GET", f"{URL}?{query}").status_code


def test_what_is_older_than_the_retention_is_forgotten(desk: Desk) -> None:
    """A write notices that the log holds entries that are too old, and they go once it is answered."""
    desk.add(CATEGORY, {"name": "Old"})
    desk.backend.clock.ahead = 91 * _DAY
    desk.add(CATEGORY, {"name": "New"}, by=desk.backend.sign_in("root@example.com").json()["data"]["token"])
    total = desk.backend.read("SELECT count(*) FROM tessera_audit WHERE at < ?1", desk.backend.now - 90 * _DAY)

    assert [(0,)] == total


def test_the_matrix_of_permissions_is_the_reference_s(desk: Desk) -> None:
    """The action is not listed, since the reference's free edition has none, and no stored permission names it."""
    catalogue = desk.ask("GET", "/admin/permissions").text
    stored = desk.backend.read("SELECT count(*) FROM admin_permissions WHERE action = ?1", READ)

    assert READ not in catalogue
    assert [(0,)] == stored


def test_the_log_cannot_be_written_or_erased(desk: Desk) -> None:
    """There is no route that adds, changes or deletes an entry."""
    before = entries(desk)
    answers = [desk.ask(method, URL, {}).status_code for method in ("POST", "PUT", "DELETE")]

    assert {404, 405} >= set(answers)
    assert before == entries(desk)
