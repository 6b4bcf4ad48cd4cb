"""The door of the Content API to documents: routes that come from the content types of the project."""

from __future__ import annotations

from collections.abc import Iterator

from tessera.features.documents import content_api, content_api_writes, older_format
from tessera.features.documents.content_api import CREATE, DELETE, FIND, FIND_ONE, UPDATE, action_of
from tessera.identity.context import RequestContext
from tessera.schema.model import ContentType, Schema
from tessera.web.request import Request
from tessera.web.response import Response, no_content, raw
from tessera.web.routing import CONTENT, Route, route


def routes_of(schema: Schema) -> tuple[Route, ...]:
    """Return the routes of every content type that the project itself declares."""
    own = (each for each in schema.content_types.values() if each.api is not None)
    return tuple(each for content_type in own for each in _routes(content_type))


def _routes(content_type: ContentType) -> Iterator[Route]:
    if content_type.is_single:
        yield from (_read_single(content_type), _save_single(content_type), _delete_single(content_type))
        return
    yield from (_list(content_type), _read(content_type))
    yield from (_create(content_type), _change(content_type), _delete(content_type))


def _list(content_type: ContentType) -> Route:
    path, action = f"/api/{content_type.plural_name}", action_of(content_type, FIND)

    @route("GET", path, audience=CONTENT, action=action, summary=f"List {content_type.plural_name}.")
    async def list_documents(request: Request, ctx: RequestContext) -> Response:
        body = await content_api.list_published(ctx, content_type, request.unread_query)
        return _answered(request, ctx, content_type, body)

    return list_documents


def _read(content_type: ContentType) -> Route:
    path, action = f"/api/{content_type.plural_name}/{{id}}", action_of(content_type, FIND_ONE)

    @route("GET", path, audience=CONTENT, action=action, summary=f"Show one {content_type.singular_name}.")
    async def read_document(request: Request, ctx: RequestContext) -> Response:
        body = await content_api.read_published(ctx, content_type, request.params["id"], request.unread_query)
        return _answered(request, ctx, content_type, body)

    return read_document


def _read_single(content_type: ContentType) -> Route:
    path, action = f"/api/{content_type.singular_name}", action_of(content_type, FIND)

    @route("GET", path, audience=CONTENT, action=action, summary=f"Show {_the(content_type)}.")
    async def read_single(request: Request, ctx: RequestContext) -> Response:
        body = await content_api.read_published(ctx, content_type, None, request.unread_query)
        return _answered(request, ctx, content_type, body)

    return read_single


def _create(content_type: ContentType) -> Route:
    path, action = f"/api/{content_type.plural_name}", action_of(content_type, CREATE)

    @route("POST", path, audience=CONTENT, action=action, status=201, summary=f"Create {_one(content_type)}.")
    async def create_document(request: Request, ctx: RequestContext) -> Response:
        body = await content_api_writes.create(ctx, content_type, request.query, request.json())
        return _answered(request, ctx, content_type, body, 201)

    return create_document


def _change(content_type: ContentType) -> Route:
    path, action = f"/api/{content_type.plural_name}/{{id}}", action_of(content_type, UPDATE)

    @route("PUT", path, audience=CONTENT, action=action, summary=f"Change {_one(content_type)}.")
    async def change_document(request: Request, ctx: RequestContext) -> Response:
        document, sent = request.params["id"], request.json()
        body = await content_api_writes.change(ctx, content_type, document, request.query, sent)
        return _answered(request, ctx, content_type, body)

    return change_document


def _delete(content_type: ContentType) -> Route:
    path, action = f"/api/{content_type.plural_name}/{{id}}", action_of(content_type, DELETE)

    @route("DELETE", path, audience=CONTENT, action=action, status=204, summary=f"Delete {_one(content_type)}.")
    async def delete_document(request: Request, ctx: RequestContext) -> Response:
        await content_api_writes.delete(ctx, content_type, request.params["id"], request.query)
        return no_content()

    return delete_document


def _save_single(content_type: ContentType) -> Route:
    path, action = f"/api/{content_type.singular_name}", action_of(content_type, UPDATE)

    @route("PUT", path, audience=CONTENT, action=action, summary=f"Save {_the(content_type)}.")
    async def save_single(request: Request, ctx: RequestContext) -> Response:
        body = await content_api_writes.save_single(ctx, content_type, request.query, request.json())
        return _answered(request, ctx, content_type, body)

    return save_single


def _delete_single(content_type: ContentType) -> Route:
    path, action = f"/api/{content_type.singular_name}", action_of(content_type, DELETE)

    @route(
        "DELETE", path, audience=CONTENT, action=action, status=204, summary=f"Delete the {content_type.singular_name}."
    )
    async def delete_single(request: Request, ctx: RequestContext) -> Response:
        await content_api_writes.delete(ctx, content_type, None, request.query)
        return no_content()

    return delete_single


def _answered(
    request: Request, ctx: RequestContext, content_type: ContentType, body: bytes, status: int = 200
) -> Response:
    if older_format.is_wanted(request):
        body = older_format.older(ctx.project.schema, content_type, body)
    return raw(body, status)


def _one(content_type: ContentType) -> str:
    return f"one {content_type.singular_name}"


def _the(content_type: ContentType) -> str:
    return f"the {content_type.singular_name}"
