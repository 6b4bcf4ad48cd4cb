"""How SQLite writes JSON and compares; needs the SQLite that apsw brings along (performance.md §8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tessera.query.conditions import Operator
from tessera.schema.model import ColumnKind

_MOST_PAIRS: Final = 60  # in one call of json_object; SQLite takes a hundred
_MOST_PATHS: Final = 100

_SCALARS: Final[Mapping[ColumnKind, str]] = {
    ColumnKind.BIGINT: "CAST({0} AS TEXT)",
    ColumnKind.BOOLEAN: "CASE {0} WHEN 1 THEN json('true') WHEN 0 THEN json('false') END",
    ColumnKind.DATETIME: "strftime('%Y-%m-%dT%H:%M:%fZ', {0} / 1000.0, 'unixepoch')",
    # JavaScript prints whole numbers without a fraction.
    ColumnKind.FLOAT: "CASE WHEN {0} = CAST({0} AS INTEGER) THEN CAST({0} AS INTEGER) ELSE {0} END",
    ColumnKind.DECIMAL: "CASE WHEN {0} = CAST({0} AS INTEGER) THEN CAST({0} AS INTEGER) ELSE {0} END",
    # The reference stores a plain string as it is, without quotes.
    ColumnKind.JSON: "CASE WHEN json_valid({0}) THEN json({0}) ELSE {0} END",
}

_COMPARISONS: Final[Mapping[Operator, str]] = {
    Operator.EQUAL_FOLDED: "LOWER({0}) = LOWER({1})",
    Operator.UNEQUAL_FOLDED: "LOWER({0}) <> LOWER({1})",
    Operator.BETWEEN: "{0} BETWEEN {1} AND {2}",
    Operator.NOT_BETWEEN: "{0} NOT BETWEEN {1} AND {2}",
    Operator.LIKE: "{0} LIKE {1} ESCAPE '\\'",
    Operator.UNLIKE: "{0} NOT LIKE {1} ESCAPE '\\'",
    Operator.LIKE_FOLDED: "LOWER({0}) LIKE LOWER({1}) ESCAPE '\\'",
    Operator.UNLIKE_FOLDED: "LOWER({0}) NOT LIKE LOWER({1}) ESCAPE '\\'",
}


class SQLite:
    """SQLite 3.50 or newer."""

    def quoted(self, name: str) -> str:
        """Return an identifier in quotes."""
        return '"' + name.replace('"', '""') + '"'

    def parameter(self, number: int) -> str:
        """Return `?1`, `?2` and so on."""
        return f"?{number}"

    def scalar(self, kind: ColumnKind, column: str) -> str:
        """Return a column as it stands in an answer."""
        return _SCALARS.get(kind, "{0}").format(column)

    def constant(self, json_text: str) -> str:
        """Return a JSON text as a JSON value."""
        return f"json({_literal(json_text)})"

    def json_object(self, pairs: Sequence[tuple[str, str]]) -> str:
        """Return an object of names and values, however many."""
        head = ", ".join(f"{_literal(name)}, {value}" for name, value in pairs[:_MOST_PAIRS])
        written = f"json_object({head})"
        for at in range(_MOST_PAIRS, len(pairs), _MOST_PAIRS):
            more = ", ".join(f"{_path(name)}, {value}" for name, value in pairs[at : at + _MOST_PAIRS])
            written = f"json_insert({written}, {more})"
        return written

    def without(self, json_object: str, dropped: Sequence[tuple[str, str]]) -> str:
        """Return an object without the names (second) whose condition (first) fails."""
        for at in range(0, len(dropped), _MOST_PATHS):
            paths = (
                f"CASE WHEN {condition} THEN '$.\"\"' ELSE {_path(name)} END"
                for condition, name in dropped[at : at + _MOST_PATHS]
            )
            json_object = f"json_remove({json_object}, {', '.join(paths)})"
        return json_object

    def json_list(self, item: str, source: str, when: str | None = None) -> str:
        """Return the list of an item for each row of a sorted source; SQLite keeps the order of a subquery here."""
        some = "" if when is None else f" FILTER (WHERE {when})"
        return f"json((SELECT json_group_array({item}){some} FROM {source}))"

    def nested(self, value: str) -> str:
        """Return a value of a subquery as JSON: the mark that it is JSON is lost on the way out."""
        return f"json({value})"

    def encoded(self, json_value: str) -> str:
        """Return the finished JSON as bytes, which saves decoding and encoding it."""
        return f"CAST({json_value} AS BLOB)"

    def json_text(self, column: str) -> str:
        """Return the text that a column holds as JSON."""
        return f"{column} ->> '$'"

    def pages(self, total: str, size: int) -> str:
        """Return the number of pages of a size that hold so many entries."""
        return f"({total} + {size - 1}) / {size}"

    def page_of(self, start: str, size: int) -> str:
        """Return the number of the page that begins at an offset, counted from one."""
        return f"{start} / {size} + 1"

    def compared(self, column: str, operator: Operator, operands: Sequence[str]) -> str:
        """Return a comparison; it is never true of a null."""
        if operator in (Operator.IN, Operator.NOT_IN):
            return f"{column} {operator.value} ({', '.join(operands)})"
        written = _COMPARISONS.get(operator)
        return written.format(column, *operands) if written else f"{column} {operator.value} {operands[0]}"

    def looked_up(self, column: str) -> str:
        """Return a column behind a plus sign, for which SQLite uses no index."""
        return f"+{column}"

    def same(self, left: str, right: str) -> str:
        """Return whether both are equal or both null."""
        return f"{left} IS {right}"

    def named(self, name: str, select: str) -> str:
        """Return a definition for the WITH clause that is worked out where it is used, for single rows."""
        return f"{name} AS NOT MATERIALIZED ({select})"

    def truth(self, condition: str) -> str:
        """Return whether a condition holds as 1 or 0, never null."""
        return f"coalesce({condition}, 0)"

    def picked(self, ids: str, table: str, alias: str) -> str:
        """Return the rows of a table whose ids a query lists; SQLite takes a CROSS JOIN from left to right."""
        return f"({ids}) p{alias} CROSS JOIN {table} {alias} ON {alias}.id = p{alias}.id"

    def part(self, limit: str | None, start: str | None) -> str:
        """Return the clause that keeps part of the rows; SQLite takes no offset without a limit."""
        if limit is None and start is None:
            return ""
        return f" LIMIT {limit or -1}" + (f" OFFSET {start}" if start is not None else "")


SQLITE: Final = SQLite()


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _path(name: str) -> str:
    return _literal(f'$."{name}"')
