"""Use cases of the Content API with files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from tessera.authz.ability import Grant
from tessera.engine.session import Session
from tessera.errors import NotFoundError
from tessera.features.media import folder_repository, repository
from tessera.features.media.details import Details
from tessera.features.media.finding import MOST, UNSIGNED, Params
from tessera.features.media.folder_repository import FolderRow, folder_of
from tessera.features.media.folders import add
from tessera.features.media.keeping import (
    Arrival,
    change_details,
    keep_file,
    remove,
    replace_content,
    storage_of,
)
from tessera.features.media.linking import Link, link_files
from tessera.features.media.service import find
from tessera.features.media.settings import api_folder, set_api_folder
from tessera.filters import one_of
from tessera.identity.content_actions import FIND, READ_DRAFT, action_on
from tessera.identity.context import RequestContext
from tessera.query.conditions import all_of
from tessera.query.content_api import ASKED, Scope, plan_api_list
from tessera.query.paging import Limits, Page, api_page, managed_page
from tessera.query.plan import Envelope, ListPlan
from tessera.query.question import SEARCH, question
from tessera.query.searching import is_number
from tessera.query.sight import Reader, granted
from tessera.schema.naming import FILE
from tessera.sql.dialects.sqlite import SQLITE
from tessera.sql.reads import compile_read

_NO_FILE: Final = "file.notFound"
_FOLDER: Final = "API Uploads"
_EMPTY: Final = b"[]"
_OFFSETS: Final = ("start", "limit")


async def list_files(ctx: RequestContext, params: Params) -> bytes:
    """Return all files that are asked for, as JSON; `start` and `limit` ask for some of them."""
    offsets = {name: params[name] for name in _OFFSETS if name in params}
    page = managed_page(offsets) if offsets else Page(0, ctx.project.settings.api.max_limit or MOST)
    return await _listed(ctx, params, page, Envelope.NONE)


async def list_page(ctx: RequestContext, params: Params) -> bytes:
    """Return a page of files, as JSON."""
    rest = ctx.project.settings.api
    limits = Limits(usual=rest.default_limit, most=rest.max_limit or MOST, counted=rest.with_count)
    page = api_page({"pagination": params.get("pagination")}, limits)
    return await _listed(ctx, params, page, Envelope.CONTENT_API)


async def read_file(ctx: RequestContext, file_id: int | None, params: Params) -> bytes:
    """Return one file, as JSON."""
    found = _EMPTY if file_id is None else await _shown(ctx, [file_id], params)
    if found == _EMPTY:
        raise NotFoundError(_NO_FILE)
    return found[1:-1]


async def add_files(ctx: RequestContext, arrivals: Sequence[Arrival], link: Link | None) -> bytes:
    """Keep files in the folder for what comes from sites, and return them, as JSON."""
    with storage_of(ctx.project).moving() as moves:
        async with ctx.session.transaction():
            folder = await _folder(ctx)
            ids = [await keep_file(ctx, moves, arrival, folder) for arrival in arrivals]
            if link is not None:
                pairs = [(file_id, arrival.incoming) for file_id, arrival in zip(ids, arrivals, strict=True)]
                await link_files(ctx, link, pairs)
            await repository.raise_version(ctx.session, *([link.uid] if link else []))
            return await _shown(ctx, ids)


async def change_file(ctx: RequestContext, file_id: int | None, details: Details) -> bytes:
    """Change what is said about a file and return it, as JSON."""
    async with ctx.session.transaction():
        row = await find(ctx, file_id)
        await change_details(ctx, row, details)
        await repository.raise_version(ctx.session)
        return (await _shown(ctx, [row.id]))[1:-1]


async def replace_file(ctx: RequestContext, file_id: int | None, arrival: Arrival) -> bytes:
    """Give a file another content and return it, as JSON."""
    with storage_of(ctx.project).moving() as moves:
        async with ctx.session.transaction():
            row = await find(ctx, file_id)
            await replace_content(ctx, moves, row, arrival)
            await repository.raise_version(ctx.session)
            return (await _shown(ctx, [row.id]))[1:-1]


async def delete_file(ctx: RequestContext, file_id: int | None) -> bytes:
    """Delete a file and return what it was, as JSON."""
    async with ctx.session.transaction():
        row = await find(ctx, file_id, _NO_FILE)
        gone = (await _shown(ctx, [row.id]))[1:-1]
        await remove(ctx, [row])
        return gone


async def _folder(ctx: RequestContext) -> FolderRow:
    """Return the folder for what comes from sites; it is made with the first of it."""
    known = await api_folder(ctx.session)
    found = None if known is None else await folder_of(ctx.session, known)
    return found or await _made(ctx, ctx.session)


async def _made(ctx: RequestContext, session: Session) -> FolderRow:
    taken, name, number = await folder_repository.names_in(session, None), _FOLDER, 0
    while name in taken:
        number += 1
        name = f"{_FOLDER} ({number})"
    folder_id = await add(ctx, name, None, None)
    await set_api_folder(session, folder_id)
    made = await folder_of(session, folder_id)
    if made is None:
        raise LookupError(folder_id)
    return made


async def _shown(ctx: RequestContext, ids: Sequence[int], params: Params | None = None) -> bytes:
    found = question(params or {}, *ASKED)
    plan = _planned(ctx, params or {}, Page(0, MOST))
    rows = replace(plan.rows, where=all_of(granted(one_of("id", ids)), plan.rows.where))
    return await _read(ctx, replace(plan, rows=rows, envelope=Envelope.NONE), found.values, {"start": 0})


async def _listed(ctx: RequestContext, params: Params, page: Page, envelope: Envelope) -> bytes:
    plan = replace(_planned(ctx, params, page), envelope=envelope)
    return await _read(ctx, plan, question(params, *ASKED).values, {"start": page.start})


def _planned(ctx: RequestContext, params: Params, page: Page) -> ListPlan:
    schema, found = ctx.project.schema, question(params, *ASKED)
    scope = Scope(for_number=is_number(params.get(SEARCH)))
    plan = plan_api_list(schema, _reader(ctx), schema.content_types[FILE], found, scope, page=page)
    entry = replace(plan.entry, selections=(*plan.entry.selections, UNSIGNED))
    return replace(plan, entry=entry)


async def _read(ctx: RequestContext, plan: ListPlan, values: Sequence[Any], named: Mapping[str, Any]) -> bytes:
    compiled = compile_read(plan, ctx.project.schema, SQLITE)
    body: bytes = await ctx.session.scalar(compiled.statement(values, named))
    return body


def _reader(ctx: RequestContext) -> Reader:
    """Return who asks as a reader of what files are linked to."""
    ability, types = ctx.content.ability, ctx.project.schema.content_types

    def grants(uid: str) -> Grant | None:
        found = ability.grant(action_on(uid, FIND)) if uid in types else None
        return found if isinstance(found, Grant) else None

    def drafts(uid: str) -> bool:
        return uid in types and ability.allows(action_on(uid, READ_DRAFT))

    return Reader(grants, ("content", ability.key), drafts)
