"""Threads that do one piece of work after the other, handed to them at the least cost."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")


class Workers:
    """A few threads; the standard library's pool does the same for five times the processor time."""

    def __init__(self, count: int, name: str) -> None:
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._is_closed = False
        self._threads = [threading.Thread(target=self._serve, name=f"{name}-{n}", daemon=True) for n in range(count)]
        for thread in self._threads:
            thread.start()

    async def run(self, work: Callable[[], T]) -> T:
        """Do the work in one of the threads; whoever is cancelled meanwhile does not hear of its end."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[T] = loop.create_future()
        self._put(_Task(work, waiting, loop))
        return await waiting

    def run_now(self, work: Callable[[], T]) -> T:
        """Do the work in one of the threads and wait for it; for callers without an event loop."""
        waiting: Future[T] = Future()
        self._put(_Task(work, waiting, None))
        return waiting.result()

    def close(self) -> None:
        """Let running work finish; what waits for its turn is cancelled."""
        self._is_closed = True
        with suppress(Empty):
            while True:
                task = self._tasks.get_nowait()
                if task is not None:
                    task.cancel()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def _put(self, task: _Task) -> None:
        if self._is_closed:
            raise RuntimeError("the database is closed")
        self._tasks.put(task)

    def _serve(self) -> None:
        while (task := self._tasks.get()) is not None:
            task.run()
            del task  # what it returned is not kept until the next one comes


class _Task:
    """A piece of work, and who waits for it: in an event loop, or in another thread."""

    __slots__ = ("_loop", "_waiting", "_work")

    def __init__(
        self,
        work: Callable[[], Any],
        waiting: asyncio.Future[Any] | Future[Any],
        loop: asyncio.AbstractEventLoop | None,
    ) -> None:
        self._work = work
        self._waiting = waiting
        self._loop = loop

    def run(self) -> None:
        """Do the work and tell how it ended."""
        try:
            result = self._work()
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            self._tell(self._fail, error)
        else:
            self._tell(self._succeed, result)

    def cancel(self) -> None:
        """Tell that the work will not be done."""
        self._tell(self._call_off)

    def _tell(self, how: Callable[..., object], *ending: object) -> None:
        if self._loop is None:
            how(*ending)
            return
        try:
            self._loop.call_soon_threadsafe(how, *ending)
        except RuntimeError:
            if not self._loop.is_closed():  # there is nobody left to tell
                raise

    def _succeed(self, result: object) -> None:
        if not self._waiting.cancelled():
            self._waiting.set_result(result)

    def _fail(self, error: BaseException) -> None:
        if not self._waiting.cancelled():
            self._waiting.set_exception(error)

    def _call_off(self) -> None:
        self._waiting.cancel()
