"""SQLite connections as this server wants them: durable, strict and small."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import apsw

from tessera.engine.drivers.long_statements import KEPT_BY_DRIVER, LongStatements
from tessera.errors import ConfigurationError
from tessera.sql.statement import Statement

BUSY_TIMEOUT: Final = 5_000  # milliseconds that a writer waits for a writer of another process
PREPARED: Final = 256  # statements that each connection keeps prepared
CACHE: Final = 4 * 1024  # kibibytes of pages that each connection may keep
LONGEST_LOG: Final = 64 * 1024 * 1024  # bytes that the write-ahead log keeps after a burst of writes


class Connection(apsw.Connection):
    """A connection on which statements of any length stay prepared."""

    def __init__(self, path: Path, *, writes: bool) -> None:
        super().__init__(str(path), statementcachesize=PREPARED)
        self._long = LongStatements(self, only_reads=not writes)

    def run(self, statement: Statement) -> apsw.Cursor:
        """Run a statement; of one with several rows, fetch them before the next one is run."""
        if len(statement.text) > KEPT_BY_DRIVER:
            return self._long.run(statement)
        return self.execute(statement.text, statement.values)

    def begin(self, how: str) -> None:
        """Begin a transaction."""
        self._long.make_wanted()
        self.execute(how)

    def begin_rebuilding(self) -> None:
        """Begin a transaction that may change tables in any way."""
        self._long.drop_all()
        self.pragma("foreign_keys", 0)  # SQLite ignores this within a transaction
        self.execute("BEGIN IMMEDIATE")


def connect(path: Path, synchronous: str, *, writes: bool) -> Connection:
    """Open one connection; the writer's also turns the file to write-ahead logging."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = Connection(path, writes=writes)
        _configure(connection, synchronous, writes=writes)
    except (apsw.Error, OSError) as error:
        raise ConfigurationError(f"The database {path} cannot be opened: {error}") from error
    return connection


def _configure(connection: apsw.Connection, synchronous: str, *, writes: bool) -> None:
    connection.set_busy_timeout(BUSY_TIMEOUT)
    # Without it, statistics that somebody else's ANALYZE left make every statement be planned again at each use.
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
    # A misspelt column in double quotes is an error and not a text.
    connection.config(apsw.SQLITE_DBCONFIG_DQS_DML, 0)
    connection.pragma("foreign_keys", 1)
    connection.pragma("cache_size", -CACHE)
    connection.pragma("mmap_size", 0)  # mapped pages would count as memory, once for each connection
    connection.pragma("synchronous", synchronous)
    if writes:
        mode = connection.pragma("journal_mode", "wal")
        if mode != "wal":
            raise ConfigurationError(f"The database cannot use write-ahead logging here (it stays with {mode}).")
        connection.pragma("journal_size_limit", LONGEST_LOG)
    else:
        connection.pragma("query_only", 1)
