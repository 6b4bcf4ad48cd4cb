"""What the tools of the media library do: each ends in the use case that the Admin API ends in, too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import orjson

from tessera.errors import ForbiddenError, NotFoundError, ValidationError
from tessera.features.media import actions, folder_repository, folders, repository, service
from tessera.features.media.details import Details
from tessera.features.media.finding import Library
from tessera.features.media.folders import FolderChanges, Selection
from tessera.features.media.repository import FileRow
from tessera.features.media.rights import require_files
from tessera.features.media.tool_shapes import DRY_RUN
from tessera.identity.context import RequestContext
from tessera.mcp.tool import Arguments, Scope

JSON = Any  # any JSON value

NO_FILE: Final = "Media asset not found."
NO_FOLDER: Final = "Media folder not found."
_PAGE: Final = 25
_FILE: Final = (
    *("id", "name", "alternativeText", "caption", "url", "mime", "size", "width", "height", "ext", "folder"),
    *("createdAt", "updatedAt"),
)
_TAKEN: Final = (
    "A folder with this name already exists in the same parent folder. Folder names must be unique among siblings."
)
_NO_PARENT: Final = (
    "The parent folder does not exist. Use media_list_folders to discover valid folder ids, or pass null for the media"
    " library root."
)
_NO_DESTINATION: Final = _NO_PARENT.replace("parent", "destination", 1)
_INTO_ITSELF: Final = "A folder cannot be moved into itself or into one of its own descendants."
_NOTHING_SAID: Final = (
    "Provide at least one field to update: name, alternativeText or caption. To move an asset between folders use"
    " media_move_assets; url, mime, size and the file contents are owned by the upload provider and cannot be edited"
    " over MCP."
)
_MISSED: Final = (
    "No media asset has this id, so nothing was {done} for it. If this is a folder id, use {tool} — and note that a"
    " folder id only fails like this when no asset happens to share the number; when one does, {own} {does} that asset"
    " instead. Otherwise the asset may already be deleted{then} use media_list_assets to discover valid asset ids."
)
_NOT_MOVED: Final = _MISSED.format(
    done="moved", tool="media_move_folder", own="media_move_assets", does="moves", then=" —"
)
_NOT_DELETED: Final = _MISSED.format(
    done="deleted", tool="media_delete_folder", own="media_delete_assets", does="deletes", then=";"
)
_FORBIDDEN: Final = (
    "This token is not allowed to {verb} this asset."
    " A permission condition on plugin::upload.assets.update excludes it."
)
_NO_FOLDERS: Final = (
    "These ids do not match any media folder: {ids}. Nothing was deleted — media_delete_folder rejects the whole"
    " request rather than deleting the folders that did match, because folder ids and asset ids are indistinguishable"
    " integers. If these are asset ids, use media_delete_assets instead; otherwise the folders may already be gone."
    " Use media_list_folders to discover valid folder ids."
)


async def list_files(ctx: RequestContext, _: Scope, given: Arguments) -> bytes:
    """List files, within the right to read them."""
    params: dict[str, JSON] = {"page": given.get("page", 1), "pageSize": given.get("pageSize", _PAGE)}
    params["sort"] = given.get("sort", "createdAt:DESC")
    params["filters"] = {"$and": list(_conditions(given))}
    found = orjson.loads(await service.list_files(ctx, params))
    results = [_shown(file) for file in found["results"]]
    return orjson.dumps({"results": results, "pagination": found["pagination"]})


def _conditions(given: Arguments) -> Iterable[JSON]:
    if "folderId" in given:
        yield {"folder": {"id": {"$null": True} if given["folderId"] is None else given["folderId"]}}
    if "mime" in given:
        mime = given["mime"]
        yield {"mime": {"$eq": mime} if "/" in mime else {"$startsWith": f"{mime}/"}}
    if "name" in given:
        yield {"name": {"$containsi": given["name"]}}


async def read_file(ctx: RequestContext, _: Scope, given: Arguments) -> bytes:
    """Read what is said about a file; one that may not be seen is not there."""
    found = orjson.loads(await ctx.session.scalar(Library.of(ctx).file(given["id"])))
    if not found:
        raise NotFoundError(NO_FILE)
    return orjson.dumps({"data": _shown(found[0])})


async def change_file(ctx: RequestContext, _: Scope, given: Arguments) -> bytes:
    """Change what is said about a file; null empties a text."""
    said = {name: given[name] for name in ("name", "alternativeText", "caption") if name in given}
    if not said:
        raise ValidationError(_NOTHING_SAID)
    columns = {"alternativeText": "alternative_text"}
    details = Details(given={columns.get(name, name): value or "" for name, value in said.items()})
    await service.change_file(ctx, given["id"], details)
    return orjson.dumps({"data": await _file(ctx, given["id"])})


async def move_files(ctx: RequestContext, _: Scope, given: Arguments) -> bytes:
    """Put files into a folder; those that cannot be moved stay where they are, and are told."""
    folder = given["folder"]
    if folder is not None and await folder_repository.folder_of(ctx.session, folder) is None:
        raise ValidationError(_NO_DESTINATION)
    files, failed = await _changeable(ctx, given["ids"], _NOT_MOVED, _FORBIDDEN.format(verb="edit"))
    if files:
        await folders.move(ctx, Selection(files=[file.id for file in files], destination=folder))
    where = None if folder is None else await _folder(ctx, folder)
    place = None if where is None else {"id": where["id"], "name": where["name"]}
    moved = [await _file(ctx, file.id) for file in files]
    return orjson.dumps({"destinationFolder": place, "moved": moved, "failed": failed})


async def delete_files(ctx: RequestContext, _: Scope, given: Arguments) -> bytes:
    """Delete files, or only tell which would be; those that cannot be deleted are told."""
    tried = given.get(DRY_RUN, True)
    files, failed = await _changeable(ctx, given["ids"], _NOT_DELETED, _FORBIDDEN.format(verb="delete"))
    gone = [await _file(ctx, file.id) for file in files]
    if files and not tried:
        await folders.delete(ctx, Selection(files=[file.id for file in files]))
    return orjson.dumps({DRY_RUN: tried, "deleted": gone, "failed": failed, "totalFileNumber": len(gone)})


async def list_folders(ctx: RequestContext, _: Scope, __: Arguments) -> bytes:
    """List all folders within each other."""
    return orjson.dumps({"data": await folders.read_structure(ctx)})


async def create_folder(ctx: RequestContext, _: Scope, given: Arguments) -> bytes:
    """Make a folder."""
    try:
        made = orjson.loads(await folders.create_folder(ctx, given["name"], given.get("parent")))
    except ValidationError as error:
        raise _in_words(error) from None
    return orjson.dumps({"data": await _folder(ctx, made["id"])})


async def rename_folder(ctx: RequestContext, _: Scope, given: Arguments) -> bytes:
    """Give a folder another name."""
    return await _changed_folder(ctx, given["id"], FolderChanges(name=given["name"]))


async def move_folder(ctx: RequestContext, _: Scope, given: Arguments) -> bytes:
    """Put a folder elsewhere, with all that is in it."""
    return await _changed_folder(ctx, given["id"], FolderChanges(parent=given["parent"], moves=True))


async def delete_folders(ctx: RequestContext, _: Scope, given: Arguments) -> bytes:
    """Delete folders with all that is in them, or only tell what would go."""
    ids, tried = list(dict.fromkeys(given["ids"])), given.get(DRY_RUN, True)
    rows = {row.id: row for row in await folder_repository.folders_of(ctx.session, ids)}
    unknown = [str(each) for each in ids if each not in rows]
    if unknown:
        raise ValidationError(_NO_FOLDERS.format(ids=", ".join(unknown)))
    paths = [rows[each].path for each in ids]
    files = await repository.files_below(ctx.session, paths)
    held = await folder_repository.count_below(ctx.session, paths)
    await require_files(ctx, actions.UPDATE, [file.id for file in files])
    if not tried:
        await folders.delete(ctx, Selection(folders=ids))
    told = [{"id": each, "name": rows[each].name, "createdAt": None, "updatedAt": None} for each in ids]
    return orjson.dumps({DRY_RUN: tried, "folders": told, "totalFolderNumber": held, "totalFileNumber": len(files)})


async def _changed_folder(ctx: RequestContext, folder_id: int, changes: FolderChanges) -> bytes:
    try:
        await folders.change_folder(ctx, folder_id, changes)
    except NotFoundError:
        raise NotFoundError(NO_FOLDER) from None
    except ValidationError as error:
        raise _in_words(error) from None
    return orjson.dumps({"data": await _folder(ctx, folder_id)})


def _in_words(error: ValidationError) -> ValidationError:
    """Return the refusal of a folder as agents are told it, with what to do next."""
    (place, *_), message = error.details["errors"][0]["path"], error.message
    if place == "name":
        return ValidationError(_TAKEN)
    return ValidationError(_INTO_ITSELF if "inside itself" in message else _NO_PARENT)


async def _changeable(
    ctx: RequestContext, ids: Iterable[int], missing: str, forbidden: str
) -> tuple[list[FileRow], list[JSON]]:
    """Return the files that the caller may change, and why not the others."""
    asked = list(dict.fromkeys(ids))
    rows = {row.id: row for row in await repository.files_of(ctx.session, asked)}
    files: list[FileRow] = []
    failed: list[JSON] = []
    for file_id in asked:
        reason = missing if file_id not in rows else None if await _may_change(ctx, file_id) else forbidden
        if reason is None:
            files.append(rows[file_id])
        else:
            failed.append({"id": file_id, "reason": reason})
    return files, failed


async def _may_change(ctx: RequestContext, file_id: int) -> bool:
    try:
        await require_files(ctx, actions.UPDATE, [file_id])
    except ForbiddenError:
        return False
    return True


async def _file(ctx: RequestContext, file_id: int) -> JSON:
    """Return what may be seen of a file that was looked up: at least its id."""
    found = orjson.loads(await ctx.session.scalar(Library.of(ctx).file(file_id)))
    if found:
        return _shown(found[0])
    written = orjson.loads(await ctx.session.scalar(Library.of(ctx).written([file_id])))
    return _shown(written[0])


async def _folder(ctx: RequestContext, folder_id: int) -> JSON:
    found = orjson.loads(await folders.read_folder(ctx, folder_id, {"populate": "parent"}))
    parent = found.get("parent")
    above = None if parent is None else {"id": parent["id"], "name": parent["name"]}
    stamps = {name: found[name] for name in ("createdAt", "updatedAt")}
    return {"id": found["id"], "name": found["name"], "parent": above, **stamps}


def _shown(file: Mapping[str, JSON]) -> JSON:
    shown = {name: file[name] for name in _FILE if name in file}
    if shown.get("folder"):
        shown["folder"] = {"id": shown["folder"]["id"], "name": shown["folder"]["name"]}
    return shown
