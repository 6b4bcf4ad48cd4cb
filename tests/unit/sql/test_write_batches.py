"""Writes of many rows at once, against a database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tessera.engine.session import Session
from tessera.sql import batches
from tessera.sql.statement import Statement
from tests.unit.sql.databases import Database, opened


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Return a database with a table of things."""
    with opened(tmp_path / "data.db") as found:
        found.write("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT, size INTEGER)")
        found.write("CREATE TABLE links (id INTEGER PRIMARY KEY, own INTEGER, other INTEGER, UNIQUE (own, other))")
        yield found


def _run(database: Database, *statements: Statement) -> list[int]:
    """Run statements in one transaction; return the ids that they answer."""

    async def work(session: Session) -> list[int]:
        async with session.transaction():
            return [row[0] for statement in statements for row in await session.rows(statement)]

    return database.driver.run_now(work)


def test_the_ids_of_new_rows_rise_with_the_rows(database: Database) -> None:
    """
    What a batch adds can be told apart by the order of its ids.
    """
    rows = [(f"n{number}", number) for number in range(500)]
    ids = _run(database, *batches.insert_rows("things", ("name", "size"), rows))

    assert [(id_, *row) for id_, row in zip(sorted(ids), rows, strict=True)] == database.rows("SELECT * FROM things")


def test_more_rows_than_one_statement_takes_are_split(database: Database) -> None:
    """
    A batch beyond the bound on parameters becomes several statements, and no row is lost.
    """
    rows = [(str(number), number) for number in range(batches.MOST_PARAMETERS)]
    statements = batches.insert_rows("things", ("name", "size"), rows)
    _run(database, *statements)

    assert len(statements) > 1
    assert all(len(statement.values) <= batches.MOST_PARAMETERS for statement in statements)
    assert [(len(rows),)] == database.rows("SELECT count(DISTINCT size) FROM things")


def test_copies_take_what_is_not_fixed_from_their_originals(database: Database) -> None:
    """
    A copy differs from its original in the columns that were given, and the ids of copies rise with the originals'.
    """
    _run(database, *batches.insert_rows("things", ("name", "size"), [("a", 1), ("b", 2), ("c", 3)]))
    ids = _run(database, *batches.copy_rows("things", ("name", "size"), [3, 1], {"size": 9}))

    assert [("a", 9), ("c", 9)] == database.rows("SELECT name, size FROM things WHERE id > 3 ORDER BY id")
    assert [4, 5] == sorted(ids)


def test_each_row_of_an_update_gets_its_own_values(database: Database) -> None:
    """
    Rows that are changed together change differently, and others stay.
    """
    _run(database, *batches.insert_rows("things", ("name", "size"), [("a", 1), ("b", 2), ("c", 3)]))
    _run(database, *batches.update_rows("things", ("name",), [(1, "x"), (3, None)]))

    assert [("x", 1), ("b", 2), (None, 3)] == database.rows("SELECT name, size FROM things ORDER BY id")


def test_a_link_that_is_there_stays(database: Database) -> None:
    """
    Linking twice makes one link.
    """
    _run(database, *batches.link_rows("links", ("own", "other"), [(1, 2), (1, 3)]))
    _run(database, *batches.link_rows("links", ("own", "other"), [(1, 3), (1, 4)]))

    assert [(1, 2), (1, 3), (1, 4)] == database.rows("SELECT own, other FROM links ORDER BY id")


def test_rows_are_deleted_by_what_they_hold(database: Database) -> None:
    """
    Only rows that have one of the tuples go.
    """
    _run(database, *batches.link_rows("links", ("own", "other"), [(1, 2), (1, 3), (2, 3)]))
    _run(database, *batches.delete_tuples("links", ("own", "other"), [(1, 3), (3, 1)]))

    assert [(1, 2), (2, 3)] == database.rows("SELECT own, other FROM links ORDER BY id")


def test_nothing_is_no_statement() -> None:
    """
    A batch without rows asks the database for nothing.
    """
    assert () == batches.insert_rows("things", ("name",), [])
    assert () == batches.copy_rows("things", ("name",), [])
    assert () == batches.delete_rows("things", [])


@given(st.lists(st.text(), min_size=1, max_size=5), st.text())
def test_values_are_never_part_of_the_text(values: list[str], hostile: str) -> None:
    """
    Whatever is written, the text of a statement depends on the number of values alone.
    """
    (statement,) = batches.insert_rows("things", ("name",), [(value,) for value in values])
    (other,) = batches.insert_rows("things", ("name",), [(f"{hostile}'; DROP TABLE things --",) for _ in values])

    assert statement.text == other.text
