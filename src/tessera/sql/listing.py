"""A list and the total that is told with it, which need not be counted again while nothing has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tessera.sql.statement import Statement


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows were counted, and in which version of the content."""

    rows: int
    version: int


@dataclass(frozen=True, slots=True)
class Listing:
    """
    The statements of one list.

    Lists with equal `count` have the same total; one without a count tells none, and its statement answers the body
    alone. With a total the statement answers a body only while its version is the present one; without a total it
    answers `(body, total, version)`, where the version is null if nobody keeps count of all that matters.
    """

    count: Statement | None
    statement: Callable[[Total | None], Statement]
