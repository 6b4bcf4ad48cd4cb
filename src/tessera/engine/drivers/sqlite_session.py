"""A session on SQLite: reads see one snapshot, writes happen in one transaction on the only writer."""

from __future__ import annotations

import threading
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Any

import apsw

from tessera.engine.drivers.connection import Connection
from tessera.engine.drivers.pace import TooLongError
from tessera.engine.session import Row
from tessera.errors import UnavailableError, ValidationError
from tessera.sql.statement import Statement


class SQLiteSession:
    """One unit of work. No method suspends, so it never leaves its thread."""

    __slots__ = ("_connection", "_reader", "_statements", "_trace", "_turn", "_writer")

    def __init__(self, reader: Connection, writer: Connection, turn: threading.Lock, trace: list[str] | None) -> None:
        self._reader = reader
        self._writer = writer
        self._turn = turn
        self._trace = trace
        self._statements = 0
        self._connection: Connection | None = None  # the one with an open transaction

    @property
    def statements(self) -> int:
        """Return how many statements this session has run, without BEGIN and COMMIT."""
        return self._statements

    async def rows(self, statement: Statement) -> list[Row]:
        """Return all rows."""
        return self._run(self._connection or self._snapshot(), statement).fetchall()

    async def row(self, statement: Statement) -> Row | None:
        """Return the first row, or None."""
        return self._run(self._connection or self._snapshot(), statement).fetchone()

    async def scalar(self, statement: Statement) -> Any:  # noqa: ANN401 - one column as the driver gives it
        """Return the first column of the first row, or None."""
        row = self._run(self._connection or self._snapshot(), statement).fetchone()
        return None if row is None else row[0]

    async def execute(self, statement: Statement) -> int:
        """Run a write and return the number of rows it changed."""
        writer = self._writing()
        before = writer.total_changes()
        self._run(writer, statement).fetchall()
        # SQLite repeats the last count after a statement that changes no rows at all, such as CREATE TABLE.
        return writer.changes() if writer.total_changes() != before else 0

    async def execute_all(self, statements: tuple[Statement, ...]) -> None:
        """Run several writes in order."""
        writer = self._writing()
        for statement in statements:
            self._run(writer, statement).fetchall()

    async def insert(self, statement: Statement) -> int:
        """Run an `INSERT … RETURNING id` and return the id."""
        made: list[Row] = self._run(self._writing(), statement).fetchall()
        row_id: int = made[0][0]
        return row_id

    def transaction(self, *, rebuilds: bool = False) -> AbstractAsyncContextManager[None]:
        """Open a write transaction: all of its writes are kept, or none."""
        return _Transaction(self, rebuilds=rebuilds)

    def begin(self, *, rebuilds: bool) -> None:
        """Wait for the turn to write. The snapshot ends first: what the transaction reads is the newest state."""
        if self._connection is self._writer:
            raise RuntimeError("a transaction is open already")
        self.end()
        self._turn.acquire()
        try:
            if rebuilds:
                self._writer.begin_rebuilding()
            else:
                self._writer.begin("BEGIN IMMEDIATE")
        except apsw.BusyError as error:
            self._give_up_turn(rebuilds=rebuilds)
            raise UnavailableError("The database is busy, please try again later.") from error
        except apsw.ReadOnlyError as error:
            self._give_up_turn(rebuilds=rebuilds)
            raise UnavailableError("The database can be read, but not written.") from error
        except BaseException:
            self._give_up_turn(rebuilds=rebuilds)
            raise
        self._connection = self._writer

    def finish(self, *, keep: bool, rebuilds: bool) -> None:
        """Keep the writes of the open transaction, or undo them; the turn is given up whatever happens."""
        try:
            if keep:
                self._writer.execute("COMMIT")
        finally:
            # SQLite has undone everything itself after some failures, such as a full disk.
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            self._connection = None
            self._give_up_turn(rebuilds=rebuilds)

    def end(self) -> None:
        """End the snapshot, if there is one; the next read begins another."""
        if self._connection is self._reader:
            self._connection = None
        if self._reader.in_transaction:  # perhaps broken off while it began
            self._reader.execute("COMMIT")

    def _give_up_turn(self, *, rebuilds: bool) -> None:
        if rebuilds:
            self._writer.pragma("foreign_keys", 1)
        self._turn.release()

    def _snapshot(self) -> Connection:
        self._reader.begin("BEGIN")
        self._connection = self._reader
        return self._reader

    def _writing(self) -> Connection:
        if self._connection is not self._writer:
            raise RuntimeError("a write needs an open transaction")
        return self._writer

    def _run(self, connection: Connection, statement: Statement) -> apsw.Cursor:
        self._statements += 1
        if self._trace is not None:
            self._trace.append(statement.text)
        try:
            return connection.run(statement)
        except (OverflowError, UnicodeEncodeError) as error:
            raise ValidationError("A value is beyond what the database can hold") from error


class ShortReading(SQLiteSession):
    """A session in the thread of the event loop, which never waits for its turn to write."""

    __slots__ = ()

    def transaction(self, *, rebuilds: bool = False) -> AbstractAsyncContextManager[None]:
        """Leave the work to a thread."""
        raise TooLongError


class _Transaction(AbstractAsyncContextManager[None]):
    """The `async with` of a transaction; never suspends."""

    __slots__ = ("_rebuilds", "_session")

    def __init__(self, session: SQLiteSession, *, rebuilds: bool) -> None:
        self._session = session
        self._rebuilds = rebuilds

    async def __aenter__(self) -> None:
        self._session.begin(rebuilds=self._rebuilds)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.finish(keep=kind is None, rebuilds=self._rebuilds)
