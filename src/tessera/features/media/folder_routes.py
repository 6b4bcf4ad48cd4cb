"""The HTTP door of administrators to folders, and to several files and folders at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tessera.errors import ValidationError, Violation
from tessera.features.media import actions, folders
from tessera.features.media.answers import Folder, FolderAsked, FolderBranch, FolderListing, PlainFolder, Treated
from tessera.features.media.folders import FolderChanges, Selection
from tessera.features.media.keeping import row_id
from tessera.features.media.shapes import Deletion, FolderBody, Move, NewFolder
from tessera.identity.context import RequestContext
from tessera.web.envelopes import Data
from tessera.web.request import Request
from tessera.web.response import Response, ok, raw
from tessera.web.routing import ADMIN, Route, route

_DESTINATION: Final = "destinationFolderId"


@route("GET", "/upload/folders", audience=ADMIN, action=actions.READ, query=FolderListing, answer=Data[list[Folder]])
async def list_folders(request: Request, ctx: RequestContext) -> Response:
    """List folders, sorted, filtered and searched."""
    return _data(await folders.list_folders(ctx, request.query))


@route("GET", "/upload/folders/{id}", audience=ADMIN, action=actions.READ, query=FolderAsked, answer=Data[Folder])
async def read_folder(request: Request, ctx: RequestContext) -> Response:
    """Show one folder."""
    return _data(await folders.read_folder(ctx, request.number("id"), request.query))


@route("GET", "/upload/folder-structure", audience=ADMIN, action=actions.READ, answer=Data[list[FolderBranch]])
async def read_structure(_: Request, ctx: RequestContext) -> Response:
    """Show all folders within each other."""
    return ok({"data": await folders.read_structure(ctx)})


@route(
    "POST",
    "/upload/folders",
    audience=ADMIN,
    action=actions.CREATE,
    body=NewFolder,
    status=201,
    answer=Data[PlainFolder],
)
async def create_folder(request: Request, ctx: RequestContext) -> Response:
    """Make a folder."""
    asked = await request.read(NewFolder)
    return _data(await folders.create_folder(ctx, asked.name, _folder(asked.parent)), 201)


@route("PUT", "/upload/folders/{id}", audience=ADMIN, action=actions.UPDATE, body=FolderBody, answer=Data[PlainFolder])
async def change_folder(request: Request, ctx: RequestContext) -> Response:
    """Rename a folder, or put it elsewhere."""
    given = (await request.read(FolderBody)).given()
    changes = FolderChanges(name=given.get("name"), parent=_folder(given.get("parent")), moves="parent" in given)
    return _data(await folders.change_folder(ctx, request.number("id"), changes))


@route("POST", "/upload/actions/bulk-move", audience=ADMIN, action=actions.UPDATE, body=Move, answer=Data[Treated])
async def move(request: Request, ctx: RequestContext) -> Response:
    """Move files and folders."""
    body = request.json()
    if isinstance(body, dict) and _DESTINATION not in body:  # null is the top, and has to be said
        raise ValidationError.of([Violation((_DESTINATION,), f"{_DESTINATION} must be defined")])
    asked = await request.read(Move)
    chosen = Selection(
        files=_ids(asked.file_ids),
        folders=_ids(asked.folder_ids),
        destination=_folder(asked.destination_folder_id),
        sent=body,
    )
    return _data(await folders.move(ctx, chosen))


@route(
    "POST", "/upload/actions/bulk-delete", audience=ADMIN, action=actions.UPDATE, body=Deletion, answer=Data[Treated]
)
async def delete(request: Request, ctx: RequestContext) -> Response:
    """Delete files, and folders with all that is in them."""
    asked = await request.read(Deletion)
    return _data(await folders.delete(ctx, Selection(files=_ids(asked.file_ids), folders=_ids(asked.folder_ids))))


ROUTES: Final[tuple[Route, ...]] = (
    list_folders,
    read_folder,
    read_structure,
    create_folder,
    change_folder,
    move,
    delete,
)


def _data(body: bytes, status: int = 200) -> Response:
    return raw(b'{"data":' + body + b"}", status)


def _ids(given: Iterable[int | str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(found for each in given if (found := row_id(each)) is not None))


def _folder(given: int | str | None) -> int | None:
    """Return the id of a folder; what can be none's is refused like one that is not there."""
    if given is None:
        return None
    found = row_id(given)
    if found is None:
        raise ValidationError("A folder is named by its id")
    return found
