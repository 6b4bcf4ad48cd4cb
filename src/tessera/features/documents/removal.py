"""Deleting rows with everything that belongs to them alone: components, files' places, links of several types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tessera.engine.session import Session
from tessera.query.held import Holdings, RowKey
from tessera.schema import naming
from tessera.schema.links import all_models, owns_link_table
from tessera.schema.model import ContentType, Relation, RelationKind, Schema
from tessera.schema.naming import LinkTable
from tessera.sql.batches import delete_rows, delete_tuples
from tessera.sql.part_rows import holdings, holdings_of


async def remove_rows(session: Session, schema: Schema, content_type: ContentType, ids: Sequence[int]) -> None:
    """Delete rows of a content type; links to and from them go with them."""
    if not ids:
        return
    rows = [RowKey(content_type.uid, row_id) for row_id in ids]
    statement = holdings_of(schema, content_type, ids)
    held = Holdings() if statement is None else holdings(await session.rows(statement))
    parts = tuple(dict.fromkeys(held.beneath(rows)))
    await session.execute_all(delete_rows(naming.table(content_type), ids))
    await _remove_components(session, schema, parts)
    await _remove_typed_links(session, schema, [*rows, *parts])


async def remove_parts(session: Session, schema: Schema, parts: Sequence[RowKey]) -> None:
    """Delete components that nothing holds any more."""
    if parts:
        await _remove_components(session, schema, parts)
        await _remove_typed_links(session, schema, parts)


async def _remove_components(session: Session, schema: Schema, parts: Iterable[RowKey]) -> None:
    by_type: dict[str, list[int]] = {}
    for part in parts:
        by_type.setdefault(part.model, []).append(part.id)
    for uid, ids in by_type.items():
        component = schema.components.get(uid)
        if component is not None:
            await session.execute_all(delete_rows(naming.table(component), ids))


async def _remove_typed_links(session: Session, schema: Schema, rows: Sequence[RowKey]) -> None:
    """Delete what tables without foreign keys say about the rows."""
    pairs = [(row.model, row.id) for row in rows]
    for table in typed_tables(schema):
        if table.type_column is not None:
            await session.execute_all(delete_tuples(table.name, (table.type_column, table.other), pairs))


def typed_tables(schema: Schema) -> list[LinkTable]:
    """Return the tables of links whose other side may be of any type."""
    return [
        naming.link_table(schema, model, attribute)
        for model in all_models(schema)
        for attribute in model.attributes.values()
        if isinstance(attribute, Relation)
        and attribute.relation is RelationKind.MORPH_TO_MANY
        and owns_link_table(attribute)
    ]
