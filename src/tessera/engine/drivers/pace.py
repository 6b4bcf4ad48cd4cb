"""
Short reading, which is done where it is asked for: the hop to a thread costs more than many a question.

Whether a kind of reading is short is learnt by trying. What turns out to be long is broken off, so that it holds up
nobody, and done again in a thread; the kind is then left to the threads for a while, longer each time.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

WORK: Final = 0.001  # seconds of processor time that short reading takes at most
WAIT: Final = 0.02  # seconds by the clock, in which it may also wait for the disk
_FIRST_REST: Final = 16
_LONGEST_REST: Final = 1024
_KINDS: Final = 1024


class TooLongError(BaseException):
    """The work is not short reading; nothing has happened yet. Nobody but the driver may catch it."""


class Pace:
    """What is known of one kind of reading."""

    __slots__ = ("_next_rest", "_rest")

    def __init__(self) -> None:
        self._rest = 0  # how often it is left to the threads before it is tried again
        self._next_rest = _FIRST_REST

    @property
    def is_short(self) -> bool:
        """Tell whether it is worth trying; asking counts."""
        if self._rest:
            self._rest -= 1
            return False
        return True

    def note(self, *, was_short: bool) -> None:
        """Learn from a try."""
        if was_short:
            self._next_rest = max(_FIRST_REST, self._next_rest - 1)
        else:
            self._rest, self._next_rest = self._next_rest, min(2 * self._next_rest, _LONGEST_REST)


class Paces:
    """The paces of the kinds of reading that were asked for last; for one thread."""

    def __init__(self, kinds: int = _KINDS) -> None:
        self._kinds = kinds
        self._known: OrderedDict[Hashable, Pace] = OrderedDict()

    def of(self, kind: Hashable) -> Pace:
        """Return what is known of a kind."""
        pace = self._known.get(kind)
        if pace is None:
            pace = self._known[kind] = Pace()
            if len(self._known) > self._kinds:
                self._known.popitem(last=False)
        return pace


class Stopwatch:
    """Tells whether the reading at hand is still short; it is asked while a statement runs."""

    __slots__ = ("_until", "_worked")

    def __init__(self) -> None:
        self._worked = self._until = math.inf

    def start(self) -> None:
        """Begin to measure."""
        self._worked, self._until = time.thread_time() + WORK, time.perf_counter() + WAIT

    def stop(self) -> bool:
        """Tell whether it was short to its end, and let what follows take its time."""
        was_short = not self.is_over()
        self._worked = self._until = math.inf
        return was_short

    def is_over(self) -> bool:
        """Tell whether it has become long."""
        return time.thread_time() > self._worked or time.perf_counter() > self._until
