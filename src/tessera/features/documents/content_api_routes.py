"""The door of the Content API to documents: routes that come from the content types of the project."""

from __future__ import annotations

from collections.abc import Iterator

from tessera.features.documents import content_api
from tessera.features.documents.content_api import FIND, FIND_ONE, action_of
from tessera.identity.context import RequestContext
from tessera.schema.model import ContentType, Schema
from tessera.web.request import Request
from tessera.web.response import Response, raw
from tessera.web.routing import CONTENT, Route, route


def routes_of(schema: Schema) -> tuple[Route, ...]:
    """Return the routes of every content type that the project itself declares."""
    own = (each for each in schema.content_types.values() if each.api is not None)
    return tuple(each for content_type in own for each in _routes(content_type))


def _routes(content_type: ContentType) -> Iterator[Route]:
    if content_type.is_single:
        yield _read_single(content_type)
        return
    yield _list(content_type)
    yield _read(content_type)


def _list(content_type: ContentType) -> Route:
    path, action = f"/api/{content_type.plural_name}", action_of(content_type, FIND)

    @route("GET", path, audience=CONTENT, action=action, summary=f"List {content_type.plural_name}.")
    async def list_documents(request: Request, ctx: RequestContext) -> Response:
        return raw(await content_api.list_published(ctx, content_type, request.query))

    return list_documents


def _read(content_type: ContentType) -> Route:
    path, action = f"/api/{content_type.plural_name}/{{id}}", action_of(content_type, FIND_ONE)

    @route("GET", path, audience=CONTENT, action=action, summary=f"Show one {content_type.singular_name}.")
    async def read_document(request: Request, ctx: RequestContext) -> Response:
        return raw(await content_api.read_published(ctx, content_type, request.params["id"], request.query))

    return read_document


def _read_single(content_type: ContentType) -> Route:
    path, action = f"/api/{content_type.singular_name}", action_of(content_type, FIND)

    @route("GET", path, audience=CONTENT, action=action, summary=f"Show the {content_type.singular_name}.")
    async def read_single(request: Request, ctx: RequestContext) -> Response:
        return raw(await content_api.read_published(ctx, content_type, None, request.query))

    return read_single
