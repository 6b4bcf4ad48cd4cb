import asyncio
from typing import Any, cast

import orjson

from tessera.engine.session import Session
from tessera.engine.totals import Totals
from tessera.query.conditions import Slot
from tessera.sql.listing import Listing
from tessera.sql.reads import Bound
from tessera.sql.statement import Statement

COUNT = Statement("count", ())
NAMES = ("total", "version", "first", "skipped")
ROWS = [2 * place + 1 for place in range(100)]


class Table:
    """A session on rows with odd ids, which remembers what was bound of each list."""

    def __init__(self) -> None:
        self.version = 1
        self.asked: list[tuple[Any, ...]] = []

    async def row(self, statement: Statement) -> tuple[bytes, int, int]:
        """Count, and answer a page of two."""
        (start,) = statement.values
        self.asked.append(("counted", start))
        return self._page(cast("int", start)), len(ROWS), self.version

    async def scalar(self, statement: Statement) -> bytes | None:
        """Answer a page of two, if the version is the present one."""
        _, version, first, skipped = cast("tuple[int, int, int, int]", statement.values)
        self.asked.append((first, skipped))
        return None if version != self.version else self._page(sum(row < first for row in ROWS) + skipped)

    def _page(self, start: int) -> bytes:
        listed = [{"id": row} for row in ROWS[start : start + 2]]
        return orjson.dumps({"data": listed})


def listing(start: int, *, in_order: bool = True) -> Listing:
    """Return a list that begins at a place."""
    known = Bound("known", (None,) * 4, tuple((place, Slot(name)) for place, name in enumerate(NAMES)))
    return Listing(COUNT, lambda: Statement("counting", (start,)), lambda: known, start=start, in_order=in_order)


def ask(totals: Totals, table: Table, *starts: int, in_order: bool = True) -> list[bytes]:
    """Return the bodies of pages, one after the other."""
    session = cast("Session", table)
    return [asyncio.run(totals.body(session, listing(start, in_order=in_order))) for start in starts]


def test_a_page_begins_at_the_last_row_that_is_known_before_it() -> None:
    """
    Read page after page, a list never counts off more than a page; a page that was read before counts off nothing.
    """
    table = Table()

    bodies = ask(Totals(), table, 0, 10, 12, 14, 13, 12)

    assert [("counted", 0), (0, 10), (21, 2), (25, 2), (25, 1), (25, 0)] == table.asked
    assert bodies[2] == bodies[5]
    assert b'{"data":[{"id":25},{"id":27}]}' == bodies[2]


def test_what_is_known_of_rows_ends_with_the_version() -> None:
    """
    When content has changed, everything is counted off again.
    """
    table, totals = Table(), Totals()
    ask(totals, table, 0, 10)
    table.version = 2
    table.asked.clear()

    ask(totals, table, 12, 12)

    assert [(21, 2), ("counted", 12), (0, 12)] == table.asked


def test_a_list_in_another_order_has_no_marks() -> None:
    """
    Where somebody has asked for an order, ids say nothing of places.
    """
    table = Table()

    ask(Totals(), table, 0, 10, 12, in_order=False)

    assert [("counted", 0), (0, 10), (0, 12)] == table.asked


def test_an_empty_page_is_no_mark() -> None:
    """
    Beyond its end a list has no row to begin at.
    """
    table = Table()

    bodies = ask(Totals(), table, 0, 200, 202)

    assert [("counted", 0), (0, 200), (0, 202)] == table.asked
    assert [b'{"data":[]}'] * 2 == bodies[1:]
