"""How many documents are drafts, published, and changed since: of all types in one statement."""

from __future__ import annotations

from collections.abc import Sequence

from tessera.filters import Filter
from tessera.query.conditions import Granted
from tessera.schema.model import ContentType, Schema
from tessera.sql.builder import Builder
from tessera.sql.conditions import Conditions
from tessera.sql.dialects.dialect import Dialect
from tessera.sql.document_rows import fixed
from tessera.sql.statement import Statement


def status_counts(schema: Schema, dialect: Dialect, seen: Sequence[tuple[ContentType, Filter]]) -> Statement:
    """Return what answers three numbers for the rows of types that the filters let through."""
    builder = Builder(schema, dialect)
    parts = [_of_type(builder, content_type, filter_) for content_type, filter_ in seen]
    union = " UNION ALL ".join(parts) or "SELECT 0 AS drafts, 0 AS published, 0 AS modified"
    sums = ", ".join(f"coalesce(sum({name}), 0)" for name in ("drafts", "published", "modified"))
    return Statement(f"SELECT {sums} FROM ({union}) t", tuple(fixed(source) for source in builder.sources))


def _of_type(builder: Builder, content_type: ContentType, filter_: Filter) -> str:
    alias = builder.alias()
    table = builder.table(content_type)
    where = Conditions(builder).written(Granted(filter_), content_type, alias)
    if not content_type.draft_and_publish:
        return (
            f"SELECT 0 AS drafts, count(DISTINCT {alias}.document_id) AS published, 0 AS modified"
            f" FROM {table} {alias} WHERE {where}"
        )
    drafted = f"max(CASE WHEN {alias}.published_at IS NULL THEN {alias}.updated_at END)"
    published = f"max(CASE WHEN {alias}.published_at IS NOT NULL THEN {alias}.updated_at END)"
    status = (
        f"CASE WHEN max({alias}.published_at) IS NULL THEN 'draft'"
        f" WHEN {drafted} = {published} THEN 'published' ELSE 'modified' END"
    )
    counts = ", ".join(
        f"count(CASE WHEN status = '{status_}' THEN 1 END) AS {name}"
        for status_, name in (("draft", "drafts"), ("published", "published"), ("modified", "modified"))
    )
    documents = f"SELECT {status} AS status FROM {table} {alias} WHERE {where} GROUP BY {alias}.document_id"
    return f"SELECT {counts} FROM ({documents}) {builder.alias()}"
