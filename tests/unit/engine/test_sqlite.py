import asyncio
import subprocess
import sys
import threading
from pathlib import Path

import apsw
import pytest

from tessera.engine.drivers import open_database
from tessera.engine.drivers.sqlite import SQLite
from tessera.engine.session import Session
from tessera.errors import ConfigurationError, UnavailableError, ValidationError
from tessera.settings import DatabaseSettings
from tessera.sql.statement import Statement

ADD = "INSERT INTO notes (text) VALUES (?1) RETURNING id"
COUNT = Statement("SELECT count(*) FROM notes")
WRITER = """
import pathlib, sys
from tessera.engine.drivers.sqlite import SQLite
from tessera.settings import DatabaseSettings
from tessera.sql.statement import Statement

async def create(session):
    async with session.transaction():
        await session.execute(Statement("CREATE TABLE notes (id integer primary key)"))

async def add(session):
    async with session.transaction():
        return await session.insert(Statement("INSERT INTO notes DEFAULT VALUES RETURNING id"))

database = SQLite.open(DatabaseSettings(filename=pathlib.Path(sys.argv[1])))
database.run_now(create)
while True:
    print(database.run_now(add), flush=True)
"""


async def add(session: Session, text: str = "a") -> int:
    """Add a note in a transaction of its own."""
    async with session.transaction():
        return await session.insert(Statement(ADD, (text,)))


async def count(session: Session) -> int:
    """Count the notes."""
    number: int = await session.scalar(COUNT)
    return number


def test_a_unit_of_work_runs_in_one_thread_and_returns_its_value(database: SQLite) -> None:
    """
    The loop's thread is free while the work runs, and the work's value comes back.
    """

    async def work(session: Session) -> tuple[str, int]:
        first = threading.current_thread().name
        await session.rows(COUNT)
        assert first == threading.current_thread().name
        return first, await count(session)

    thread, number = asyncio.run(database.run(work))

    assert threading.current_thread().name != thread
    assert 0 == number


def test_writes_of_a_transaction_are_kept(database: SQLite) -> None:
    """
    What a transaction wrote is there for the next session; an insert answers its id.
    """

    async def work(session: Session) -> tuple[int, int, int]:
        async with session.transaction():
            row_id = await session.insert(Statement(ADD, ("a",)))
            await session.execute_all((Statement(ADD, ("b",)), Statement(ADD, ("c",))))
            changed = await session.execute(Statement("UPDATE notes SET text = 'd' WHERE id > ?1", (1,)))
            none = await session.execute(Statement("CREATE TABLE other (id)"))
        return row_id, changed, none

    assert (1, 2, 0) == database.run_now(work)
    assert 3 == database.run_now(count)


def test_a_transaction_that_fails_leaves_nothing(database: SQLite) -> None:
    """
    An error inside a transaction undoes all of it, comes out unchanged, and the next one can write.
    """

    async def work(session: Session) -> None:
        async with session.transaction():
            await session.insert(Statement(ADD, ("a",)))
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        database.run_now(work)

    assert 0 == database.run_now(count)
    assert 1 == database.run_now(add)


def test_a_transaction_reads_its_own_writes(database: SQLite) -> None:
    """
    Inside a transaction reads see what it wrote; the snapshot before it does not.
    """

    async def work(session: Session) -> list[int]:
        before = await count(session)
        async with session.transaction():
            await session.insert(Statement(ADD, ("a",)))
            inside = await count(session)
        return [before, inside, await count(session)]

    assert [0, 1, 1] == database.run_now(work)


def test_reads_outside_a_transaction_see_one_snapshot(database: SQLite) -> None:
    """
    Who asks and what is answered come from the same state, whatever others write meanwhile.
    """
    read, written = threading.Event(), threading.Event()

    async def reader(session: Session) -> tuple[int, int]:
        before = await count(session)
        read.set()
        assert written.wait(5)
        return before, await count(session)

    async def writer(session: Session) -> None:
        assert read.wait(5)
        await add(session)
        written.set()

    async def both() -> tuple[tuple[int, int], None]:
        return await asyncio.gather(database.run(reader), database.run(writer))

    seen, _ = asyncio.run(both())

    assert (0, 0) == seen
    assert 1 == database.run_now(count)


def test_a_transaction_sees_what_was_written_since_the_snapshot(database: SQLite, path: Path) -> None:
    """
    The snapshot of earlier reads ends before a transaction begins, so it decides on the newest state.
    """
    other = apsw.Connection(str(path))

    async def work(session: Session) -> tuple[int, int]:
        before = await count(session)
        other.execute("INSERT INTO notes (text) VALUES ('x')")
        async with session.transaction():
            return before, await count(session)

    assert (0, 1) == database.run_now(work)
    other.close()


@pytest.mark.parametrize("nested", [True, False])
def test_transactions_are_opened_once_and_before_writing(database: SQLite, nested: bool) -> None:
    """
    A transaction in a transaction and a write without one are mistakes of the program, and nothing is written.
    """

    async def inside(session: Session) -> None:
        async with session.transaction():
            await add(session)

    async def outside(session: Session) -> None:
        await session.execute(Statement("DELETE FROM notes"))

    with pytest.raises(RuntimeError, match="is open already" if nested else "needs an open transaction"):
        database.run_now(inside if nested else outside)

    assert 0 == database.run_now(count)


def test_a_reader_cannot_write(database: SQLite) -> None:
    """
    A write disguised as a read outside a transaction is refused by the database itself.
    """

    async def work(session: Session) -> None:
        await session.rows(Statement("DELETE FROM notes"))

    with pytest.raises(apsw.ReadOnlyError):
        database.run_now(work)


def test_work_may_not_wait_for_anything_else(database: SQLite) -> None:
    """
    A unit of work that suspends is stopped with a clear error, its transaction undone and the turn given up.
    """

    async def work(session: Session) -> None:
        async with session.transaction():
            await session.insert(Statement(ADD, ("a",)))
            await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="wait for nothing but its session"):
        database.run_now(work)

    assert 1 == database.run_now(add)
    assert 1 == database.run_now(count)


@pytest.mark.parametrize("value", [2**63, -(2**70), "\ud800"])
def test_values_beyond_the_database_are_the_clients_mistake(database: SQLite, value: str | int) -> None:
    """
    A number or a text that SQLite cannot hold is refused as invalid, and nothing breaks.
    """

    async def work(session: Session) -> None:
        await session.rows(Statement("SELECT ?1", (value,)))

    with pytest.raises(ValidationError):
        database.run_now(work)

    assert 0 == database.run_now(count)


def test_statements_are_counted_without_the_frame(database: SQLite) -> None:
    """
    A session counts its statements and the driver's trace lists them; BEGIN and COMMIT are neither.
    """
    database.trace = []

    async def work(session: Session) -> int:
        await session.rows(COUNT)
        await add(session)
        await session.row(COUNT)
        return session.statements

    assert 3 == database.run_now(work)
    assert [COUNT.text, ADD, COUNT.text] == database.trace


def test_writers_take_turns(database: SQLite) -> None:
    """
    Many units of work that read and then write lose no update.
    """

    async def work(session: Session) -> None:
        async with session.transaction():
            number = await count(session)
            await session.insert(Statement("INSERT INTO notes (id) VALUES (?1) RETURNING id", (number,)))

    async def all_of_them() -> None:
        await asyncio.gather(*(database.run(work) for _ in range(50)))

    asyncio.run(all_of_them())

    assert 50 == database.run_now(count)


def test_a_writer_of_another_process_is_waited_for(database: SQLite, path: Path) -> None:
    """
    When another process writes for too long, the answer is that the database is busy, and the turn is given up.
    """
    other = apsw.Connection(str(path))

    async def impatient(session: Session) -> None:
        async with session.transaction():
            await session.rows(Statement("PRAGMA busy_timeout = 20"))

    database.run_now(impatient)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UnavailableError):
        database.run_now(add)
    other.execute("ROLLBACK")
    other.close()

    assert 1 == database.run_now(add)


def test_connections_are_durable_and_strict(database: SQLite) -> None:
    """
    Writes reach the disk before they are acknowledged, foreign keys hold, and the log is written ahead.
    """

    async def work(session: Session) -> list[object]:
        async with session.transaction():
            names = ("synchronous", "journal_mode", "foreign_keys", "mmap_size", "busy_timeout")
            return [await session.scalar(Statement(f"PRAGMA {name}")) for name in names]

    assert [2, "wal", 1, 0, 5000] == database.run_now(work)


def test_a_misspelt_column_in_quotes_is_an_error(database: SQLite) -> None:
    """
    Double quotes name columns and never stand for texts.
    """

    async def work(session: Session) -> None:
        await session.rows(Statement('SELECT "txet" FROM notes'))

    with pytest.raises(apsw.SQLError, match="no such column"):
        database.run_now(work)


def test_tables_can_be_rebuilt_without_losing_what_refers_to_them(database: SQLite) -> None:
    """
    While tables are rebuilt foreign keys cascade nothing; afterwards they hold again.
    """

    async def rebuild(session: Session) -> tuple[int, int]:
        async with session.transaction(rebuilds=True):
            await session.execute(
                Statement("CREATE TABLE links (note integer REFERENCES notes (id) ON DELETE CASCADE)")
            )
            note = await session.insert(Statement(ADD, ("a",)))
            await session.execute(Statement("INSERT INTO links VALUES (?1)", (note,)))
            await session.execute(Statement("DELETE FROM notes"))
            kept = await session.scalar(Statement("SELECT count(*) FROM links"))
            await session.execute(Statement("INSERT INTO notes (id) VALUES (?1)", (note,)))
        async with session.transaction():
            await session.execute(Statement("DELETE FROM notes"))
            return kept, await session.scalar(Statement("SELECT count(*) FROM links"))

    assert (1, 0) == database.run_now(rebuild)


def test_an_acknowledged_write_survives_a_killed_server(tmp_path: Path) -> None:
    """
    A process killed in the middle of its writes has kept every one that it acknowledged.
    """
    path = tmp_path / "data.db"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        acknowledged = [int(next(writer.stdout)) for _ in range(25)]
        writer.kill()
        acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]
    reopened = SQLite.open(DatabaseSettings(filename=path))
    kept = reopened.run_now(count)
    reopened.close()

    assert acknowledged[-1] <= kept <= acknowledged[-1] + 1


def test_the_standard_librarys_sqlite_stays_out() -> None:
    """
    Two SQLite libraries in one process would break each other's file locks.
    """
    program = "import sys, tessera.engine.drivers; print('sqlite3' in sys.modules)"

    printed = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout

    assert "False\n" == printed


def test_a_file_that_is_no_database_stops_the_start(tmp_path: Path) -> None:
    """
    What cannot be opened is a matter of configuration, said with the path.
    """
    (tmp_path / "data.db").write_text("this is a letter, not a database" * 100)

    with pytest.raises(ConfigurationError, match=r"data\.db cannot be opened"):
        SQLite.open(DatabaseSettings(filename=tmp_path / "data.db"))


@pytest.mark.parametrize(
    ("client", "words"),
    [("postgres", "comes with a later version"), ("mysql", "comes with a later version"), ("oracle", "Unknown")],
)
def test_other_databases_are_refused_clearly(tmp_path: Path, client: str, words: str) -> None:
    """
    A client that is not there yet, or never, stops the start with what to do.
    """
    with pytest.raises(ConfigurationError, match=words):
        open_database(DatabaseSettings(client=client, filename=tmp_path / "data.db"))

    assert not (tmp_path / "data.db").exists()
