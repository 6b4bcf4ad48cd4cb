"""Who is at work at the same time: requests with each other, and one that changes what is served alone."""

from __future__ import annotations

import asyncio


class Gate:
    """
    Lets requests in; one that has to be alone waits for those inside, and those that come meanwhile wait for it.

    Nothing is bound to an event loop while nobody waits.
    """

    def __init__(self) -> None:
        self._inside = 0
        self._is_held = False
        self._waiting: list[asyncio.Future[None]] = []

    async def enter(self, *, alone: bool = False) -> None:
        """Go in as soon as that is possible; whoever goes in has to leave."""
        while self._is_held:
            await self._change()
        if alone:
            self._is_held = True
            await self._until_empty()
        self._inside += 1

    def leave(self, *, alone: bool = False) -> None:
        """Go out, the same way as in."""
        self._inside -= 1
        self._is_held = self._is_held and not alone
        self._wake()

    async def _until_empty(self) -> None:
        try:
            while self._inside:
                await self._change()
        except BaseException:
            self._is_held = False
            self._wake()
            raise

    async def _change(self) -> None:
        change = asyncio.get_running_loop().create_future()
        self._waiting.append(change)
        await change

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for change in waiting:
            if not change.done():
                change.set_result(None)
