"""The HTTP door of the audit log: it is read, and never written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tessera.features.audit import actions, service
from tessera.features.audit.asking import MOST
from tessera.identity.context import RequestContext
from tessera.schema.model import JSON
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, route

_TEXT: Final = {"type": "string"}
_NULLABLE: Final = {"type": ["string", "null"]}
_NUMBER: Final = {"type": "integer"}
_MAYBE_NUMBER: Final = {"type": ["integer", "null"]}


def _object(**members: Mapping[str, JSON]) -> dict[str, JSON]:
    return {"type": "object", "required": list(members), "properties": members}


def _or_null(shape: dict[str, JSON]) -> dict[str, JSON]:
    return {"anyOf": [shape, {"type": "null"}]}


_ENTRY: Final = _object(
    id=_NUMBER,
    action=_TEXT,
    date={"type": "string", "format": "date-time"},
    payload={"type": "object"},
    user=_or_null(_object(id=_NUMBER, email=_TEXT, displayName=_TEXT)),
    actor=_object(type=_TEXT, id=_MAYBE_NUMBER, name=_NULLABLE),
    credential=_or_null(_object(type=_TEXT, id=_MAYBE_NUMBER, name=_NULLABLE)),
    origin={"enum": ["admin", "content", "mcp", "cli", "server"]},
    outcome={"enum": ["done", "refused"]},
    subject=_NULLABLE,
    target=_NULLABLE,
    locale=_NULLABLE,
)
_PAGE: Final = _object(
    results={"type": "array", "items": _ENTRY},
    pagination=_object(page=_NUMBER, pageSize=_NUMBER, pageCount=_NUMBER, total=_NUMBER),
)
_QUESTION: Final[Mapping[str, JSON]] = {
    "type": "object",
    "properties": {
        "page": {"type": "integer", "minimum": 1},
        "pageSize": {"type": "integer", "minimum": 1, "maximum": MOST},
        "sort": {"enum": ["date:DESC", "date:ASC", "action:ASC", "action:DESC"]},
        "filters": {"type": "object"},
    },
}


@route("GET", "/admin/audit-logs", audience=ADMIN, action=actions.READ, query=_QUESTION, answer=_PAGE)
async def list_entries(request: Request, ctx: RequestContext) -> Response:
    """List what was done, by whom and by which credential."""
    return ok(await service.list_entries(ctx, request.query))


@route("GET", "/admin/audit-logs/{id}", audience=ADMIN, action=actions.READ, answer=_ENTRY)
async def read_entry(request: Request, ctx: RequestContext) -> Response:
    """Show one entry of the audit log."""
    return ok(await service.read_entry(ctx, request.number("id")))


ROUTES: Final = (list_entries, read_entry)
