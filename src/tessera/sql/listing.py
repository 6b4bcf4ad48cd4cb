"""A list and the total that is told with it, which need not be counted again while nothing has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tessera.sql.reads import Bound
from tessera.sql.statement import Statement


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows were counted, and in which version of the content."""

    rows: int
    version: int


@dataclass(frozen=True, slots=True)
class Mark:
    """The row that stands at a place of a list in the order of ids, while its version is the present one."""

    place: int
    row: int


START: Final = Mark(0, 0)


class Listing:
    """
    The statements of one list, each made when it is first needed; threads may share it.

    Lists with equal `count` have the same total; one without a count tells none, and its statement answers the body
    alone. With a total the statement answers a body only while its version is the present one; without a total it
    answers `(body, total, version)`, where the version is null if nobody keeps count of all that matters.
    """

    __slots__ = ("_counting", "_known", "_make_counting", "_make_known", "count", "in_order", "start")

    def __init__(
        self,
        count: Statement | None,
        counting: Callable[[], Statement],
        known: Callable[[], Bound],
        *,
        start: int,
        in_order: bool,
    ) -> None:
        self.count = count
        self.start = start  # how many rows are left out before the page
        self.in_order = in_order  # of the rows' ids, as nobody has asked for another order
        self._make_counting = counting
        self._make_known = known
        self._counting: Statement | None = None
        self._known: Bound | None = None

    def counting(self) -> Statement:
        """Return the statement that counts, if there is anything to count."""
        if self._counting is None:
            self._counting = self._make_counting()
        return self._counting

    def with_total(self, total: Total, mark: Mark) -> Statement:
        """Return the statement of a list whose total is known, which begins to look at a mark."""
        if self._known is None:
            self._known = self._make_known()
        skipped = self.start - mark.place
        return self._known.statement(
            {"total": total.rows, "version": total.version, "first": mark.row, "skipped": skipped}
        )
