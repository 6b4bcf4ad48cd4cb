"""The door of the Content API to files."""

from __future__ import annotations

from typing import Final

from tessera.errors import ValidationError
from tessera.features.media import actions, content_files
from tessera.features.media.answers import ContentFileAsked, ContentFileListing, FileAsked, StoredFile
from tessera.features.media.forms import LINKED_FORM, arrivals, details_of, link_of
from tessera.features.media.keeping import row_id
from tessera.features.media.preparing import PREPARE_CONTENT, prepared
from tessera.identity.context import RequestContext
from tessera.web.envelopes import Page
from tessera.web.request import Request
from tessera.web.response import Response, raw
from tessera.web.routing import CONTENT, Route, route


@route(
    "POST",
    "/api/upload",
    audience=CONTENT,
    action=actions.UPLOAD,
    body=LINKED_FORM,
    files=True,
    prepare=PREPARE_CONTENT,
    status=201,
    query=FileAsked,
    answer=list[StoredFile],
    besides={200: StoredFile},
)
async def upload(request: Request, ctx: RequestContext) -> Response:
    """Upload files; with an id in the query, change a file's information or content."""
    incoming = prepared(request)
    file_id = request.query.get("id")
    if not incoming and not file_id:
        raise ValidationError("Files are empty")
    if not file_id:
        said = arrivals(request, incoming, with_folder=False)
        return raw(await content_files.add_files(ctx, said, link_of(request)), 201)
    if not isinstance(file_id, str):
        raise ValidationError("File id is required and must be a single value")
    if not incoming:
        return raw(await content_files.change_file(ctx, row_id(file_id), details_of(request, with_folder=False)))
    arrival = arrivals(request, incoming, with_folder=False)[0]
    return raw(await content_files.replace_file(ctx, row_id(file_id), arrival))


@route(
    "GET", "/api/upload/files", audience=CONTENT, action=actions.FIND, query=ContentFileListing, answer=list[StoredFile]
)
async def list_files(request: Request, ctx: RequestContext) -> Response:
    """List files."""
    return raw(await content_files.list_files(ctx, request.query))


@route(
    "GET",
    "/api/upload/files/page",
    audience=CONTENT,
    action=actions.FIND_PAGE,
    query=ContentFileListing,
    answer=Page[StoredFile],
)
async def list_page(request: Request, ctx: RequestContext) -> Response:
    """List files page by page."""
    return raw(await content_files.list_page(ctx, request.query))


@route(
    "GET",
    "/api/upload/files/{id}",
    audience=CONTENT,
    action=actions.FIND_ONE,
    query=ContentFileAsked,
    answer=StoredFile,
)
async def read_file(request: Request, ctx: RequestContext) -> Response:
    """Show one file."""
    return raw(await content_files.read_file(ctx, request.number("id"), request.query))


@route("DELETE", "/api/upload/files/{id}", audience=CONTENT, action=actions.DESTROY, answer=StoredFile)
async def delete_file(request: Request, ctx: RequestContext) -> Response:
    """Delete a file."""
    return raw(await content_files.delete_file(ctx, request.number("id")))


ROUTES: Final[tuple[Route, ...]] = (upload, list_files, list_page, read_file, delete_file)
