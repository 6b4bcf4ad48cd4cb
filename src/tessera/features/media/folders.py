"""Use cases of folders: making, renaming and moving them, and what happens to several files and folders at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tessera.errors import NotFoundError, ValidationError, Violation
from tessera.features.media import actions, folder_repository, repository
from tessera.features.media.finding import Library, Params
from tessera.features.media.folder_repository import TOP, FolderRow, below, folder_of, folders_of
from tessera.features.media.keeping import remove
from tessera.features.media.rights import require_files
from tessera.identity.announcing import record
from tessera.identity.context import RequestContext
from tessera.schema.naming import FILE
from tessera.sql.statement import Statement, Value

_SUBJECT: Final = "plugin::upload.folder"
_MISSING: Final = "folder not found"
_TAKEN: Final = "A folder with this name already exists"


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderChanges:
    """What is to be different about a folder; `moves` tells null from what was left out."""

    name: str | None = None
    parent: int | None = None
    moves: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Several files and folders, and where they are to go."""

    files: Sequence[int] = ()
    folders: Sequence[int] = ()
    destination: int | None = None
    sent: Any = None  # the body, as errors about the whole of it repeat it


async def list_folders(ctx: RequestContext, params: Params) -> bytes:
    """Return the folders that are asked for, as JSON."""
    return await _body(ctx, Library.of(ctx).folders(params))


async def read_folder(ctx: RequestContext, folder_id: int | None, params: Params) -> bytes:
    """Return one folder, as JSON."""
    found = await _body(ctx, Library.of(ctx).folders(params, folder_id)) if folder_id is not None else b"[]"
    if found == b"[]":
        raise NotFoundError(_MISSING)
    return found[1:-1]


async def read_structure(ctx: RequestContext) -> list[dict[str, Any]]:
    """Return all folders within each other, by name."""
    rows = await folder_repository.all_folders(ctx.session)
    nodes = {row_id: {"id": row_id, "name": name, "children": []} for row_id, name, _ in rows}
    top: list[dict[str, Any]] = []
    for row_id, _, parent in sorted(rows, key=lambda row: row[1]):
        siblings: Any = nodes[parent]["children"] if parent in nodes else top
        siblings.append(nodes[row_id])
    return top


async def create_folder(ctx: RequestContext, name: str, parent: int | None) -> bytes:
    """Make a folder in another one, or at the top, and return it, as JSON."""
    async with ctx.session.transaction():
        within = await _parent(ctx, parent)
        await _refuse_taken(ctx, name, parent, None)
        folder_id = await add(ctx, name, within, ctx.admin.user.id)
        return await _shown(ctx, folder_id)


async def add(ctx: RequestContext, name: str, parent: FolderRow | None, author: int | None) -> int:
    """Add a folder in the open transaction and return its id."""
    folder_id = await folder_repository.add_folder(ctx.session, ctx.project, name, parent, author)
    await folder_repository.raise_versions_of_folders(ctx.session)
    await record(ctx, "media-folder.create", _SUBJECT, folder_id)
    return folder_id


async def change_folder(ctx: RequestContext, folder_id: int | None, changes: FolderChanges) -> bytes:
    """Rename a folder or put it elsewhere, with all that is in it, and return it, as JSON."""
    async with ctx.session.transaction():
        folder = None if folder_id is None else await folder_of(ctx.session, folder_id)
        if folder is None:
            raise NotFoundError(_MISSING)
        parent = changes.parent if changes.moves else await folder_repository.parent_of(ctx.session, folder.id)
        within = await _parent(ctx, parent)
        if within is not None and changes.moves and folder.holds(within.path):
            raise ValidationError.of([Violation(("parent",), "folder cannot be moved inside itself", parent)])
        await _refuse_taken(ctx, folder.name if changes.name is None else changes.name, parent, folder.id)
        if changes.moves:
            await _move(ctx, folder, within)
        values: dict[str, Value] = {"updated_at": ctx.now, "updated_by_id": ctx.admin.user.id}
        if changes.name is not None:
            values["name"] = changes.name
        await folder_repository.change_folder(ctx.session, folder.id, values)
        await record(ctx, "media-folder.update", _SUBJECT, folder.id)
        await folder_repository.raise_versions_of_folders(ctx.session)
        return await _shown(ctx, folder.id)


async def move(ctx: RequestContext, chosen: Selection) -> bytes:
    """Put files and folders into another folder, all or none, and return them, as JSON."""
    async with ctx.session.transaction():
        within = await _destination(ctx, chosen.destination)
        folders = await folders_of(ctx.session, chosen.folders)
        await _refuse_moves(ctx, chosen, folders, within)
        files = [file.id for file in await repository.files_of(ctx.session, chosen.files)]
        await require_files(ctx, actions.UPDATE, files)
        for folder in folders:
            current = await folder_of(ctx.session, folder.id)  # An earlier one may have taken it along.
            await _move(ctx, current or folder, within)
        await repository.put_into_folder(ctx.session, files, within.id if within else None)
        await repository.set_folder_path(ctx.session, files, within.path if within else TOP)
        await _record(ctx, "update", files, folders)
        await folder_repository.raise_versions_of_folders(ctx.session)
        return await _both(ctx, files, [folder.id for folder in folders])


async def delete(ctx: RequestContext, chosen: Selection) -> bytes:
    """Delete files, and folders with all that is in them, all or none, and return them, as JSON."""
    async with ctx.session.transaction():
        folders = await folders_of(ctx.session, chosen.folders)
        files = await repository.files_of(ctx.session, chosen.files)
        inside = await repository.files_below(ctx.session, [folder.path for folder in folders])
        gone = {file.id: file for file in (*files, *inside)}
        await require_files(ctx, actions.UPDATE, gone)
        shown = await _both(ctx, [file.id for file in files], [folder.id for folder in folders])
        await remove(ctx, list(gone.values()))
        await folder_repository.remove_folders(ctx.session, [folder.path for folder in folders])
        await _record(ctx, "delete", (), folders)
        await folder_repository.raise_versions_of_folders(ctx.session)
        return shown


async def _record(ctx: RequestContext, verb: str, files: Sequence[int], folders: Sequence[FolderRow]) -> None:
    if files:
        await record(ctx, f"media.{verb}", FILE, *files)
    if folders:
        await record(ctx, f"media-folder.{verb}", _SUBJECT, *(folder.id for folder in folders))


async def _move(ctx: RequestContext, folder: FolderRow, within: FolderRow | None) -> None:
    await folder_repository.put_into(ctx.session, folder.id, within.id if within else None)
    await folder_repository.move_paths(ctx.session, folder.path, below(within, folder.path_id))


async def _parent(ctx: RequestContext, parent: int | None) -> FolderRow | None:
    found = None if parent is None else await folder_of(ctx.session, parent)
    if parent is not None and found is None:
        raise ValidationError.of([Violation(("parent",), "parent folder does not exist", parent)])
    return found


async def _destination(ctx: RequestContext, folder_id: int | None) -> FolderRow | None:
    found = None if folder_id is None else await folder_of(ctx.session, folder_id)
    if folder_id is not None and found is None:
        message = "destination folder does not exist"
        raise ValidationError.of([Violation(("destinationFolderId",), message, folder_id)])
    return found


async def _refuse_taken(ctx: RequestContext, name: str, parent: int | None, own: int | None) -> None:
    if name in await folder_repository.names_in(ctx.session, parent, but=own):
        raise ValidationError.of([Violation(("name",), _TAKEN, name)])


async def _refuse_moves(
    ctx: RequestContext, chosen: Selection, folders: Sequence[FolderRow], within: FolderRow | None
) -> None:
    if not folders:
        return
    there = await folder_repository.names_in(ctx.session, chosen.destination)
    taken = [folder.name for folder in folders if folder.name in there]
    if taken:
        raise _refused(f"some folders already exists: {', '.join(dict.fromkeys(taken))}", chosen)
    stuck = [folder.name for folder in folders if within is not None and folder.holds(within.path)]
    if stuck:
        message = f"folders cannot be moved inside themselves or one of its children: {', '.join(stuck)}"
        raise _refused(message, chosen)


def _refused(message: str, chosen: Selection) -> ValidationError:
    return ValidationError.of([Violation((), message, chosen.sent)])


async def _both(ctx: RequestContext, files: Sequence[int], folders: Sequence[int]) -> bytes:
    library = Library.of(ctx)
    shown_files = await _body(ctx, library.written(files, signed=False))
    shown_folders = await _body(ctx, library.plain_folders(folders))
    return b'{"files":' + shown_files + b',"folders":' + shown_folders + b"}"


async def _shown(ctx: RequestContext, folder_id: int) -> bytes:
    return (await _body(ctx, Library.of(ctx).plain_folders([folder_id])))[1:-1]


async def _body(ctx: RequestContext, statement: Statement) -> bytes:
    body: bytes = await ctx.session.scalar(statement)
    return body
