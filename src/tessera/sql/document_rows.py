"""The rows of documents and what rules say of each, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tessera.filters import Filter
from tessera.query.conditions import Granted
from tessera.schema import naming
from tessera.schema.model import ColumnKind, ContentType, Schema
from tessera.sql.builder import Builder
from tessera.sql.conditions import Conditions
from tessera.sql.dialects.dialect import Dialect
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import quote


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One version of a document in one locale; `holds` tells for each filter that was asked whether it holds."""

    id: int
    document_id: str
    locale: str | None
    is_published: bool
    updated_at: str | None  # as answers tell it
    holds: tuple[bool, ...]


def rows_of_documents(
    schema: Schema,
    dialect: Dialect,
    content_type: ContentType,
    documents: Sequence[str] | None,
    filters: Sequence[Filter],
) -> Statement:
    """Return what reads all rows of some documents, or of every document of the type."""
    builder = Builder(schema, dialect)
    alias = builder.alias()
    where = ""
    if documents is not None:
        marks = ", ".join(builder.bind_fixed(document) for document in documents) or "NULL"
        where = f" WHERE {alias}.document_id IN ({marks})"
    return _selected(builder, content_type, alias, where, filters)


def row_by_id(
    schema: Schema, dialect: Dialect, content_type: ContentType, row_id: int, filters: Sequence[Filter]
) -> Statement:
    """Return what reads one row."""
    builder = Builder(schema, dialect)
    alias = builder.alias()
    return _selected(builder, content_type, alias, f" WHERE {alias}.id = {builder.bind_fixed(row_id)}", filters)


def document_row(row: Sequence[Any]) -> DocumentRow:
    """Return a row as the statements find it."""
    row_id, document, locale, is_published, updated_at, *holds = row
    return DocumentRow(
        id=row_id,
        document_id=document,
        locale=locale,
        is_published=bool(is_published),
        updated_at=updated_at,
        holds=tuple(bool(flag) for flag in holds),
    )


def _selected(
    builder: Builder, content_type: ContentType, alias: str, where: str, filters: Sequence[Filter]
) -> Statement:
    conditions = Conditions(builder)
    flags = "".join(
        f", CASE WHEN {conditions.written(Granted(filter_), content_type, alias)} THEN 1 ELSE 0 END"
        for filter_ in filters
    )
    changed = builder.dialect.scalar(ColumnKind.DATETIME, f"{alias}.updated_at")
    columns = f"{alias}.id, {alias}.document_id, {alias}.locale, {alias}.published_at IS NOT NULL, {changed}{flags}"
    text = f"SELECT {columns} FROM {builder.table(content_type)} {alias}{where} ORDER BY {alias}.id"
    return Statement(text, tuple(fixed(source) for source in builder.sources))


def fixed(source: object) -> Value:
    """Return the value of a parameter that is known when the statement is made."""
    if not isinstance(source, tuple):
        raise TypeError("rules compare with values that are known")
    value: Value = source[0]
    return value


def rows_in_locale(content_type: ContentType, locale: str) -> Statement:
    """Return what reads the ids of all rows of a type in a locale."""
    return Statement(f"SELECT id FROM {quote(naming.table(content_type))} WHERE locale = ?1 ORDER BY id", (locale,))
