"""The totals of lists, kept for as long as nothing that was counted has changed."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from threading import Lock
from typing import Final

from tessera.engine.session import Session
from tessera.shelf import Shelf
from tessera.sql.listing import START, Listing, Mark, Total
from tessera.sql.statement import Statement

KEPT: Final = 4096
_MARKS: Final = 256  # of each list
_FIRST_ROW: Final = re.compile(rb'\{"(?:data|results)":\[\{"id":([0-9]+)[,}]')


class Totals:
    """
    Remembers totals by what was counted. Each use proves them: the statement of the list looks at the version itself.

    With a total it remembers rows that pages began with, so that a page far down the list costs no more than the
    first. Only for sessions without an open transaction, in which rows change before their version does.
    """

    def __init__(self, size: int = KEPT) -> None:
        self._known: Shelf[_Counted] = Shelf(size)

    async def body(self, session: Session, listing: Listing) -> bytes:
        """Return the body of a list, by one statement, or by two where the total had changed."""
        known = None if listing.count is None else self._known.find(listing.count)
        if known is not None:
            mark = known.before(listing.start) if listing.in_order else START
            body: bytes | None = await session.scalar(listing.with_total(known.total, mark))
            if body is not None:
                if listing.in_order and mark.place != listing.start:
                    known.note(listing.start, body)
                return body
        return await self._counted(session, listing.counting(), listing.count)

    async def _counted(self, session: Session, statement: Statement, count: Statement | None) -> bytes:
        row = await session.row(statement)
        if row is None:
            raise LookupError("a list is always answered")
        body: bytes = row[0]
        if count is not None and row[2] is not None:
            self._known.put(count, _Counted(Total(row[1], row[2])))
        return body


class _Counted:
    """A total, and what is known of the order of the rows that were counted."""

    __slots__ = ("_lock", "_places", "_rows", "total")

    def __init__(self, total: Total) -> None:
        self.total = total
        self._lock = Lock()
        self._places: list[int] = []  # in order
        self._rows: dict[int, int] = {}  # by place

    def before(self, place: int) -> Mark:
        """Return the last known row that does not come after a place."""
        at = bisect_right(self._places, place)
        return Mark(self._places[at - 1], self._rows[self._places[at - 1]]) if at else START

    def note(self, place: int, body: bytes) -> None:
        """Remember the row that a page begins with."""
        found = _FIRST_ROW.match(body)
        with self._lock:
            if found is not None and place not in self._rows and len(self._places) < _MARKS:
                self._rows[place] = int(found[1])
                insort(self._places, place)
