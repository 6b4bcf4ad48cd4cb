"""A session: one unit of work on the database, as use cases see it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from tessera.sql.statement import Statement

Row = tuple[Any, ...]  # columns as the driver gives them


class Session(Protocol):
    """
    What a use case may do with the database.

    On SQLite every method finishes without suspending, so a whole request runs in one hop to a worker thread; on
    PostgreSQL they await the network. Outside `transaction` only reads are allowed.
    """

    async def rows(self, statement: Statement) -> list[Row]:
        """Return all rows."""
        ...

    async def row(self, statement: Statement) -> Row | None:
        """Return the first row, or None."""
        ...

    async def scalar(self, statement: Statement) -> Any:  # noqa: ANN401 - one column as the driver gives it
        """Return the first column of the first row, or None."""
        ...

    async def execute(self, statement: Statement) -> int:
        """Run a write and return the number of rows it changed."""
        ...

    async def execute_all(self, statements: tuple[Statement, ...]) -> None:
        """Run several writes in order."""
        ...

    async def insert(self, statement: Statement) -> int:
        """Run an `INSERT … RETURNING id` and return the id."""
        ...

    def transaction(self, *, rebuilds: bool = False) -> AbstractAsyncContextManager[None]:
        """
        Open a write transaction: all of its writes are kept, or none.

        Only use cases open one; a second one inside is an error. With `rebuilds` foreign keys are not enforced until
        its end, so that tables can be made anew; the synchroniser asks for it, and checks them itself.
        """
        ...

    @property
    def statements(self) -> int:
        """Return how many statements this session has run; tests hold them against a budget."""
        ...
