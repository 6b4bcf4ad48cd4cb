"""The HTTP door of relation fields."""

from __future__ import annotations

from typing import Final

from tessera.features.documents import relations
from tessera.features.documents.answers import CandidatesAsked, RelatedPage
from tessera.identity.context import RequestContext
from tessera.web.request import Request
from tessera.web.response import Response, raw
from tessera.web.routing import ADMIN, SIGNED_IN, route

_BASE: Final = "/content-manager/relations/{uid}"


@route("GET", f"{_BASE}/{{field}}", audience=ADMIN, action=SIGNED_IN, query=CandidatesAsked, answer=RelatedPage)
async def list_candidates(request: Request, ctx: RequestContext) -> Response:
    """List the entries that a relation field may hold; the type's own rights decide."""
    return raw(await relations.candidates(ctx, request.params["uid"], request.params["field"], request.query))


@route("GET", f"{_BASE}/{{id}}/{{field}}", audience=ADMIN, action=SIGNED_IN, query=CandidatesAsked, answer=RelatedPage)
async def list_existing(request: Request, ctx: RequestContext) -> Response:
    """List the entries that a relation field of an entry holds; the type's own rights decide."""
    uid, row, name = request.params["uid"], request.params["id"], request.params["field"]
    return raw(await relations.existing(ctx, uid, row, name, request.query))


ROUTES: Final = (list_candidates, list_existing)
