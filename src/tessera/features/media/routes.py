"""The HTTP door of administrators to files."""

from __future__ import annotations

from typing import Final

from tessera.errors import ApplicationError, ValidationError
from tessera.features.media import actions, service
from tessera.features.media.answers import FileAsked, FileListing, FilePage, StoredFile
from tessera.features.media.forms import FORM, LINKED_FORM, arrivals, details_of, link_of
from tessera.features.media.keeping import row_id
from tessera.features.media.preparing import PREPARE, prepared
from tessera.features.media.shapes import FileBody, FileUpdates
from tessera.identity.context import RequestContext
from tessera.web.request import Request
from tessera.web.response import Response, raw
from tessera.web.routing import ADMIN, SIGNED_IN, Route, route

_NONE: Final = "Files are empty"


@route(
    "POST",
    "/upload",
    audience=ADMIN,
    action=SIGNED_IN,
    body=LINKED_FORM,
    files=True,
    prepare=PREPARE,
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
        raise ApplicationError(_NONE)
    if not file_id:
        return raw(await service.add_files(ctx, arrivals(request, incoming, with_folder=True), link_of(request)), 201)
    if not isinstance(file_id, str):
        raise ValidationError("File id is required")
    if not incoming:
        return raw(await service.change_file(ctx, row_id(file_id), details_of(request, with_folder=True)))
    return raw(await service.replace_file(ctx, row_id(file_id), arrivals(request, incoming, with_folder=True)[0]))


@route(
    "POST",
    "/upload/files",
    audience=ADMIN,
    action=SIGNED_IN,
    body=FORM,
    files=True,
    prepare=PREPARE,
    status=201,
    answer=StoredFile,
)
async def upload_one(request: Request, ctx: RequestContext) -> Response:
    """Upload one file."""
    incoming = prepared(request)
    if not incoming:
        raise ApplicationError(_NONE)
    if len(incoming) > 1:
        raise ValidationError("This takes one file at a time")
    listed = await service.add_files(ctx, arrivals(request, incoming, with_folder=True))
    return raw(listed[1:-1], 201)


@route("GET", "/upload/files", audience=ADMIN, action=actions.READ, query=FileListing, answer=FilePage)
async def list_files(request: Request, ctx: RequestContext) -> Response:
    """List files page by page, sorted, filtered and searched."""
    return raw(await service.list_files(ctx, request.query))


@route("GET", "/upload/files/{id}", audience=ADMIN, action=actions.READ, answer=StoredFile)
async def read_file(request: Request, ctx: RequestContext) -> Response:
    """Show one file."""
    return raw(await service.read_file(ctx, request.number("id")))


@route("PUT", "/upload/files/{id}", audience=ADMIN, action=SIGNED_IN, body=FileBody, answer=StoredFile)
async def change_file(request: Request, ctx: RequestContext) -> Response:
    """Change a file's information."""
    return raw(await service.change_file(ctx, request.number("id"), details_of(request, with_folder=True)))


@route(
    "POST",
    "/upload/files/{id}/replace",
    audience=ADMIN,
    action=SIGNED_IN,
    body=FORM,
    files=True,
    prepare=PREPARE,
    answer=StoredFile,
)
async def replace_file(request: Request, ctx: RequestContext) -> Response:
    """Give a file another content under its address."""
    incoming = prepared(request)
    if not incoming:
        raise ApplicationError(_NONE)
    arrival = arrivals(request, incoming, with_folder=True)[0]
    return raw(await service.replace_file(ctx, request.number("id"), arrival))


@route("DELETE", "/upload/files/{id}", audience=ADMIN, action=actions.UPDATE, answer=StoredFile)
async def delete_file(request: Request, ctx: RequestContext) -> Response:
    """Delete a file."""
    return raw(await service.delete_file(ctx, request.number("id")))


@route(
    "POST",
    "/upload/actions/bulk-update",
    audience=ADMIN,
    action=actions.UPDATE,
    body=FileUpdates,
    answer=list[StoredFile],
)
async def change_files(request: Request, ctx: RequestContext) -> Response:
    """Change the information of several files."""
    asked = await request.read(FileUpdates)
    changes = [(each.id, each.file_info.details(with_folder=True)) for each in asked.updates]
    return raw(await service.change_files(ctx, changes))


ROUTES: Final[tuple[Route, ...]] = (
    upload,
    upload_one,
    list_files,
    read_file,
    change_file,
    replace_file,
    delete_file,
    change_files,
)
