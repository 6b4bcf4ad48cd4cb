"""Columns that are the same in several rows: those which locales share, and those which a relation fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tessera.sql.batches import marks
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import quote


def taken_from(table: str, columns: Sequence[str], source: int, rows: Sequence[int], now: int) -> Statement:
    """Return what gives rows the columns of another one, and a new time of change to those that differ from it."""
    names = [quote(column) for column in columns]
    own = quote(table)
    differs = " OR ".join(f"{own}.{name} IS NOT s.{name}" for name in names)
    assigned = ", ".join(f"{name} = s.{name}" for name in names)
    return Statement(
        f"UPDATE {own} SET {assigned}, updated_at = ?2 FROM (SELECT {', '.join(names)} FROM {own} WHERE id = ?1) s"
        f" WHERE {own}.id IN ({marks(len(rows), 2)}) AND ({differs})",
        (source, now, *rows),
    )


def emptied(table: str, columns: Mapping[str, Value]) -> Statement:
    """Return what makes columns null in the rows where they have certain values."""
    condition = " AND ".join(f"{quote(column)} = ?{place}" for place, column in enumerate(columns, 1))
    cleared = ", ".join(f"{quote(column)} = NULL" for column in columns)
    return Statement(f"UPDATE {quote(table)} SET {cleared} WHERE {condition}", tuple(columns.values()))
