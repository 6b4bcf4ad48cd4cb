"""SQLite: one writer, a few readers, and the whole of a request in one hop to a thread."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, TypeVar

from tessera.engine.drivers.connection import Connection, connect
from tessera.engine.drivers.sqlite_session import SQLiteSession
from tessera.engine.drivers.workers import Workers
from tessera.engine.session import Session
from tessera.settings import DatabaseSettings

T = TypeVar("T")

READERS: Final = 4


class SQLite:
    """A SQLite file, opened for as long as the server runs; only this library may open it in this process."""

    def __init__(self, writer: Connection, readers: list[Connection]) -> None:
        self.trace: list[str] | None = None
        self._writer = writer
        self._turn = threading.Lock()  # whoever holds it may write
        self._readers = list(readers)  # taken from the end, so that the one with the warmest cache is used first
        self._connections = [*readers, writer]
        self._workers = Workers(len(readers), "sqlite")

    @classmethod
    def open(cls, settings: DatabaseSettings) -> SQLite:
        """Open the file, which is made if it is missing."""
        writer = connect(settings.filename, settings.synchronous, writes=True)
        readers = [connect(settings.filename, settings.synchronous, writes=False) for _ in range(READERS)]
        return cls(writer, readers)

    async def run(self, work: Callable[[Session], Awaitable[T]]) -> T:
        """Do the work in a thread, from its first statement to its last."""
        return await self._workers.run(partial(self._work, work))

    def run_now(self, work: Callable[[Session], Awaitable[T]]) -> T:
        """Do the work in a thread and wait for it; for callers without an event loop."""
        return self._workers.run_now(partial(self._work, work))

    def close(self) -> None:
        """Let running work finish, then close every connection, the writer's last so that it empties the log."""
        self._workers.close()
        for connection in self._connections:
            connection.close()

    def _work(self, work: Callable[[Session], Awaitable[T]]) -> T:
        reader = self._readers.pop()  # there are as many as threads
        session = SQLiteSession(reader, self._writer, self._turn, self.trace)
        try:
            return _finish(work, session)
        finally:
            session.end()
            self._readers.append(reader)


def _finish(work: Callable[[Session], Awaitable[T]], session: Session) -> T:
    """Run the work to its end; nothing that a session offers here suspends."""
    coroutine = _call(work, session)
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    coroutine.close()
    raise RuntimeError("on SQLite a unit of work may wait for nothing but its session")


async def _call(work: Callable[[Session], Awaitable[T]], session: Session) -> T:
    return await work(session)
