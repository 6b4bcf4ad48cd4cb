"""How many links of rows lead to drafts that are not published, in one statement."""

from __future__ import annotations

from collections.abc import Sequence

from tessera.schema import naming
from tessera.schema.model import ContentType, Model, Relation, RelationKind, Schema
from tessera.sql.batches import marks
from tessera.sql.link_rows import Links, links_of
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import quote

Holders = tuple[Model, Sequence[int]]  # rows of one model


def links_to_drafts(schema: Schema, holders: Sequence[Holders]) -> Statement | None:
    """Return what answers two numbers: the links that a publication would lack, and those that both sides share."""
    values: list[Value] = []
    lost: list[str] = []
    shared: list[str] = []
    for model, ids in holders:
        for relation in model.attributes.values():
            if isinstance(relation, Relation) and _leads_to_drafts(schema, model, relation):
                count = _count(schema, links_of(schema, model, relation), ids, values)
                (shared if _is_shared(relation) else lost).append(count)
    if not lost and not shared:
        return None
    return Statement(f"SELECT {' + '.join(lost) or '0'}, {' + '.join(shared) or '0'}", tuple(values))


def _leads_to_drafts(schema: Schema, model: Model, relation: Relation) -> bool:
    target = schema.content_types.get(relation.target or "")
    if target is None or not target.draft_and_publish or target.uid == model.uid or relation.system:
        return False
    return relation.visible and not relation.relation.is_polymorphic and naming.has_link_table(schema, relation)


def _is_shared(relation: Relation) -> bool:
    has_other_side = relation.inversed_by is not None or relation.mapped_by is not None
    return has_other_side and relation.relation is RelationKind.MANY_TO_MANY


def _count(schema: Schema, links: Links, ids: Sequence[int], values: list[Value]) -> str:
    target: ContentType = schema.content_types[links.target or ""]
    before = len(values)
    values += ids
    table, rows = links.table, quote(naming.table(target))
    same_locale = " AND p.locale IS d.locale" if target.localized else ""
    return (
        f"(SELECT count(*) FROM {quote(table.name)} l JOIN {rows} d ON d.id = l.{quote(table.other)}"
        f" WHERE l.{quote(table.own)} IN ({marks(len(ids), before)}) AND d.published_at IS NULL"
        f" AND NOT EXISTS (SELECT 1 FROM {rows} p WHERE p.document_id = d.document_id"
        f" AND p.published_at IS NOT NULL{same_locale}))"
    )
