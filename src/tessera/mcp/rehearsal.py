"""Dry runs: the same code at work in a transaction that is given up, so that what it would do is known for certain."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any, TypeVar

import orjson

from tessera.engine.session import Row, Session
from tessera.identity.context import RequestContext
from tessera.sql.statement import Statement

T = TypeVar("T")


class _GivenUp(Exception):  # noqa: N818 - not an error: only an exception ends a transaction without keeping it
    def __init__(self, result: Any) -> None:  # noqa: ANN401 - whatever the work returned
        self.result = result


class RehearsalSession:
    """A session whose transactions are parts of one that is open already."""

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
        """Go on in the transaction of the rehearsal; tables are never rebuilt in one."""
        if rebuilds:
            raise ValueError("tables are not rebuilt on trial")
        return _nothing()

    @property
    def statements(self) -> int:
        return self._session.statements


async def rehearsed(ctx: RequestContext, work: Callable[[RequestContext], Awaitable[T]]) -> T:
    """Do some work and leave no trace of it, neither in the database nor after the answer."""
    try:
        async with ctx.session.transaction():
            raise _GivenUp(await work(replace(ctx, session=RehearsalSession(ctx.session), after=[])))  # noqa: TRY301
    except _GivenUp as ending:
        done: T = ending.result
        return done


def with_difference(after: bytes, before: bytes | None) -> bytes:
    """Return the answer of a dry run, which tells what would become of each field of the document."""
    answer: dict[str, Any] = orjson.loads(after)
    old = (orjson.loads(before).get("data") or {}) if before else {}
    new = answer.get("data") or {}
    names = [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
    changes = {name: {"before": old.get(name), "after": new.get(name)} for name in names}
    return orjson.dumps({**answer, "dryRun": {"kept": False, "changes": changes}})


@asynccontextmanager
async def _nothing() -> AsyncIterator[None]:
    yield
