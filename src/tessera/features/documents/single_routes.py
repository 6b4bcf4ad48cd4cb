"""The HTTP door of single types."""

from __future__ import annotations

from typing import Any, Final

from tessera.errors import NotFoundError
from tessera.features.documents import actions, drafts, publishing, service, singles
from tessera.features.documents.answers import (
    DraftRelations,
    LocaleAsked,
    LocalesAsked,
    ManagedContent,
    UnpublicationOptions,
    VersionAsked,
    WithVersions,
)
from tessera.features.documents.reading import Params
from tessera.features.documents.tagging import expected_in, tagged
from tessera.features.documents.types import body_in, type_in
from tessera.identity.context import RequestContext
from tessera.schema.model import ContentType
from tessera.web.envelopes import Data, Empty
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, route

_BASE: Final = "/content-manager/single-types/{uid}"


@route("GET", _BASE, audience=ADMIN, action=actions.READ, subject="uid", query=VersionAsked, answer=WithVersions)
async def read_single(request: Request, ctx: RequestContext) -> Response:
    """Show the document of a single type, in a locale and a status."""
    return tagged(await singles.read_single(ctx, _single(request, ctx), request.query))


@route(
    "PUT",
    _BASE,
    audience=ADMIN,
    action=(actions.CREATE, actions.UPDATE),
    subject="uid",
    query=LocaleAsked,
    body=ManagedContent,
    answer=WithVersions,
)
async def save_single(request: Request, ctx: RequestContext) -> Response:
    """Save the document of a single type; the first save creates it."""
    return tagged(await singles.save_single(ctx, *_told(request, ctx), expected=expected_in(request)))


@route("DELETE", _BASE, audience=ADMIN, action=actions.DELETE, subject="uid", query=LocalesAsked, answer=Empty)
async def delete_single(request: Request, ctx: RequestContext) -> Response:
    """Delete the document of a single type in one locale, or in all of them."""
    await service.delete_document(ctx, _single(request, ctx), None, request.query, expected=expected_in(request))
    return ok({})


@route(
    "POST",
    f"{_BASE}/actions/publish",
    audience=ADMIN,
    action=actions.PUBLISH,
    subject="uid",
    query=LocaleAsked,
    body=ManagedContent,
    answer=WithVersions,
)
async def publish_single(request: Request, ctx: RequestContext) -> Response:
    """Publish the document of a single type in one locale."""
    return tagged(await singles.publish_single(ctx, *_told(request, ctx), expected=expected_in(request)))


@route(
    "POST",
    f"{_BASE}/actions/unpublish",
    audience=ADMIN,
    action=actions.PUBLISH,
    subject="uid",
    query=LocaleAsked,
    body=UnpublicationOptions,
    answer=WithVersions,
)
async def unpublish_single(request: Request, ctx: RequestContext) -> Response:
    """Take the publication of a single type away in one locale."""
    content_type, query, body = _told(request, ctx)
    expected = expected_in(request)
    return tagged(await publishing.unpublish_document(ctx, content_type, None, query, body, expected=expected))


@route(
    "POST",
    f"{_BASE}/actions/discard",
    audience=ADMIN,
    action=actions.UPDATE,
    subject="uid",
    query=LocaleAsked,
    body=LocaleAsked,
    answer=WithVersions,
)
async def discard_single(request: Request, ctx: RequestContext) -> Response:
    """Drop what was changed in the draft of a single type since its publication."""
    content_type, query, body = _told(request, ctx)
    expected = expected_in(request)
    return tagged(await publishing.discard_draft(ctx, content_type, None, query, body, expected=expected))


@route(
    "GET",
    f"{_BASE}/actions/countDraftRelations",
    audience=ADMIN,
    action=actions.READ,
    subject="uid",
    query=VersionAsked,
    answer=Data[DraftRelations],
)
async def count_draft_relations(request: Request, ctx: RequestContext) -> Response:
    """Count the relations of a single type to documents that are not published."""
    return ok({"data": await drafts.count_of_document(ctx, _single(request, ctx), None, request.query)})


def _told(request: Request, ctx: RequestContext) -> tuple[ContentType, Params, Any]:
    return _single(request, ctx), request.query, body_in(request)


def _single(request: Request, ctx: RequestContext) -> ContentType:
    """Return the type; a collection is no single type, whatever it holds."""
    content_type = type_in(request, ctx)
    if not content_type.is_single:
        raise NotFoundError
    return content_type


ROUTES: Final = (
    read_single,
    save_single,
    delete_single,
    publish_single,
    unpublish_single,
    discard_single,
    count_draft_relations,
)
