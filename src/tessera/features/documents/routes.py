"""The HTTP door of documents in collections."""

from __future__ import annotations

from typing import Final

from tessera.features.documents import actions, service
from tessera.features.documents.answers import (
    LocaleAsked,
    LocalesAsked,
    ManagedContent,
    ManagedListing,
    ManagedPage,
    VersionAsked,
    WithVersions,
)
from tessera.features.documents.tagging import expected_in, tagged
from tessera.features.documents.types import body_in, type_in
from tessera.identity.context import RequestContext
from tessera.web.envelopes import Empty
from tessera.web.request import Request
from tessera.web.response import Response, ok, raw
from tessera.web.routing import ADMIN, route

_BASE: Final = "/content-manager/collection-types/{uid}"
_ONE: Final = f"{_BASE}/{{id}}"


@route("GET", _BASE, audience=ADMIN, action=actions.READ, subject="uid", query=ManagedListing, answer=ManagedPage)
async def list_documents(request: Request, ctx: RequestContext) -> Response:
    """List documents of a type, with filters, sorts and pages."""
    return raw(await service.list_documents(ctx, type_in(request, ctx), request.unread_query))


@route(
    "POST",
    _BASE,
    audience=ADMIN,
    action=actions.CREATE,
    subject="uid",
    status=201,
    query=LocaleAsked,
    body=ManagedContent,
    answer=WithVersions,
)
async def create_document(request: Request, ctx: RequestContext) -> Response:
    """Create a document."""
    content_type = type_in(request, ctx)
    return tagged(await service.create_document(ctx, content_type, request.query, body_in(request)), 201)


@route("GET", _ONE, audience=ADMIN, action=actions.READ, subject="uid", query=VersionAsked, answer=WithVersions)
async def read_document(request: Request, ctx: RequestContext) -> Response:
    """Show one document, in a locale and a status."""
    return tagged(await service.read_document(ctx, type_in(request, ctx), request.params["id"], request.unread_query))


@route(
    "PUT",
    _ONE,
    audience=ADMIN,
    action=actions.UPDATE,
    subject="uid",
    query=LocaleAsked,
    body=ManagedContent,
    answer=WithVersions,
)
async def change_document(request: Request, ctx: RequestContext) -> Response:
    """Change a document, or add a locale to it."""
    content_type, document, body = type_in(request, ctx), request.params["id"], body_in(request)
    expected = expected_in(request)
    return tagged(await service.change_document(ctx, content_type, document, request.query, body, expected=expected))


@route("DELETE", _ONE, audience=ADMIN, action=actions.DELETE, subject="uid", query=LocalesAsked, answer=Empty)
async def delete_document(request: Request, ctx: RequestContext) -> Response:
    """Delete a document in one locale, or in all of them."""
    content_type, document = type_in(request, ctx), request.params["id"]
    await service.delete_document(ctx, content_type, document, request.query, expected=expected_in(request))
    return ok({})


ROUTES: Final = (list_documents, create_document, read_document, change_document, delete_document)
