"""
The HTTP door of the history of documents, in the shapes of the reference's paid editions.

Their addresses are recorded as unknown (content_manager_config.history_is_not_in_this_edition), so these are others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tessera.errors import ForbiddenError, ValidationError, Violation
from tessera.features.documents import actions, history_reading, history_restoring
from tessera.features.documents.dimensions import kind_of
from tessera.features.documents.history_reading import Wanted
from tessera.features.documents.types import body_in
from tessera.identity.context import RequestContext
from tessera.schema.model import ContentType
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, route

_USUAL: Final = 20
_MOST: Final = 100  # versions on a page
_LONGEST: Final = 9  # digits of a page's number
_TEXT: Final = {"type": "string"}
_QUESTION: Final[Mapping[str, Any]] = {
    "type": "object",
    "required": ["contentType"],
    "properties": {
        "contentType": _TEXT,
        "documentId": _TEXT,
        "locale": _TEXT,
        "page": {"type": "integer", "minimum": 1},
        "pageSize": {"type": "integer", "minimum": 1, "maximum": _MOST},
    },
}
_NUMBER: Final = {"type": "integer"}
_NULLABLE: Final = {"type": ["string", "null"]}
_ANY: Final = {"type": "object"}


def _object(*optional: str, **members: Mapping[str, Any]) -> dict[str, Any]:
    required = [name for name in members if name not in optional]
    return {"type": "object", "required": required, "properties": members}


_PERSON: Final = _object(id=_NUMBER, firstname=_NULLABLE, lastname=_NULLABLE, username=_NULLABLE, email=_NULLABLE)
_VERSION: Final = _object(
    "createdBy",
    id=_NUMBER,
    contentType=_TEXT,
    relatedDocumentId=_NULLABLE,
    locale={"anyOf": [_object(name=_NULLABLE, code=_TEXT), {"type": "null"}]},
    status={"enum": ["draft", "published", "modified"]},
    data=_ANY,
    schema=_ANY,
    createdAt={"type": "string", "format": "date-time"},
    createdBy=_PERSON,
    meta=_object(unknownAttributes=_object(added=_ANY, removed=_ANY)),
)
_PAGE: Final = _object(
    data={"type": "array", "items": _VERSION},
    meta=_object(pagination=_object(page=_NUMBER, pageSize=_NUMBER, pageCount=_NUMBER, total=_NUMBER)),
)
_RESTORED: Final = _object(data=_object(documentId=_TEXT))
_NAMED: Final[Mapping[str, Any]] = {
    "type": "object",
    "required": ["contentType"],
    "properties": {"contentType": _TEXT},
}


@route("GET", "/content-manager/history", audience=ADMIN, action=actions.READ, query=_QUESTION, answer=_PAGE)
async def list_versions(request: Request, ctx: RequestContext) -> Response:
    """List the versions of a document in one locale, the newest first."""
    query = request.query
    content_type = _type(ctx, query.get("contentType"))
    document = _text(query.get("documentId"))
    if content_type is None or (document is None and not content_type.is_single):
        raise ForbiddenError("contentType and documentId are required")
    page = _counting(query.get("page"), 1, 10**_LONGEST)
    size = _counting(query.get("pageSize"), _USUAL, _MOST)
    wanted = Wanted(document=document, locale=_text(query.get("locale")), page=page, size=size)
    return ok(await history_reading.list_versions(ctx, content_type, wanted))


@route(
    "PUT", "/content-manager/history/{id}/restore", audience=ADMIN, action=actions.UPDATE, body=_NAMED, answer=_RESTORED
)
async def restore_version(request: Request, ctx: RequestContext) -> Response:
    """Give a document what an old version of it held; its draft, where it has one."""
    body = body_in(request)
    uid = body.get("contentType") if isinstance(body, dict) else None
    if not isinstance(uid, str):
        received = kind_of(uid) if isinstance(body, dict) and "contentType" in body else "undefined"
        raise ValidationError.of([Violation(("contentType",), f"Invalid input: expected string, received {received}")])
    content_type = _type(ctx, uid.strip())
    if content_type is None:
        raise ForbiddenError
    document = await history_restoring.restore_version(ctx, content_type, request.number("id"))
    return ok({"data": {"documentId": document}})


def _type(ctx: RequestContext, uid: Any) -> ContentType | None:  # noqa: ANN401 - any part of a query
    return ctx.project.schema.content_types.get(uid) if isinstance(uid, str) else None


def _text(value: Any) -> str | None:  # noqa: ANN401 - any part of a query
    return value if isinstance(value, str) and value else None


def _counting(given: Any, usual: int, most: int) -> int:  # noqa: ANN401 - any part of a query
    """Return a number within its bounds; what is none counts as not sent, as in the reference."""
    if not isinstance(given, str) or not given.isascii() or not given.isdecimal() or len(given) > _LONGEST:
        return usual
    return int(given) if 1 <= int(given) <= most else usual


ROUTES: Final = (list_versions, restore_version)
