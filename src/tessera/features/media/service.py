"""Use cases of administrators with files."""

from __future__ import annotations

from collections.abc import Sequence

from tessera.errors import NotFoundError
from tessera.features.media import actions, repository
from tessera.features.media.details import Details
from tessera.features.media.finding import Library, Params
from tessera.features.media.keeping import (
    Arrival,
    change_details,
    folder_for,
    keep_file,
    remove,
    replace_content,
    storage_of,
)
from tessera.features.media.linking import Link, link_files
from tessera.features.media.repository import FileRow
from tessera.features.media.rights import require, require_files
from tessera.identity.context import RequestContext
from tessera.sql.statement import Statement

_NO_FILE = "Entity not found"


async def list_files(ctx: RequestContext, params: Params) -> bytes:
    """Return a page of the files that the caller may see, as JSON."""
    return await _body(ctx, Library.of(ctx).files(params))


async def read_file(ctx: RequestContext, file_id: int | None) -> bytes:
    """Return one file, as JSON."""
    row = await find(ctx, file_id)
    await require_files(ctx, actions.READ, [row.id])
    return _single(await _body(ctx, Library.of(ctx).file(row.id)))


async def add_files(ctx: RequestContext, arrivals: Sequence[Arrival], link: Link | None = None) -> bytes:
    """Keep files, each in the folder that is named for it, and return them, as JSON."""
    require(ctx.admin.ability, actions.CREATE)
    with storage_of(ctx.project).moving() as moves:
        async with ctx.session.transaction():
            ids: list[int] = []
            for arrival in arrivals:
                folder = await folder_for(ctx, arrival.details, ("fileInfo",))
                ids.append(await keep_file(ctx, moves, arrival, folder))
            if link is not None:
                pairs = [(file_id, arrival.incoming) for file_id, arrival in zip(ids, arrivals, strict=True)]
                await link_files(ctx, link, pairs)
            await repository.raise_version(ctx.session, *([link.uid] if link else []))
            return await _body(ctx, Library.of(ctx).written(ids))


async def change_file(ctx: RequestContext, file_id: int | None, details: Details) -> bytes:
    """Change what is said about a file and return it, as JSON."""
    async with ctx.session.transaction():
        row = await _changeable(ctx, file_id)
        await change_details(ctx, row, details)
        await repository.raise_version(ctx.session)
        return await _written(ctx, row.id)


async def change_files(ctx: RequestContext, changes: Sequence[tuple[int, Details]]) -> bytes:
    """Change what is said about several files, all or none, and return them, as JSON."""
    async with ctx.session.transaction():
        ids: list[int] = []
        for file_id, details in changes:
            row = await _changeable(ctx, file_id)
            await change_details(ctx, row, details)
            ids.append(row.id)
        await repository.raise_version(ctx.session)
        shown = [await _written(ctx, row_id) for row_id in ids]
        return b"[" + b",".join(shown) + b"]"


async def replace_file(ctx: RequestContext, file_id: int | None, arrival: Arrival) -> bytes:
    """Give a file another content and return it, as JSON."""
    with storage_of(ctx.project).moving() as moves:
        async with ctx.session.transaction():
            row = await _changeable(ctx, file_id)
            await replace_content(ctx, moves, row, arrival)
            await repository.raise_version(ctx.session)
            return await _written(ctx, row.id)


async def delete_file(ctx: RequestContext, file_id: int | None) -> bytes:
    """Delete a file and return what it was, as JSON."""
    async with ctx.session.transaction():
        row = await _changeable(ctx, file_id)
        gone = await _written(ctx, row.id)
        await remove(ctx, [row])
        return gone


async def find(ctx: RequestContext, file_id: int | None, missing: str = _NO_FILE) -> FileRow:
    """Return a file's row, or refuse an id that no file has."""
    found = [] if file_id is None else await repository.files_of(ctx.session, [file_id])
    if not found:
        raise NotFoundError(missing)
    return found[0]


async def _changeable(ctx: RequestContext, file_id: int | None) -> FileRow:
    row = await find(ctx, file_id)
    await require_files(ctx, actions.UPDATE, [row.id])
    return row


async def _written(ctx: RequestContext, file_id: int) -> bytes:
    return _single(await _body(ctx, Library.of(ctx).written([file_id])))


async def _body(ctx: RequestContext, statement: Statement) -> bytes:
    body: bytes = await ctx.session.scalar(statement)
    return body


def _single(listed: bytes) -> bytes:
    """Return the only entry of a list."""
    return listed[1:-1]
