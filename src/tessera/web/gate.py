"""Who is at work at the same time: requests with each other, and one that changes what is served alone."""

from __future__ import annotations

import asyncio
from collections import deque


class Gate:
    """
    Lets requests in, in the order in which they come; one that has to be alone waits until nobody is inside.

    Nothing is bound to an event loop while nobody waits.
    """

    def __init__(self) -> None:
        self._inside = 0
        self._is_held = False  # by one that is alone
        self._waiting: deque[tuple[asyncio.Future[None], bool]] = deque()

    async def enter(self, *, alone: bool = False) -> None:
        """Go in as soon as it is one's turn; whoever goes in has to leave."""
        if not self._waiting and self._is_open(alone=alone):
            self._let_in(alone=alone)
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((turn, alone))
        try:
            await turn
        except BaseException:
            if turn.done() and not turn.cancelled():
                self.leave(alone=alone)
            self._advance()
            raise

    def leave(self, *, alone: bool = False) -> None:
        """Go out, the same way as in."""
        self._inside -= 1
        self._is_held = self._is_held and not alone
        self._advance()

    def _is_open(self, *, alone: bool) -> bool:
        return not self._is_held and not (alone and self._inside)

    def _let_in(self, *, alone: bool) -> None:
        self._inside += 1
        self._is_held = alone

    def _advance(self) -> None:
        while self._waiting:
            turn, alone = self._waiting[0]
            if not turn.done() and not self._is_open(alone=alone):
                return
            self._waiting.popleft()
            if not turn.done():
                self._let_in(alone=alone)
                turn.set_result(None)
