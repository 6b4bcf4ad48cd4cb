"""SQLite: one writer, a few readers, and the whole of a request in one hop to a thread."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, TypeVar

import apsw

from tessera.engine.drivers.connection import Connection, connect
from tessera.engine.drivers.pace import Pace, Stopwatch, TooLongError
from tessera.engine.drivers.sqlite_session import ShortReading, SQLiteSession
from tessera.engine.drivers.workers import Workers
from tessera.engine.session import Session
from tessera.settings import DatabaseSettings

T = TypeVar("T")

READERS: Final = 4
_CHECKED: Final = 1000  # steps of SQLite's machine, after which it is asked whether reading is still short


class SQLite:
    """A SQLite file, opened for as long as the server runs; only this library may open it in this process."""

    def __init__(self, writer: Connection, readers: list[Connection], near: Connection) -> None:
        self.trace: list[str] | None = None
        self._writer = writer
        self._near = near  # the reader that no thread has: for what is read where it is asked for
        self._near_turn = threading.Lock()
        self._stopwatch = Stopwatch()
        near.set_progress_handler(self._stopwatch.is_over, _CHECKED)
        self._turn = threading.Lock()  # whoever holds it may write
        self._readers = list(readers)  # taken from the end, so that the one with the warmest cache is used first
        self._connections = [*readers, near, writer]
        self._workers = Workers(len(readers), "sqlite")

    @classmethod
    def open(cls, settings: DatabaseSettings) -> SQLite:
        """Open the file, which is made if it is missing."""
        writer = connect(settings.filename, settings.synchronous, writes=True)
        near, *readers = (connect(settings.filename, settings.synchronous, writes=False) for _ in range(READERS + 1))
        return cls(writer, readers, near)

    async def run(self, work: Callable[[Session], Awaitable[T]], pace: Pace | None = None) -> T:
        """Do the work in a thread, from its first statement to its last; short reading at once."""
        if pace is not None and pace.is_short and self._near_turn.acquire(blocking=False):
            try:
                return self._at_once(work, pace)
            except TooLongError:
                pace.note(was_short=False)
            finally:
                self._near_turn.release()
        return await self._workers.run(partial(self._work, work))

    def run_now(self, work: Callable[[Session], Awaitable[T]]) -> T:
        """Do the work in a thread and wait for it; for callers without an event loop."""
        return self._workers.run_now(partial(self._work, work))

    def close(self) -> None:
        """Let running work finish, then close every connection, the writer's last so that it empties the log."""
        self._workers.close()
        for connection in self._connections:
            connection.close()

    def _at_once(self, work: Callable[[Session], Awaitable[T]], pace: Pace) -> T:
        """Do short reading; raises a TooLongError when it is something else, and then has left no trace."""
        session = ShortReading(self._near, self._writer, self._turn, self.trace)
        traced = len(self.trace or ())
        self._stopwatch.start()
        try:
            result = _finish(work, session)
        except (apsw.InterruptError, TooLongError):
            if self.trace is not None:
                del self.trace[traced:]
            raise TooLongError from None
        finally:
            was_short = self._stopwatch.stop()
            session.end()
        pace.note(was_short=was_short)
        return result

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
