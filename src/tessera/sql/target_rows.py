"""Rows that a body names: entries by their documents or ids, and the kinds of files."""

from __future__ import annotations

from collections.abc import Sequence

from tessera.schema import naming
from tessera.schema.model import ContentType, Schema
from tessera.sql.batches import marks
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import quote


def named_rows(content_type: ContentType, documents: Sequence[str], ids: Sequence[int]) -> Statement:
    """Return what reads the rows of some documents and those of some ids: id, document, locale, whether published."""
    return _selected(content_type, "id, document_id, locale, published_at IS NOT NULL", documents, ids)


def file_kinds(schema: Schema, documents: Sequence[str], ids: Sequence[int]) -> Statement:
    """Return what reads of which media type files are: id, document, type."""
    return _selected(schema.content_types[naming.FILE], "id, document_id, mime", documents, ids)


def _selected(content_type: ContentType, columns: str, documents: Sequence[str], ids: Sequence[int]) -> Statement:
    conditions = []
    if documents:
        conditions.append(f"document_id IN ({marks(len(documents))})")
    if ids:
        conditions.append(f"id IN ({marks(len(ids), len(documents))})")
    values: tuple[Value, ...] = (*documents, *ids)
    table = quote(naming.table(content_type))
    return Statement(f"SELECT {columns} FROM {table} WHERE {' OR '.join(conditions) or '1 = 0'} ORDER BY id", values)
