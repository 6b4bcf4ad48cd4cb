"""Keeping files: their rows and what is stored of them, in the open transaction of a use case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import orjson

from tessera.errors import ValidationError, Violation
from tessera.events import FilesChanged
from tessera.features.media import repository
from tessera.features.media.configuration import LOCAL
from tessera.features.media.details import Details
from tessera.features.media.folder_repository import TOP, FolderRow, folder_of
from tessera.features.media.incoming import Incoming, kilobytes
from tessera.features.media.names import shown_name, stored_name
from tessera.features.media.repository import FileRow
from tessera.features.media.rights import author_of
from tessera.identity.announcing import record
from tessera.identity.context import Project, RequestContext
from tessera.schema.naming import FILE
from tessera.sql.statement import Value
from tessera.storage.local import Local, Moves
from tessera.storage.pictures import Picture

_UPLOADS: Final = "uploads"
_GREATEST_ID: Final = 2**53


@dataclass(frozen=True, slots=True)
class Arrival:
    """A staged file and what is said about it."""

    incoming: Incoming
    details: Details = field(default_factory=Details)


def storage_of(project: Project) -> Local:
    """Return where the project's files are."""
    return Local(project.settings.server.public / _UPLOADS)


async def keep_file(ctx: RequestContext, moves: Moves, arrival: Arrival, folder: FolderRow | None) -> int:
    """Add a file to a folder and return its id."""
    incoming, details = arrival.incoming, arrival.details
    name = details.name or shown_name(incoming.name)
    kept = stored_name(name, incoming.ending, ctx.project.randomness)
    moves.add(incoming.path, f"{kept}{incoming.ending}")
    for size, picture in incoming.smaller.items():
        moves.add(picture.path, f"{size}_{kept}{incoming.ending}")
    formats = _formats(incoming, name, kept, incoming.ending)
    values = {
        "alternative_text": None,
        "caption": None,
        "focal_point": None,
        **details.columns(),
        **_content(incoming, name, kept, incoming.ending),
        "width": incoming.width,
        "height": incoming.height,
        "formats": _json(formats) if formats else None,
        "preview_url": None,
        "provider_metadata": None,
        "folder_path": folder.path if folder else TOP,
    }
    file_id = await repository.add_file(ctx.session, ctx.project, values, author_of(ctx.principal))
    await repository.put_into_folder(ctx.session, [file_id], folder.id if folder else None)
    await _announce(ctx, "media.create", file_id)
    return file_id


async def replace_content(ctx: RequestContext, moves: Moves, row: FileRow, arrival: Arrival) -> None:
    """Give a file another content under its address; what there was of the old one goes."""
    incoming, details = arrival.incoming, arrival.details
    name = details.name or shown_name(incoming.name)
    kept, end = row.hash, row.ending
    if not moves.local.takes(f"{kept}{end}"):
        end = incoming.ending
        kept = stored_name(name, end, ctx.project.randomness)
    moves.replace(incoming.path, f"{kept}{end}")
    for size, picture in incoming.smaller.items():
        moves.replace(picture.path, f"{size}_{kept}{end}")
    measured = {"width": incoming.width, "height": incoming.height} if incoming.is_measured else {}
    formats = _formats(incoming, name, kept, end)
    values = {**details.columns(), **_content(incoming, name, kept, end), **measured, "formats": _json(formats)}
    await _change(ctx, row, values, details)
    left = {f"{kept}{end}", *(f"{size}_{kept}{end}" for size in incoming.smaller)}
    forget(ctx, [stored for stored in row.stored_names if stored not in left])


async def change_details(ctx: RequestContext, row: FileRow, details: Details) -> None:
    """Change what is said about a file."""
    await _change(ctx, row, details.changes(), details)


async def remove(ctx: RequestContext, rows: Sequence[FileRow]) -> None:
    """Delete files; what is stored of them goes once it is sure that they are gone."""
    ids = [row.id for row in rows]
    await _announce(ctx, "media.delete", *ids)
    holders = await repository.holders_of(ctx.session, ids)
    await repository.remove_files(ctx.session, ids)
    forget(ctx, list(repository.names_of(rows)))
    await repository.raise_version(ctx.session, *holders)


def forget(ctx: RequestContext, names: Sequence[str]) -> None:
    """Delete what is stored under some names, after the answer."""
    if names:
        ctx.after.append(partial(_remove_stored, storage_of(ctx.project), names))


async def folder_for(ctx: RequestContext, details: Details, path: tuple[str, ...]) -> FolderRow | None:
    """Return the folder that is named, or refuse one that is not there."""
    if details.folder is None:
        return None
    folder_id = row_id(details.folder)
    found = None if folder_id is None else await folder_of(ctx.session, folder_id)
    if found is None:
        raise ValidationError.of([Violation((*path, "folder"), "the folder does not exist", details.folder)])
    return found


def row_id(given: Any) -> int | None:  # noqa: ANN401 - any JSON value
    """Return the id of a row, or None for what can be no row's."""
    text = str(given)
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(_GREATEST_ID)):
        return None
    return min(int(text), _GREATEST_ID)


async def _change(ctx: RequestContext, row: FileRow, values: Mapping[str, Value], details: Details) -> None:
    columns: dict[str, Value] = {**values, "updated_at": ctx.now}
    author = author_of(ctx.principal)
    if author is not None:
        columns["updated_by_id"] = author
    if details.moves:
        folder = await folder_for(ctx, details, ("fileInfo",))
        columns["folder_path"] = folder.path if folder else TOP
        await repository.put_into_folder(ctx.session, [row.id], folder.id if folder else None)
    await repository.change_file(ctx.session, row.id, columns)
    await _announce(ctx, "media.update", row.id)


async def _announce(ctx: RequestContext, action: str, *ids: int) -> None:
    if ids:
        await record(ctx, action, FILE, *ids)
        await ctx.publish(ctx, FilesChanged(action=action, ids=ids))


def _content(incoming: Incoming, name: str, kept: str, end: str) -> dict[str, Value]:
    return {
        "name": name,
        "hash": kept,
        "ext": end,
        "mime": incoming.mime,
        "size": kilobytes(incoming.size),
        "url": _url(f"{kept}{end}"),
        "provider": LOCAL,
    }


def _formats(incoming: Incoming, name: str, kept: str, end: str) -> dict[str, Any]:
    return {
        size: _format(picture, f"{size}_{name}", f"{size}_{kept}", end, incoming.mime)
        for size, picture in incoming.smaller.items()
    }


def _format(picture: Picture, name: str, kept: str, end: str, mime: str) -> dict[str, Any]:
    return {
        "name": name,
        "hash": kept,
        "ext": end,
        "mime": mime,
        "path": None,
        "width": picture.width,
        "height": picture.height,
        "size": kilobytes(picture.size),
        "sizeInBytes": picture.size,
        "url": _url(f"{kept}{end}"),
    }


def _url(name: str) -> str:
    return f"/{_UPLOADS}/{name}"


def _json(value: Mapping[str, Any]) -> str:
    return orjson.dumps(value).decode()


def _remove_stored(storage: Local, names: Sequence[str]) -> None:
    for name in names:
        storage.remove(name)


def forget_staged(project: Project, seconds: float) -> None:
    """Delete what a crash left behind on its way in, so long ago that nobody is at work with it."""
    storage_of(project).forget_staged(project.clock.now() / 1000 - seconds)
