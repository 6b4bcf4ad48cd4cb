"""
Statements that are too long for the driver to keep prepared.

Preparing such a statement costs twenty times as much as running it, and the driver keeps none that is longer than 16
kilobytes. So each becomes a temporary view once it has been seen twice, and what is run is a short statement on the
view. A view takes no parameters; a function of the connection stands for them.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import apsw

from tessera.sql.statement import Statement, Value

KEPT_BY_DRIVER: Final = 16_000  # characters; the driver counts 16,384 bytes
VIEWS: Final = 32  # that a connection keeps; one takes a few hundred kilobytes when it is prepared
_LONGEST: Final = 500_000  # characters of what becomes a view; SQLite takes a million bytes
_SEEN: Final = 128
_READING: Final = ("SELECT ", "WITH ")
_FUNCTION: Final = "tessera_value"
_PARAMETER: Final = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\?(\d+)""")
_NO_VALUES: Final[tuple[Value, ...]] = ()


class LongStatements:
    """The long statements of one connection, which only one thread uses at a time."""

    __slots__ = ("_connection", "_made", "_only_reads", "_seen", "_values", "_views", "_wanted")

    def __init__(self, connection: apsw.Connection, *, only_reads: bool) -> None:
        self._connection = connection
        self._only_reads = only_reads
        self._values = _NO_VALUES
        self._views: OrderedDict[str, str] = OrderedDict()
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._wanted: list[str] = []
        self._made = 0
        connection.create_scalar_function(_FUNCTION, self._value, 1, deterministic=True)

    def run(self, statement: Statement) -> apsw.Cursor:
        """Run a statement, by its view if it has one."""
        view = self._views.get(statement.text)
        if view is None:
            self._note(statement.text)
            return self._connection.execute(statement.text, statement.values)
        self._views.move_to_end(statement.text)
        self._values = statement.values
        return self._connection.execute(f"SELECT * FROM temp.{view}")

    def make_wanted(self) -> None:
        """Make the views that statements were found to need; call it while no transaction is open."""
        if self._wanted:
            wanted, self._wanted = self._wanted, []
            with self._changing():
                for text in wanted:
                    self._make(text)

    def drop_all(self) -> None:
        """Forget every view, since SQLite changes no table that a view would not fit any more."""
        if self._views:
            with self._changing():
                while self._views:
                    self._drop()

    def _value(self, *numbers: apsw.SQLiteValue) -> apsw.SQLiteValue:
        return self._values[int(str(numbers[0])) - 1]

    def _note(self, text: str) -> None:
        """Remember a text that was run; what comes again is wanted as a view."""
        if text in self._seen:
            del self._seen[text]
            if text.startswith(_READING) and len(text) <= _LONGEST:
                self._wanted.append(text)
            return
        self._seen[text] = None
        if len(self._seen) > _SEEN:
            self._seen.popitem(last=False)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Change temporary views, which counts as writing."""
        if self._only_reads:
            self._connection.pragma("query_only", 0)
        try:
            yield
        finally:
            if self._only_reads:
                self._connection.pragma("query_only", 1)

    def _make(self, text: str) -> None:
        self._made += 1
        name = f"long_{self._made}"
        try:
            self._connection.execute(f"CREATE TEMP VIEW {name} AS {_without_parameters(text)}")
        except apsw.SQLError:
            return  # It begins like a question and writes, so it is run as it is.
        self._views[text] = name
        if len(self._views) > VIEWS:
            self._drop()

    def _drop(self) -> None:
        _, name = self._views.popitem(last=False)
        self._connection.execute(f"DROP VIEW temp.{name}")


def _without_parameters(text: str) -> str:
    return _PARAMETER.sub(lambda found: f"{_FUNCTION}({found[1]})" if found[1] else found[0], text)
