"""What a driver is: the one object that holds connections to the database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from tessera.engine.drivers.pace import Pace
from tessera.engine.session import Session

T = TypeVar("T")


class Driver(Protocol):
    """Runs units of work against one database."""

    trace: list[str] | None  # tests put a list here to see the text of every statement

    async def run(self, work: Callable[[Session], Awaitable[T]], pace: Pace | None = None) -> T:
        """
        Give the work a session of its own and return what it returns.

        Work with a `pace` only reads and may be begun twice: a driver can try whether it is short.
        """
        ...

    def run_now(self, work: Callable[[Session], Awaitable[T]]) -> T:
        """Do the same for callers without an event loop: commands and the start."""
        ...

    def close(self) -> None:
        """Let running work finish and close every connection."""
        ...
