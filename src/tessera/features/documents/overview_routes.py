"""The HTTP door of the first page."""

from __future__ import annotations

from typing import Final

from tessera.errors import ValidationError
from tessera.features.documents import overview
from tessera.features.documents.answers import RecentAsked, RecentDocument, StatusCounts
from tessera.identity.context import RequestContext
from tessera.web.envelopes import Data
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, SIGNED_IN, route

_RECENT: Final = {"update": overview.recently_changed, "publish": overview.recently_published}
_NO_ACTION: Final = 'Invalid option: expected one of "update"|"publish"'


@route("GET", "/content-manager/homepage/count-documents", audience=ADMIN, action=SIGNED_IN, answer=Data[StatusCounts])
async def count_documents(_: Request, ctx: RequestContext) -> Response:
    """Count the documents that the caller may read by their status."""
    return ok({"data": await overview.count_documents(ctx)})


@route(
    "GET",
    "/content-manager/homepage/recent-documents",
    audience=ADMIN,
    action=SIGNED_IN,
    query=RecentAsked,
    answer=Data[list[RecentDocument]],
)
async def list_recent(request: Request, ctx: RequestContext) -> Response:
    """List the documents that were changed or published last, of those that the caller may read."""
    action = request.query.get("action")
    recent = _RECENT.get(action) if isinstance(action, str) else None
    if recent is None:
        raise ValidationError(_NO_ACTION)
    return ok({"data": await recent(ctx)})


ROUTES: Final = (count_documents, list_recent)
