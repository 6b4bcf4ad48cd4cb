"""Use cases that warn before a publication: relations to documents that are not published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tessera.engine.locales import locales
from tessera.errors import ForbiddenError, NotFoundError
from tessera.features.documents import actions
from tessera.features.documents.dimensions import EVERY, check_dimensions
from tessera.features.documents.located import rows_of, version_in
from tessera.features.documents.reading import Params
from tessera.features.documents.rights import rights_on
from tessera.identity.context import RequestContext
from tessera.query.held import Holdings, RowKey
from tessera.schema.model import ContentType, Model
from tessera.sql.document_rows import DocumentRow
from tessera.sql.draft_links import Holders, links_to_drafts
from tessera.sql.part_rows import holdings, holdings_of


async def count_of_document(
    ctx: RequestContext, content_type: ContentType, document: str | None, params: Params
) -> dict[str, int]:
    """Count the relations to drafts of one version of a document; a locale that it lacks has none."""
    check_dimensions(params)
    rights = rights_on(ctx, content_type, actions.READ)
    rows = await rows_of(ctx, content_type, None if document is None else [document], rights)
    if not rows:
        raise NotFoundError
    locale = await _locale(ctx, content_type, params)
    is_published = params.get("status") == "published"
    row = version_in(content_type, rows, locale, is_published=is_published)
    looked_at = rows if row is None else [row]
    if not any(rights.judge(each).may(actions.READ) for each in looked_at):
        raise ForbiddenError
    lost, shared = await _counted(ctx, content_type, [] if row is None else [row])
    return {"unpublishedRelations": lost, "draftM2mLinks": shared}


async def count_of_documents(ctx: RequestContext, content_type: ContentType, params: Params) -> int:
    """Count the relations to drafts of several documents, as far as the caller may read them."""
    rights = rights_on(ctx, content_type, actions.READ)
    rows = await rows_of(ctx, content_type, _ids(params.get("documentIds")), rights)
    if not rows:
        raise NotFoundError
    locale = await _locale(ctx, content_type, params)
    wanted = [
        row
        for row in rows
        if not (content_type.draft_and_publish and row.is_published)
        and (locale in (None, EVERY) or row.locale == locale)
        and rights.judge(row).may(actions.READ)
    ]
    return sum(await _counted(ctx, content_type, wanted))


async def _counted(ctx: RequestContext, content_type: ContentType, rows: Sequence[DocumentRow]) -> tuple[int, int]:
    if not rows:
        return 0, 0
    schema, ids = ctx.project.schema, [row.id for row in rows]
    statement = holdings_of(schema, content_type, ids)
    held = Holdings() if statement is None else holdings(await ctx.session.rows(statement))
    counting = links_to_drafts(schema, _holders(ctx, content_type, ids, held))
    row = None if counting is None else await ctx.session.row(counting)
    return (row[0], row[1]) if row is not None else (0, 0)


def _holders(ctx: RequestContext, content_type: ContentType, ids: Sequence[int], held: Holdings) -> list[Holders]:
    parts: dict[str, list[int]] = {}
    for part in dict.fromkeys(held.beneath([RowKey(content_type.uid, id_) for id_ in ids])):
        parts.setdefault(part.model, []).append(part.id)
    components = ctx.project.schema.components
    found: list[tuple[Model, Sequence[int]]] = [(content_type, ids)]
    found += [(components[uid], part_ids) for uid, part_ids in parts.items() if uid in components]
    return found


async def _locale(ctx: RequestContext, content_type: ContentType, params: Params) -> str | None:
    if not content_type.localized:
        return None
    asked = params.get("locale")
    return asked if isinstance(asked, str) and asked else (await locales(ctx.session)).default


def _ids(value: Any) -> list[str]:  # noqa: ANN401 - any JSON
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return [str(item) for item in items if isinstance(item, str | int)]
