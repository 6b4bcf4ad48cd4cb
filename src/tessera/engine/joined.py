"""A session whose use cases all take part in one transaction, so that many of them happen or none."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

from tessera.engine.session import Row, Session
from tessera.sql.statement import Statement


class Joined:
    """The session of a transaction that is open already; the transactions of use cases are part of it."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def rows(self, statement: Statement) -> list[Row]:
        return await self._session.rows(statement)

    async def row(self, statement: Statement) -> Row | None:
        return await self._session.row(statement)

    async def scalar(self, statement: Statement) -> Any:  # noqa: ANN401 - one column as the driver gives it
        return await self._session.scalar(statement)

    async def execute(self, statement: Statement) -> int:
        return await self._session.execute(statement)

    async def execute_all(self, statements: tuple[Statement, ...]) -> None:
        await self._session.execute_all(statements)

    async def insert(self, statement: Statement) -> int:
        return await self._session.insert(statement)

    def transaction(self, *, rebuilds: bool = False) -> AbstractAsyncContextManager[None]:
        """Return nothing to wait for: the outer transaction decides what is kept."""
        if rebuilds:
            raise RuntimeError("tables are not rebuilt within another transaction")
        return nullcontext()

    @property
    def statements(self) -> int:
        return self._session.statements
