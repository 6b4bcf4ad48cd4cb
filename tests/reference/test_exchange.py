"""The same database served by this server and by the reference, one after the other, in both orders."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from tessera.app import open_project
from tests.reference.strapi import HOME, NODE, Strapi, make_app
from tests.reference.test_strapi import SECRETS, SOURCES

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not NODE.exists(), reason=f"the reference is not installed in {HOME} (make reference)"),
]

Send = Callable[..., httpx.Response]
JSON = Any  # any JSON value
Headers = Mapping[str, str] | None
EMAIL, PASSWORD = "root@example.com", "Passw0rd!"
AUTHOR = "api::author.author"
READ = "plugin::content-manager.explorer.read"


@contextmanager
def by_tessera(folder: Path) -> Iterator[Send]:
    """Serve the project's database with this server, in this process."""
    environment = {**SECRETS, "DATABASE_FILENAME": str(folder / "data.db")}
    opened = open_project(folder / "app", environment, "production")

    def send(method: str, path: str, *, json: JSON = None, headers: Headers = None) -> httpx.Response:
        async def exchange() -> httpx.Response:
            transport = httpx.ASGITransport(cast("Any", opened.application))
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
                return await client.request(method, path, json=json, headers=headers)

        return asyncio.run(exchange())

    try:
        yield send
    finally:
        opened.close()


@contextmanager
def by_reference(folder: Path) -> Iterator[Send]:
    """Serve the project's database with the reference."""
    with Strapi(folder / "app", folder / "data.db", SECRETS) as reference:

        def send(method: str, path: str, *, json: JSON = None, headers: Headers = None) -> httpx.Response:
            return httpx.request(method, f"{reference.base}{path}", timeout=30, json=json, headers=headers)

        yield send


def bearer(key: str) -> dict[str, Mapping[str, str]]:
    """Return a key as a request sends it."""
    return {"headers": {"Authorization": f"Bearer {key}"}}


def set_up(send: Send) -> dict[str, str]:
    """Register the first administrator and make tokens; return the keys and the refresh cookie."""
    body = {"email": EMAIL, "password": PASSWORD, "firstname": "Root", "lastname": "Admin"}
    registered = send("POST", "/admin/register-admin", json=body)
    session = registered.json()["data"]["token"]
    permission = {"action": READ, "subject": AUTHOR, "properties": {"fields": ["name"]}, "conditions": []}
    token = {"name": "Reader", "description": "", "adminPermissions": [permission]}
    content = {"name": "Site", "description": "", "type": "read-only", "lifespan": None}
    return {
        "session": session,
        "admin": send("POST", "/admin/admin-tokens", json=token, **bearer(session)).json()["data"]["accessKey"],
        "content": send("POST", "/admin/api-tokens", json=content, **bearer(session)).json()["data"]["accessKey"],
    }


def seen(send: Send, keys: Mapping[str, str]) -> dict[str, Any]:
    """Return what the other server makes of the administrator and the keys."""
    signed_in = send("POST", "/admin/login", json={"email": EMAIL, "password": PASSWORD})
    tokens = send("GET", "/admin/admin-tokens", **bearer(keys["session"])).json()["data"]
    contents = {
        token["name"]: token["id"]
        for token in send("GET", "/admin/api-tokens", **bearer(keys["session"])).json()["data"]
    }
    shown = send("GET", f"/admin/api-tokens/{contents['Site']}", **bearer(keys["session"])).json()["data"]
    return {
        "signs in": signed_in.status_code,
        "open session": send("GET", "/admin/users/me", **bearer(keys["session"])).status_code,
        "admin token": send("GET", "/admin/users/me", **bearer(keys["admin"])).status_code,
        "holds": [(held["action"], held["subject"], held["properties"]) for held in tokens[0]["adminPermissions"]],
        "owner": tokens[0]["adminUserOwner"]["email"],
        "readable key": shown["accessKey"] == keys["content"],
    }


WANTED = {
    "signs in": 200,
    "open session": 200,
    "admin token": 200,
    "holds": [(READ, AUTHOR, {"fields": ["name"]})],
    "owner": EMAIL,
    "readable key": True,
}


def test_the_reference_goes_on_with_a_database_of_this_server(tmp_path: Path) -> None:
    """
    The reference finds the schema unchanged, signs in the same administrator and takes the same sessions and keys.
    """
    make_app(tmp_path / "app", SOURCES)
    with by_tessera(tmp_path) as send:
        keys = set_up(send)
    with by_reference(tmp_path) as send:
        found = seen(send, keys)

    assert WANTED == found
    assert "Schema unchanged" in (tmp_path / "app" / "server.log").read_text(encoding="utf-8")


def test_this_server_goes_on_with_a_database_of_the_reference(tmp_path: Path) -> None:
    """
    The administrator, sessions and keys that the reference made go on working here, 256-digit keys included.
    """
    make_app(tmp_path / "app", SOURCES)
    with by_reference(tmp_path) as send:
        keys = set_up(send)
    with by_tessera(tmp_path) as send:
        found = seen(send, keys)

    assert WANTED == found


def test_a_database_goes_back_and_forth(tmp_path: Path) -> None:
    """
    Permissions of roles and tokens are the same after both servers have started on the database in turn.
    """
    make_app(tmp_path / "app", SOURCES)
    with by_reference(tmp_path) as send:
        keys = set_up(send)
        before = {
            role: send("GET", f"/admin/roles/{role}/permissions", **bearer(keys["session"])).json()
            for role in (1, 2, 3)
        }
    with by_tessera(tmp_path) as send:
        between = {
            role: send("GET", f"/admin/roles/{role}/permissions", **bearer(keys["session"])).json()
            for role in (1, 2, 3)
        }
    with by_reference(tmp_path) as send:
        after = {
            role: send("GET", f"/admin/roles/{role}/permissions", **bearer(keys["session"])).json()
            for role in (1, 2, 3)
        }

    assert before == between
    assert before == after


def test_the_history_and_the_audit_log_survive_a_start_of_the_reference(tmp_path: Path) -> None:
    """
    The reference leaves both alone, records nothing itself without a licence, and they go on where they were.
    """
    make_app(tmp_path / "app", SOURCES)
    path = f"/content-manager/collection-types/{AUTHOR}"
    with by_tessera(tmp_path) as send:
        keys = set_up(send)
        made = send("POST", path, json={"name": "First", "accessCode": "secret-code"}, **bearer(keys["session"]))
        document = made.json()["data"]["documentId"]
        asked = f"/content-manager/history?contentType={AUTHOR}&documentId={document}"
        before = told(send, keys, asked)
    with by_reference(tmp_path) as send:
        renamed = send("PUT", f"{path}/{document}", json={"name": "Second"}, **bearer(keys["session"]))
        assert renamed.status_code == 200, renamed.text
    with by_tessera(tmp_path) as send:
        assert before == told(send, keys, asked)
        version = before[0][0]["id"]
        restored = send(
            "PUT",
            f"/content-manager/history/{version}/restore",
            json={"contentType": AUTHOR},
            **bearer(keys["session"]),
        )
        assert restored.status_code == 200, restored.text
        name = send("GET", f"{path}/{document}", **bearer(keys["session"])).json()["data"]["name"]

    assert "First" == name


def told(send: Send, keys: Mapping[str, str], asked: str) -> tuple[JSON, JSON]:
    """Return the versions of a document, and what the audit log tells of changes."""
    versions = send("GET", asked, **bearer(keys["session"])).json()["data"]
    log = send("GET", "/admin/audit-logs?pageSize=100&filters[origin]=admin", **bearer(keys["session"])).json()
    return versions, log["results"]
