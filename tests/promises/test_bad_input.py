"""Bad input never answers 5xx, never changes anything and never holds others up, on every route."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tessera.app import Tessera, open_project
from tessera.sql.statement import Statement
from tessera.web.routing import PUBLIC, Route
from tests.promises.bad_input import JSON, BadRequest, requests_for
from tests.promises.door import Answer, knock

_SLOW: Final = 2.0  # seconds, on a busy machine
_PROJECT: Final = Path(__file__).parents[1] / "conformance" / "project"
_ROOT: Final = {"email": "root@example.com", "password": "Passw0rd!"}
_SECRETS: Final = {
    "APP_KEYS": "first-key-for-tests,second-key-for-tests",
    "API_TOKEN_SALT": "salt-for-tests",
    "ADMIN_JWT_SECRET": "admin-secret-for-tests-0123456789",
    "TRANSFER_TOKEN_SALT": "transfer-salt-for-tests",
    "JWT_SECRET": "secret-for-tests-0123456789",
    "ENCRYPTION_KEY": "0123456789abcdef0123456789abcdef",
}


class Visitor:
    """Who may use every route, with a key to the Content API, and signs in again when its session has ended."""

    def __init__(self, opened: Tessera) -> None:
        self.opened = opened
        self.application = opened.application
        self.key = ""
        self.content_key = ""

    async def send(self, request: BadRequest) -> Answer:
        """Send a request; the number of tries is not what is asked here."""
        self.application.limiter.buckets.clear()
        key = self.content_key if request.target.startswith("/api/") else self.key
        headers = {"authorization": f"Bearer {key}", **request.headers}
        content = request.body.content if request.body else b""
        return await knock(self.application, request.method, request.target, headers, content)

    async def register(self) -> None:
        """Become the first administrator."""
        body = json.dumps({**_ROOT, "firstname": "Root", "lastname": "Admin"}).encode()
        self._take(await knock(self.application, "POST", "/admin/register-admin", JSON, body))
        token = json.dumps({"name": "full", "description": "", "type": "full-access", "lifespan": None}).encode()
        headers = {"authorization": f"Bearer {self.key}", **JSON}
        made = await knock(self.application, "POST", "/admin/api-tokens", headers, token)
        self.content_key = json.loads(made.body)["data"]["accessKey"]
        await self.send(BadRequest("GET", "/api/users"))  # so that its use is noted already

    async def stay_signed_in(self) -> None:
        """Sign in when the session has gone."""
        answer = await self.send(BadRequest("GET", "/admin/users/me"))
        if answer.status == 401:
            self._take(await knock(self.application, "POST", "/admin/login", JSON, json.dumps(_ROOT).encode()))

    def _take(self, answer: Answer) -> None:
        self.key = json.loads(answer.body)["data"]["token"]

    def writes(self) -> object:
        """Return what changes whenever anything is written."""
        return self.opened.driver.run_now(lambda session: session.rows(Statement("PRAGMA data_version", ())))


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Return the first administrator of a server with content types of its own."""
    folder = Path(tmp_path_factory.mktemp("bad-input")) / "project"
    shutil.copytree(_PROJECT, folder)
    opened = open_project(folder, _SECRETS, "production")
    visitor = Visitor(opened)
    asyncio.run(visitor.register())
    yield visitor
    opened.close()


async def _faults(route: Route, visitor: Visitor) -> list[str]:
    found: list[str] = []
    for request in requests_for(route):
        before, started = visitor.writes(), time.perf_counter()
        answer = await visitor.send(request)
        took, written = time.perf_counter() - started, visitor.writes() != before
        if written and route.access is not PUBLIC:
            await visitor.stay_signed_in()
        shown = f"{request.method} {request.target[:120]} {request.body.content[:60] if request.body else ''!r}"
        complaints = (
            (answer.status >= 500, f"answered {answer.status}"),
            (took > _SLOW, f"took {took:.1f} s"),
            (answer.status >= 400 and written, f"was refused with {answer.status} and wrote something"),
            (request.must_be_refused and route.body is not None and answer.status < 400, "was taken"),
        )
        found += [f"{shown} {complaint}" for wrong, complaint in complaints if wrong]
    return found


def test_bad_input_is_refused_on_every_route(visitor: Visitor) -> None:
    """
    Whatever stands in a path, a query string, a header or a body: no 5xx, no trace of what was refused, no delay.
    """
    routes = visitor.application.router.routes
    found = [fault for route in routes for fault in asyncio.run(_faults(route, visitor))]

    assert [] == found
