"""What the read compiler needs to have written differently for each database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tessera.query.conditions import Operator
from tessera.schema.model import ColumnKind


class Dialect(Protocol):
    """The JSON constructs and comparisons of one database; all arguments are SQL unless they are named otherwise."""

    def quoted(self, name: str) -> str:
        """Return an identifier in quotes."""
        ...

    def parameter(self, number: int) -> str:
        """Return the mark of the n-th parameter, counted from one."""
        ...

    def scalar(self, kind: ColumnKind, column: str) -> str:
        """Return a column as it stands in an answer."""
        ...

    def constant(self, json_text: str) -> str:
        """Return a JSON text as a JSON value."""
        ...

    def json_object(self, pairs: Sequence[tuple[str, str]]) -> str:
        """Return an object of names and values, however many."""
        ...

    def without(self, json_object: str, dropped: Sequence[tuple[str, str]]) -> str:
        """Return an object without the names (second) whose condition (first) fails."""
        ...

    def json_list(self, item: str, source: str, when: str | None = None) -> str:
        """Return the list of an item for each row of a sorted source, or for some of them; an empty one is `[]`."""
        ...

    def nested(self, value: str) -> str:
        """Return a JSON value that was computed in a subquery, fit to stand in an object."""
        ...

    def encoded(self, json_value: str) -> str:
        """Return the finished JSON as bytes."""
        ...

    def json_text(self, column: str) -> str:
        """Return the text that a column holds as JSON."""
        ...

    def pages(self, total: str, size: int) -> str:
        """Return the number of pages of a size that hold so many entries."""
        ...

    def page_of(self, start: str, size: int) -> str:
        """Return the number of the page that begins at an offset, counted from one."""
        ...

    def compared(self, column: str, operator: Operator, operands: Sequence[str]) -> str:
        """Return a comparison; it is never true of a null."""
        ...

    def looked_up(self, column: str) -> str:
        """Return a column that is looked at in rows which something else has found, and not used to find them."""
        ...

    def same(self, left: str, right: str) -> str:
        """Return whether both are equal or both null."""
        ...

    def named(self, name: str, select: str) -> str:
        """Return a definition for the WITH clause that is worked out where it is used, for single rows."""
        ...

    def truth(self, condition: str) -> str:
        """Return whether a condition holds as 1 or 0, never null."""
        ...

    def picked(self, ids: str, table: str, alias: str) -> str:
        """Return the rows of a table under an alias whose ids a query lists, in its order."""
        ...

    def part(self, limit: str | None, start: str | None) -> str:
        """Return the clause that keeps part of the rows, with a space before it."""
        ...
