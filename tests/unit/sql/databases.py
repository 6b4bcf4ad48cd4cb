"""Databases for tests: a file of their own, opened as the server opens it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tessera.engine.drivers.sqlite import SQLite
from tessera.engine.migrate import synchronise
from tessera.engine.session import Row, Session
from tessera.engine.sync_report import SyncReport
from tessera.schema.model import Schema
from tessera.settings.database import DatabaseSettings
from tessera.sql.statement import Statement

NOW = 1_750_000_000_000


class FrozenClock:
    """A clock that stands still."""

    def now(self) -> int:
        """Return always the same moment."""
        return NOW


class Database:
    """A database and what tests ask it."""

    def __init__(self, driver: SQLite) -> None:
        self.driver = driver

    def synchronise(self, schema: Schema, *, drops: bool = True) -> SyncReport:
        """Make the database fit a schema."""

        async def work(session: Session) -> SyncReport:
            return await synchronise(session, schema, FrozenClock(), drops=drops)

        return self.driver.run_now(work)

    def rows(self, text: str, *values: Any) -> list[Row]:  # noqa: ANN401 - values of any column
        """Return the rows of a query."""

        async def work(session: Session) -> list[Row]:
            return await session.rows(Statement(text, values))

        return self.driver.run_now(work)

    def insert(self, table: str, **values: Any) -> int:  # noqa: ANN401 - values of any column
        """Insert a row and return its id."""
        names = ", ".join(f'"{name}"' for name in values)
        places = ", ".join(f"?{index}" for index in range(1, len(values) + 1))
        text = f'INSERT INTO "{table}" ({names}) VALUES ({places}) RETURNING id'  # noqa: S608 - names of the test

        async def work(session: Session) -> int:
            async with session.transaction():
                return await session.insert(Statement(text, tuple(values.values())))

        return self.driver.run_now(work)

    def write(self, *texts: str) -> None:
        """Run statements in one transaction."""

        async def work(session: Session) -> None:
            async with session.transaction():
                await session.execute_all(tuple(Statement(text) for text in texts))

        self.driver.run_now(work)


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """Open a database file, which is made if it is missing, and close it in the end."""
    driver = SQLite.open(DatabaseSettings(filename=path))
    try:
        yield Database(driver)
    finally:
        driver.close()
