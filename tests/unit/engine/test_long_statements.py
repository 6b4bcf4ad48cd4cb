from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from tessera.engine.drivers.connection import Connection, connect
from tessera.engine.drivers.long_statements import KEPT_BY_DRIVER, VIEWS
from tessera.sql.statement import Statement, Value

PADDING = "/*" + "x" * KEPT_BY_DRIVER + "*/"


def long(text: str) -> str:
    """Return a text that means the same and is too long for the driver."""
    return f"{text} {PADDING}"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """Open a connection that only reads, on a table with three notes."""
    writer = connect(tmp_path / "data.db", "FULL", writes=True)
    writer.execute(
        "CREATE TABLE notes (id integer primary key, text text); INSERT INTO notes VALUES (1, 'a'), (2, 'b')"
    )
    reader = connect(tmp_path / "data.db", "FULL", writes=False)
    yield reader
    reader.close()
    writer.close()


def answer(connection: Connection, text: str, *values: Value) -> list[tuple[apsw.SQLiteValue, ...]]:
    """Run a statement in a transaction of its own."""
    connection.begin("BEGIN")
    rows = connection.run(Statement(text, values)).fetchall()
    connection.execute("COMMIT")
    return rows


def views(connection: Connection) -> int:
    """Count the views that the connection has."""
    [(number,)] = connection.execute("SELECT count(*) FROM temp.sqlite_schema").fetchall()
    return int(str(number))


@pytest.mark.parametrize(
    "values", [("a", 1, 1.5), (None, -1, 0.0), (b"\x00\xff", 2**62, 1e300), ('it\'s ?1 "é"', 0, float("inf"))]
)
def test_a_long_statement_answers_the_same_every_time(connection: Connection, values: tuple[Value, ...]) -> None:
    """
    The values of each run count, whatever they are, also when the statement has become a view.
    """
    text = long(
        "SELECT ?1, ?3, '?2 it''s', \"id\", ?2, typeof(?1) FROM notes WHERE ?2 IS NOT NULL ORDER BY id LIMIT ?4"
    )
    wanted = connection.execute(text, (*values, 1)).fetchall()
    answers = [answer(connection, text, *values, 1) for _ in range(4)]

    assert 1 == views(connection)
    assert [wanted] * 4 == answers
    assert [("b", 7.0, "?2 it's", 1, 9, "text")] == answer(connection, text, "b", 9, 7.0, 1)


def test_a_long_statement_is_prepared_once(connection: Connection) -> None:
    """
    From the third time on the driver has a short statement, which it keeps.
    """
    text = long("WITH n AS (SELECT text FROM notes WHERE id = ?1) SELECT * FROM n")
    for _ in range(3):
        assert [("a",)] == answer(connection, text, 1)
    before = connection.cache_stats()
    answer(connection, text, 2)

    assert before["too_big"] == connection.cache_stats()["too_big"]
    assert before["misses"] == connection.cache_stats()["misses"]


def test_a_statement_that_is_seen_once_makes_no_view(connection: Connection) -> None:
    """
    Statements that nobody asks for again cost no more than without views.
    """
    for number in range(300):
        answer(connection, long(f"SELECT {number}"))

    assert 0 == views(connection)


def test_views_are_bounded(connection: Connection) -> None:
    """
    The view that was not used for the longest time makes room.
    """
    for number in range(VIEWS + 5):
        assert [[(number,)]] * 3 == [answer(connection, long(f"SELECT {number}")) for _ in range(3)]

    assert VIEWS == views(connection)
    assert [(0,)] == answer(connection, long("SELECT 0"))


def test_a_connection_that_only_reads_stays_so(connection: Connection) -> None:
    """
    Making a view does not open the database to writes.
    """
    for _ in range(3):
        answer(connection, long("SELECT count(*) FROM notes"))

    with pytest.raises(apsw.ReadOnlyError):
        connection.execute("DELETE FROM notes")


def test_long_writes_and_other_statements_are_run_as_they_are(tmp_path: Path) -> None:
    """
    Only a SELECT can become a view.
    """
    writer = connect(tmp_path / "data.db", "FULL", writes=True)
    writer.execute("CREATE TABLE notes (id integer primary key, text text)")
    for _ in range(4):
        answer(writer, long("INSERT INTO notes (text) VALUES (?1)"), "a")
        answer(writer, long("WITH n AS (SELECT ?1 AS text) INSERT INTO notes (text) SELECT text FROM n"), "b")

    assert 0 == views(writer)
    assert [(8,)] == answer(writer, "SELECT count(*) FROM notes")
    writer.close()


def test_tables_can_be_changed_under_a_view(tmp_path: Path) -> None:
    """
    A transaction that rebuilds tables begins without views, which would not fit the new ones.
    """
    writer = connect(tmp_path / "data.db", "FULL", writes=True)
    writer.execute("CREATE TABLE notes (id integer primary key, text text)")
    for _ in range(3):
        answer(writer, long("SELECT text FROM notes"))
    writer.begin_rebuilding()
    writer.execute("ALTER TABLE notes DROP COLUMN text")
    writer.execute("COMMIT")

    assert 0 == views(writer)
    assert [] == answer(writer, "SELECT * FROM notes")
    writer.close()


def test_a_rollback_leaves_the_views(tmp_path: Path) -> None:
    """
    Views are made between transactions, so that none goes with one that fails.
    """
    writer = connect(tmp_path / "data.db", "FULL", writes=True)
    text = long("SELECT ?1")
    for value in range(3):
        writer.begin("BEGIN IMMEDIATE")
        assert [(value,)] == writer.run(Statement(text, (value,))).fetchall()
        writer.execute("ROLLBACK")

    assert 1 == views(writer)
    assert [(5,)] == answer(writer, text, 5)
    writer.close()
