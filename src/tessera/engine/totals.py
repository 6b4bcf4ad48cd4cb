"""The totals of lists, kept for as long as nothing that was counted has changed."""

from __future__ import annotations

from typing import Final

from tessera.engine.session import Session
from tessera.sql.listing import Listing, Total
from tessera.sql.shelf import Shelf
from tessera.sql.statement import Statement

KEPT: Final = 4096


class Totals:
    """
    Remembers totals by what was counted. Each use proves them: the statement of the list looks at the version itself.

    Only for sessions without an open transaction, in which rows change before their version does.
    """

    def __init__(self, size: int = KEPT) -> None:
        self._known: Shelf[Total] = Shelf(size)

    async def body(self, session: Session, listing: Listing) -> bytes:
        """Return the body of a list, by one statement, or by two where the total had changed."""
        count = listing.count
        known = None if count is None else self._known.find(count)
        if known is not None:
            body: bytes | None = await session.scalar(listing.statement(known))
            if body is not None:
                return body
        return await self._counted(session, listing.statement(None), count)

    async def _counted(self, session: Session, statement: Statement, count: Statement | None) -> bytes:
        row = await session.row(statement)
        if row is None:
            raise LookupError("a list is always answered")
        body: bytes = row[0]
        if count is not None and row[2] is not None:
            self._known.put(count, Total(row[1], row[2]))
        return body
