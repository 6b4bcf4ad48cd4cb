import asyncio
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from tests.features.backend import JSON
from tests.features.modeling.studio import BUILDER, EVENTS, Studio, attribute, changed_type, new_type

BOOKS = "/content-manager/collection-types/api::book.book"
BOOK = new_type("book", attribute("create", "title", type="string"))


def test_a_new_type_is_served_from_the_next_request_on(studio: Studio) -> None:
    """
    Documents, permissions of editors and the description of the routes know it without a new start.
    """
    studio.updated(BOOK)
    written = studio.write(BOOKS, {"title": "Faust"})
    may = "SELECT count(*) FROM admin_permissions WHERE subject = 'api::book.book'"

    assert "Faust" == studio.read(f"{BOOKS}/{written['documentId']}")["title"]
    assert studio.backend.read(may)[0][0] > 0
    studio.restart()
    assert "Faust" == studio.read(f"{BOOKS}/{written['documentId']}")["title"]


def test_requests_in_flight_are_answered_while_types_change(studio: Studio) -> None:
    """
    None is dropped and none fails, whether it began before a change, meanwhile or after it.
    """
    seen: list[int] = []
    base = studio.unchanged("api::event.event")

    async def keep_asking(client: httpx.AsyncClient, is_over: asyncio.Event) -> None:
        while not is_over.is_set():
            seen.append((await client.get(EVENTS)).status_code)
            seen.append((await client.post(EVENTS, json={"title": "Fair"})).status_code)

    async def change(client: httpx.AsyncClient, turn: int) -> int:
        extra = attribute("create", f"extra{turn}", type="string")  # the one before goes
        body = changed_type("api::event.event", [*base, extra], draftAndPublish=True)
        return (await client.post(f"{BUILDER}/update-schema", json={"data": {"contentTypes": [body]}})).status_code

    async def race() -> list[int]:
        transport = httpx.ASGITransport(cast("Any", studio.backend.application))
        headers = {"authorization": f"Bearer {studio.root}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver", headers=headers) as client:
            is_over = asyncio.Event()
            others = [asyncio.create_task(keep_asking(client, is_over)) for _ in range(4)]
            statuses = [await change(client, turn) for turn in range(4)]
            is_over.set()
            await asyncio.gather(*others)
        return statuses

    assert [200] * 4 == asyncio.run(race())
    assert {200, 201} == set(seen)
    assert len(seen) > 8


def answered_after(studio: Studio, change: JSON) -> int:
    """Send a body of which the second half comes after a change of the types; return the status of the answer."""
    application = cast("Any", studio.backend.application)
    key = f"Bearer {studio.root}"
    sent: list[dict[str, Any]] = []

    async def exchange() -> None:
        begun, changed = asyncio.Event(), asyncio.Event()
        parts = [b'{"title": "Fair", ', b'"motto": "Later"}']

        async def receive() -> dict[str, Any]:
            part = parts.pop(0)
            if not parts:
                begun.set()
                await changed.wait()
            return {"type": "http.request", "body": part, "more_body": bool(parts)}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": "POST",
            "path": EVENTS,
            "query_string": b"",
            "headers": [(b"authorization", key.encode()), (b"content-type", b"application/json")],
            "scheme": "http",
            "client": ("203.0.113.9", 1),
        }
        request = asyncio.create_task(application(scope, receive, send))
        await begun.wait()
        transport, body = httpx.ASGITransport(application), {"data": {"contentTypes": [change]}}
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            answer = await client.post(f"{BUILDER}/update-schema", json=body, headers={"authorization": key})
        assert 200 == answer.status_code, answer.text
        changed.set()
        await request

    asyncio.run(exchange())
    status: int = sent[0]["status"]
    return status


def test_a_body_that_comes_in_while_types_change_meets_the_new_ones(studio: Studio) -> None:
    """
    Reading it holds nobody up, and what is done with it follows the types as they are by then.
    """
    motto = attribute("create", "motto", type="string")
    change = changed_type("api::event.event", [*studio.unchanged("api::event.event"), motto], draftAndPublish=True)

    assert 201 == answered_after(studio, change)
    assert [("Later",)] == studio.backend.read("SELECT motto FROM events")


def test_a_request_for_a_type_that_is_gone_by_its_turn_is_refused(studio: Studio) -> None:
    """
    It was there when the request began to come in; what is answered is what holds now.
    """
    assert 403 == answered_after(studio, {"action": "delete", "uid": "api::event.event"})


@pytest.mark.parametrize("failing", ["files", "tables"])
def test_what_fails_leaves_files_tables_and_server_as_they_were(
    studio: Studio, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A full disk while files are put in place, or a database that refuses: both sides are undone.
    """
    before, replace = studio.files(), Path.replace
    tables = studio.backend.read("SELECT name, sql FROM sqlite_schema ORDER BY name")
    if failing == "files":
        broken = studio.folder / "src/api/event/content-types/event/schema.json"

        def full(self: Path, target: Path) -> Path:
            if target == broken:
                raise OSError(28, "No space left on device")
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", full)
    else:
        studio.backend.execute("CREATE TABLE books (id integer primary key, title text)")
        studio.backend.execute("CREATE VIEW books_with_title AS SELECT title FROM books")
        studio.backend.execute("CREATE UNIQUE INDEX books_documents_idx ON events (id)")
        tables = studio.backend.read("SELECT name, sql FROM sqlite_schema ORDER BY name")
    event = changed_type(
        "api::event.event",
        [*studio.unchanged("api::event.event"), attribute("create", "motto", type="string")],
        draftAndPublish=True,
    )
    answer = studio.update(BOOK, event)
    monkeypatch.undo()

    assert 500 == answer.status_code
    assert before == studio.files()
    assert tables == studio.backend.read("SELECT name, sql FROM sqlite_schema ORDER BY name")
    assert not (studio.folder / "src/api/book").exists()
    assert 404 == studio.call("GET", "/content-types/api::book.book").status_code
    assert 200 == studio.backend.call("GET", EVENTS, key=studio.root).status_code


def test_a_new_type_and_its_end_are_in_the_audit_log(studio: Studio) -> None:
    """
    The entry is written in the transaction that changes the tables.
    """
    studio.updated(BOOK)
    told = "SELECT action, actor, origin FROM tessera_audit WHERE subject = 'api::book.book'"
    assert studio.call("DELETE", "/content-types/api::book.book").status_code == 200

    assert [
        ("content-type.create", "administrator", "admin"),
        ("content-type.delete", "administrator", "admin"),
    ] == studio.backend.read(told)
