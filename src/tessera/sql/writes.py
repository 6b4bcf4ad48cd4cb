"""Inserts, updates and deletes of single rows: names and values in, one statement out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized

from tessera.sql.statement import Statement, Value

Where = Mapping[str, Value | Sequence[Value]]  # a sequence means: one of these


def insert(table: str, values: Mapping[str, Value]) -> Statement:
    """Return the statement that adds a row and answers its id."""
    names = ", ".join(quote(name) for name in values)
    text = f"INSERT INTO {quote(table)} ({names}) VALUES ({marks(values)}) RETURNING id"
    return Statement(text, tuple(values.values()))


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


def marks(values: Sized, after: int = 0) -> str:
    """Return as many parameters as there are values, counted from one after those that are bound already."""
    return ", ".join(f"?{position}" for position in range(after + 1, after + len(values) + 1))


def _matching(where: Where, bound_before: int) -> tuple[str, tuple[Value, ...]]:
    if not where:
        raise ValueError("a write without a condition would touch every row")
    parts: list[str] = []
    bound: list[Value] = []
    for name, wanted in where.items():
        among = _among(wanted)
        parts.append(_comparison(quote(name), wanted, marks(among, bound_before + len(bound))))
        bound.extend(among)
    return " AND ".join(parts), tuple(bound)


def _among(wanted: Value | Sequence[Value]) -> tuple[Value, ...]:
    """Return the values that have to be bound; null is compared without one."""
    if wanted is None:
        return ()
    return (wanted,) if isinstance(wanted, str | int | float | bytes) else tuple(wanted)


def _comparison(name: str, wanted: Value | Sequence[Value], places: str) -> str:
    if wanted is None:
        return f"{name} IS NULL"
    return f"{name} = {places}" if isinstance(wanted, str | int | float | bytes) else f"{name} IN ({places})"
