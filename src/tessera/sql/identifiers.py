"""Identifiers that are taken, as SQL."""

from __future__ import annotations

from tessera.schema import naming
from tessera.schema.model import ContentType
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import quote

_EVERY_LOCALE = "*"


def values_beginning(content_type: ContentType, name: str, start: str, locale: str | None) -> Statement:
    """Return what reads the identifiers of a type that begin with a text, among drafts and in one locale."""
    column = quote(naming.column(name))
    values: list[Value] = [start]
    condition = f"substr({column}, 1, length(?1)) = ?1"
    if content_type.draft_and_publish:
        condition += " AND published_at IS NULL"
    if locale is not None and locale != _EVERY_LOCALE:
        values.append(locale)
        condition += " AND locale = ?2"
    table = quote(naming.table(content_type))
    return Statement(f"SELECT DISTINCT {column} FROM {table} WHERE {condition}", tuple(values))
