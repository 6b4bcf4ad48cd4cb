"""Writes of many rows at once: a constant number of statements, however many rows there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeVar

from tessera.sql.statement import Statement, Value
from tessera.sql.writes import quote

MOST_PARAMETERS: Final = 30_000  # of one statement; SQLite takes 32,766

T = TypeVar("T")


def insert_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> tuple[Statement, ...]:
    """Return what adds rows and answers their ids, which rise in the order of the rows."""
    names = _names(columns)
    return tuple(
        Statement(f"INSERT INTO {quote(table)} ({names}) {_values(part)} RETURNING id", _flat(part))
        for part in _parts(rows, max(len(columns), 1))
    )


def link_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> tuple[Statement, ...]:
    """Return what adds rows of a table of links; a link that is there already stays as it is."""
    names = _names(columns)
    return tuple(
        Statement(f"INSERT INTO {quote(table)} ({names}) {_values(part)} ON CONFLICT DO NOTHING", _flat(part))
        for part in _parts(rows, len(columns))
    )


def copy_rows(
    table: str, columns: Sequence[str], ids: Sequence[int], fixed: Mapping[str, Value] | None = None
) -> tuple[Statement, ...]:
    """
    Return what adds copies of rows and answers their ids, which rise with the ids of the originals.

    `fixed` are columns that get a value of their own instead of the original's.
    """
    given = dict(fixed or {})
    taken = [column for column in columns if column not in given]
    values = [f"?{position}" for position in range(1, len(given) + 1)]
    names, chosen = _names([*taken, *given]), ", ".join([*(quote(column) for column in taken), *values])
    return tuple(
        Statement(
            f"INSERT INTO {quote(table)} ({names}) SELECT {chosen or 'NULL'} FROM {quote(table)}"
            f" WHERE id IN ({marks(len(part), len(given))}) ORDER BY id RETURNING id",
            (*given.values(), *part),
        )
        for part in _parts(sorted(ids), 1)
    )


def update_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> tuple[Statement, ...]:
    """Return what changes some columns of rows; each row of values begins with the id."""
    names = _names(["id", *columns])
    assigned = ", ".join(f"{quote(column)} = given.{quote(column)}" for column in columns)
    return tuple(
        Statement(
            f"WITH given ({names}) AS ({_values(part)}) UPDATE {quote(table)} SET {assigned} FROM given"
            f" WHERE {quote(table)}.id = given.id",
            _flat(part),
        )
        for part in _parts(rows, len(columns) + 1)
    )


def delete_rows(table: str, ids: Sequence[int], column: str = "id") -> tuple[Statement, ...]:
    """Return what removes the rows that have one of the ids in a column."""
    return tuple(
        Statement(f"DELETE FROM {quote(table)} WHERE {quote(column)} IN ({marks(len(part))})", tuple(part))
        for part in _parts(ids, 1)
    )


def delete_tuples(table: str, columns: Sequence[str], tuples: Sequence[Sequence[Value]]) -> tuple[Statement, ...]:
    """Return what removes the rows that have one of the tuples in some columns."""
    return tuple(
        Statement(f"DELETE FROM {quote(table)} WHERE ({_names(columns)}) IN ({_values(part)})", _flat(part))
        for part in _parts(tuples, len(columns))
    )


def marks(count: int, before: int = 0) -> str:
    """Return the marks of so many parameters, of which others come before."""
    return ", ".join(f"?{position}" for position in range(before + 1, before + count + 1))


def _names(columns: Sequence[str]) -> str:
    return ", ".join(quote(column) for column in columns)


def _values(rows: Sequence[Sequence[Value]]) -> str:
    width = len(rows[0])
    return "VALUES " + ", ".join(f"({marks(width, index * width)})" for index in range(len(rows)))


def _flat(rows: Sequence[Sequence[Value]]) -> tuple[Value, ...]:
    return tuple(value for row in rows for value in row)


def _parts(rows: Sequence[T], width: int) -> Iterator[Sequence[T]]:
    """Yield the rows in parts that fit into one statement."""
    size = MOST_PARAMETERS // max(width, 1) - 10
    return (rows[start : start + size] for start in range(0, len(rows), size))
