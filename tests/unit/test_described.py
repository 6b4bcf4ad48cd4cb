from __future__ import annotations

import httpx
import orjson
from typing_extensions import TypedDict

from tessera.identity.context import RequestContext
from tessera.web.envelopes import Data
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.router import Router
from tessera.web.routing import ADMIN, PUBLIC, route
from tests.described import faults_of


class Lamp(TypedDict):
    on: bool


@route("GET", "/admin/lamp", audience=ADMIN, action=PUBLIC, answer=Data[Lamp], besides={204: None})
async def show(request: Request, ctx: RequestContext) -> Response:
    """Show the lamp."""
    return ok({})


def _faults(status: int, content: object) -> list[str]:
    body = b"" if content is None else orjson.dumps(content)
    headers = {"content-type": "application/json"} if body else {}
    return faults_of(Router([show]), "GET", "/admin/lamp?x=1", httpx.Response(status, content=body, headers=headers))


def test_an_answer_as_described_has_no_faults() -> None:
    """
    What is declared, what is declared besides, and an error as all errors are.
    """
    error = {"data": None, "error": {"status": 404, "name": "NotFoundError", "message": "Not Found", "details": {}}}

    assert [] == _faults(200, {"data": {"on": True}})
    assert [] == _faults(204, None)
    assert [] == _faults(404, error)


def test_every_difference_is_found() -> None:
    """
    A wrong type, a missing or another key, another status, a body where none is, and an error that is none.
    """

    assert _faults(200, {"data": {"on": "yes"}})
    assert _faults(200, {"data": {}})
    assert _faults(200, {"data": {"on": True, "colour": "red"}})
    assert _faults(201, {"data": {"on": True}})
    assert _faults(204, {"data": {"on": True}})
    assert _faults(404, {"error": "gone"})
