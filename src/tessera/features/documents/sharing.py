"""Attributes that locales share: the same in every row of a document that has the same status (database.md §7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import orjson

from tessera.features.documents.copying import Copier, of_attributes
from tessera.features.documents.reading import stored_row
from tessera.features.documents.removal import remove_parts
from tessera.identity.context import RequestContext
from tessera.query.held import RowKey
from tessera.query.permitted import as_new
from tessera.schema import naming
from tessera.schema.model import Attribute, ComponentField, ContentType, DynamicZone, Media, Scalar
from tessera.sql.batches import delete_tuples, update_rows
from tessera.sql.copies import copied_links
from tessera.sql.document_rows import DocumentRow
from tessera.sql.link_rows import links_of
from tessera.sql.shared_columns import taken_from


def shared_names(content_type: ContentType) -> frozenset[str]:
    """Return the attributes that are the same in all locales."""
    return frozenset(attribute.name for attribute in _shared(content_type))


async def stored(
    ctx: RequestContext, content_type: ContentType, row_id: int, names: Collection[str] | None = None
) -> dict[str, Any]:
    """Return a row as it is stored, in the form of a body: all of it, or some attributes."""
    row = await ctx.session.row(stored_row(ctx.project.schema, content_type, row_id, names))
    if row is None:
        raise LookupError(row_id)
    data: dict[str, Any] = orjson.loads(row[0])["data"]
    return data


async def shared_with(ctx: RequestContext, content_type: ContentType, rows: Iterable[DocumentRow]) -> dict[str, Any]:
    """Return what a new locale of a document begins with; a published row is preferred."""
    source = max(rows, key=lambda row: (row.is_published, -row.id))
    names = {name for name in shared_names(content_type) if content_type.attributes[name].type != "password"}
    data = await stored(ctx, content_type, source.id, names)
    kept = {name: value for name, value in data.items() if name != "id" and value is not None}
    return as_new(ctx.project.schema, content_type, kept)


async def share(
    ctx: RequestContext, content_type: ContentType, row_id: int, siblings: Sequence[int], names: Collection[str]
) -> bool:
    """Bring other locales in step with a row in some attributes; tell whether one of them was out of step."""
    if not siblings or not names:
        return False
    attributes = [item for item in _shared(content_type) if item.name in names]
    scalars = [naming.column(item.name) for item in attributes if isinstance(item, Scalar)]
    table, changed = naming.table(content_type), 0
    if scalars:
        changed = await ctx.session.execute(taken_from(table, scalars, row_id, siblings, ctx.now))
    others = {item.name: item for item in attributes if not isinstance(item, Scalar)}
    differing = await _differing(ctx, content_type, row_id, siblings, others) if others else []
    lists = [name for name, item in others.items() if isinstance(item, ComponentField | DynamicZone)]
    if differing and lists:
        await _share_parts(ctx, content_type, row_id, differing, lists)
    for item in others.values():
        if differing and isinstance(item, Media):
            await _share_files(ctx, content_type, row_id, differing, item)
    await ctx.session.execute_all(update_rows(table, ("updated_at",), [(sibling, ctx.now) for sibling in differing]))
    return bool(changed or differing)


async def _differing(
    ctx: RequestContext, content_type: ContentType, row_id: int, siblings: Sequence[int], names: Collection[str]
) -> list[int]:
    """Return the rows whose components or files are not those of a row."""
    wanted = await _contents(ctx, content_type, row_id, names)
    return [sibling for sibling in siblings if await _contents(ctx, content_type, sibling, names) != wanted]


async def _contents(ctx: RequestContext, content_type: ContentType, row_id: int, names: Collection[str]) -> Any:  # noqa: ANN401
    data = await stored(ctx, content_type, row_id, names)
    return as_new(ctx.project.schema, content_type, {name: data[name] for name in names})


async def _share_parts(
    ctx: RequestContext, content_type: ContentType, row_id: int, siblings: Sequence[int], names: list[str]
) -> None:
    copier = Copier(session=ctx.session, schema=ctx.project.schema, content_type=content_type)
    root = RowKey(content_type.uid, row_id)
    held = of_attributes(await copier.holdings(row_id), root, names)
    for sibling in siblings:
        other = RowKey(content_type.uid, sibling)
        gone = of_attributes(await copier.holdings(sibling), other, names)
        pairs = [(sibling, name) for name in names]
        table = naming.components_table(content_type)
        await ctx.session.execute_all(delete_tuples(table, ("entity_id", "field"), pairs))
        await remove_parts(ctx.session, ctx.project.schema, tuple(dict.fromkeys(part.part for part in gone.parts)))
        moved = await copier.copy_parts(held, {root: sibling})
        await copier.copy_links(moved)


async def _share_files(
    ctx: RequestContext, content_type: ContentType, row_id: int, siblings: Sequence[int], attribute: Media
) -> None:
    links = links_of(ctx.project.schema, content_type, attribute)
    kind, field = links.table.type_column or "", links.table.field_column or ""
    gone = [(content_type.uid, sibling, attribute.name) for sibling in siblings]
    await ctx.session.execute_all(delete_tuples(links.table.name, (kind, links.table.own, field), gone))
    for sibling in siblings:
        await ctx.session.execute_all(copied_links(ctx.project.schema, links, [(row_id, sibling)], published=None))


def _shared(content_type: ContentType) -> Iterable[Attribute]:
    return (item for item in content_type.declared() if not item.localized)
