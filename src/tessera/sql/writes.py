"""Inserts, updates and deletes of single rows: names and values in, one statement out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tessera.runtime import Randomness, document_id
from tessera.sql.statement import Statement, Value

Where = Mapping[str, Value | Sequence[Value]]  # a sequence means: one of these


def insert(table: str, values: Mapping[str, Value]) -> Statement:
    """Return the statement that adds a row and answers its id."""
    names = ", ".join(quote(name) for name in values)
    marks = ", ".join(f"?{position}" for position in range(1, len(values) + 1))
    return Statement(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks}) RETURNING id", tuple(values.values()))


def update(table: str, values: Mapping[str, Value], where: Where) -> Statement:
    """Return the statement that changes the rows which match all of `where`."""
    assignments = ", ".join(f"{quote(name)} = ?{position}" for position, name in enumerate(values, 1))
    condition, bound = _matching(where, len(values))
    return Statement(f"UPDATE {quote(table)} SET {assignments} WHERE {condition}", (*values.values(), *bound))


def delete(table: str, where: Where) -> Statement:
    """Return the statement that removes the rows which match all of `where`."""
    condition, bound = _matching(where, 0)
    return Statement(f"DELETE FROM {quote(table)} WHERE {condition}", bound)


def select(table: str, columns: Sequence[str], where: Where, order: str = "id") -> Statement:
    """Return the statement that reads some columns of the rows which match all of `where`, sorted by one of them."""
    condition, bound = _matching(where, 0)
    names = ", ".join(quote(column) for column in columns)
    return Statement(f"SELECT {names} FROM {quote(table)} WHERE {condition} ORDER BY {quote(order)}", bound)


def quote(name: str) -> str:
    """Return an identifier in quotes; it must come from the schema and never from a request."""
    return '"' + name.replace('"', '""') + '"'


def standard_values(now: int, randomness: Randomness, author: int | None = None) -> dict[str, Value]:
    """Return the columns that every row of a system type has besides its own (database.md §3)."""
    return {
        "document_id": document_id(randomness),
        "created_at": now,
        "updated_at": now,
        "published_at": now,
        "created_by_id": author,
        "updated_by_id": author,
        "locale": None,
    }


def _matching(where: Where, bound_before: int) -> tuple[str, tuple[Value, ...]]:
    if not where:
        raise ValueError("a write without a condition would touch every row")
    parts: list[str] = []
    bound: list[Value] = []
    for name, wanted in where.items():
        wanted_values = [wanted] if isinstance(wanted, str | int | float | bytes) or wanted is None else list(wanted)
        start = bound_before + len(bound) + 1
        parts.append(_comparison(quote(name), wanted, len(wanted_values), start))
        if wanted is not None:
            bound.extend(wanted_values)
    return " AND ".join(parts), tuple(bound)


def _comparison(name: str, wanted: Value | Sequence[Value], count: int, start: int) -> str:
    if wanted is None:
        return f"{name} IS NULL"
    if isinstance(wanted, str | int | float | bytes):
        return f"{name} = ?{start}"
    marks = ", ".join(f"?{position}" for position in range(start, start + count))
    return f"{name} IN ({marks})"
