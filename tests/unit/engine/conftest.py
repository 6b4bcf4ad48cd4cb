"""A database of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tessera.engine.drivers.sqlite import SQLite
from tessera.engine.session import Session
from tessera.settings import DatabaseSettings
from tessera.sql.statement import Statement


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the database is."""
    return tmp_path / "below" / "data.db"


@pytest.fixture
def database(path: Path) -> Iterator[SQLite]:
    """Open a database with one table."""
    opened = SQLite.open(DatabaseSettings(filename=path))

    async def create(session: Session) -> None:
        async with session.transaction():
            await session.execute(Statement("CREATE TABLE notes (id integer primary key, text text)"))

    opened.run_now(create)
    yield opened
    opened.close()
