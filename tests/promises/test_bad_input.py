"""Bad input never answers 5xx, never changes anything and never holds others up, on every route."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tessera.web.routing import PUBLIC, Route
from tests.features.backend import PASSWORD, Backend
from tests.promises.bad_input import JSON, BadRequest, requests_for
from tests.promises.door import Answer, knock

_SLOW = 2.0  # seconds, on a busy machine


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """Return a server with a first administrator."""
    made = Backend(Path(tmp_path_factory.mktemp("bad-input")))
    yield made
    made.close()


class Visitor:
    """Who may use every route, and signs in again when a route has ended its session."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.key = backend.first_admin()

    async def send(self, request: BadRequest) -> Answer:
        """Send a request; the number of tries is not what is asked here."""
        self.backend.application.limiter.buckets.clear()
        return await self._knock(request)

    async def sign_in(self) -> None:
        """Sign in, whatever has become of the session."""
        body = f'{{"email": "root@example.com", "password": "{PASSWORD}"}}'.encode()
        signed_in = await knock(self.backend.application, "POST", "/admin/login", JSON, body)
        self.key = json.loads(signed_in.body)["data"]["token"]

    async def _knock(self, request: BadRequest) -> Answer:
        headers = {"authorization": f"Bearer {self.key}", **request.headers}
        content = request.body.content if request.body else b""
        return await knock(self.backend.application, request.method, request.target, headers, content)


def _writes(backend: Backend) -> object:
    """Return what changes whenever anything is written."""
    return backend.read("PRAGMA data_version")


async def _faults(backend: Backend, route: Route, visitor: Visitor) -> list[str]:
    found: list[str] = []
    for request in requests_for(route):
        before, started = _writes(backend), time.perf_counter()
        answer = await visitor.send(request)
        took, written = time.perf_counter() - started, _writes(backend) != before
        if written and route.access is not PUBLIC:
            await visitor.sign_in()  # the session may be what has gone
        shown = f"{request.method} {request.target[:120]} {request.body.content[:60] if request.body else ''!r}"
        complaints = (
            (answer.status >= 500, f"answered {answer.status}"),
            (took > _SLOW, f"took {took:.1f} s"),
            (answer.status >= 400 and written, f"was refused with {answer.status} and wrote something"),
            (request.must_be_refused and route.body is not None and answer.status < 400, "was taken"),
        )
        found += [f"{shown} {complaint}" for wrong, complaint in complaints if wrong]
    return found


def test_bad_input_is_refused_on_every_route(backend: Backend) -> None:
    """
    Whatever stands in a path, a query string, a header or a body: no 5xx, no trace of what was refused, no delay.
    """
    visitor = Visitor(backend)
    routes = backend.application.router.routes
    found = [fault for route in routes for fault in asyncio.run(_faults(backend, route, visitor))]

    assert [] == found
