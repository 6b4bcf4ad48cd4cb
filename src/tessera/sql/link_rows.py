"""
Rows of tables of links, as one attribute sees them.

What is linked is named by a pair of the type, where the table tells one for each row, and the id of the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tessera.query.held import RowKey
from tessera.schema import naming
from tessera.schema.model import ContentType, Media, Model, Relation, RelationKind, Schema
from tessera.schema.naming import LinkTable
from tessera.sql.batches import MOST_PARAMETERS, marks, update_rows
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import quote

_TAKES_OVER: Final = (RelationKind.ONE_TO_ONE, RelationKind.ONE_TO_MANY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The links of one attribute: the table, and what tells its rows from those of other attributes."""

    table: LinkTable
    holder: Model
    target: str | None  # None: of several types, which each row tells
    single: bool
    takes_over: bool  # an entry belongs to one holder at most

    @property
    def typed(self) -> bool:
        """Tell whether each row says of which type the other side is."""
        return self.table.type_column is not None and self.table.field_value is None

    def fixed(self) -> dict[str, Value]:
        """Return the columns that are the same in all rows of the attribute."""
        if self.table.type_column is None or self.table.field_column is None:
            return {}
        if self.typed:
            return {self.table.field_column: None}
        return {self.table.type_column: self.holder.uid, self.table.field_column: self.table.field_value}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """A link to be made, and its place in the holder's list."""

    own: int
    other: RowKey
    order: float


def links_of(schema: Schema, holder: Model, attribute: Relation | Media) -> Links:
    """Return the links of an attribute that has a table of them."""
    table = naming.link_table(schema, holder, attribute)
    if isinstance(attribute, Media):
        single = not attribute.multiple
        return Links(table=table, holder=holder, target=naming.FILE, single=single, takes_over=False)
    has_other_side = attribute.mapped_by is not None or attribute.inversed_by is not None
    return Links(
        table=table,
        holder=holder,
        target=attribute.target,
        single=not attribute.lists_many,
        takes_over=has_other_side and attribute.relation in _TAKES_OVER,
    )


def current(links: Links, owns: Sequence[int], others: Sequence[int] | None = None) -> Statement:
    """Return what reads links of some holders in their order; `others` are the only ones that matter, if given."""
    table = links.table
    kind = quote(table.type_column) if links.typed and table.type_column else "NULL"
    order = quote(table.order) if table.order else "NULL"
    values: list[Value] = list(owns)
    condition = f"{quote(table.own)} IN ({marks(len(owns))})"
    if others is not None:
        condition += f" AND {quote(table.other)} IN ({marks(len(others), len(values))})"
        values += others
    condition += _scope(links, values)
    columns = f"id, {quote(table.own)}, {kind}, {quote(table.other)}, {order}"
    return Statement(f"SELECT {columns} FROM {quote(table.name)} WHERE {condition} ORDER BY {order}, id", tuple(values))


def last_order(links: Links, own: int) -> Statement:
    """Return what reads the last place in a holder's list."""
    values: list[Value] = [own]
    condition = f"{quote(links.table.own)} = ?1{_scope(links, values)}"
    order = f"max({quote(links.table.order)})" if links.table.order else "NULL"
    return Statement(f"SELECT {order} FROM {quote(links.table.name)} WHERE {condition}", tuple(values))


def add(links: Links, rows: Sequence[NewLink]) -> tuple[Statement, ...]:
    """Return what makes links; each goes to the end of the other side's list."""
    table, fixed = links.table, links.fixed()
    columns = [table.own, table.other, *fixed]
    columns += [table.type_column] if links.typed and table.type_column else []
    columns += [table.order] if table.order else []
    names = ", ".join(quote(name) for name in [*columns, *([table.inverse_order] if table.inverse_order else [])])
    size = MOST_PARAMETERS // len(columns)
    return tuple(
        _added(links, names, rows[start : start + size], tuple(fixed.values())) for start in range(0, len(rows), size)
    )


def _added(links: Links, names: str, rows: Sequence[NewLink], fixed: tuple[Value, ...]) -> Statement:
    values: list[Value] = []
    written = []
    for row in rows:
        before = len(values)
        values += [row.own, row.other.id, *fixed]
        values += [row.other.model] if links.typed else []
        values += [row.order] if links.table.order else []
        terms = [f"?{position}" for position in range(before + 1, len(values) + 1)]
        written.append(f"({', '.join([*terms, *_place_for_other(links, before + 2)])})")
    return Statement(
        f"INSERT INTO {quote(links.table.name)} ({names}) VALUES {', '.join(written)} ON CONFLICT DO NOTHING",
        tuple(values),
    )


def _place_for_other(links: Links, other: int) -> list[str]:
    table = links.table
    if table.inverse_order is None:
        return []
    last = f"SELECT coalesce(max({quote(table.inverse_order)}), 0) + 1 FROM {quote(table.name)}"
    return [f"({last} WHERE {quote(table.other)} = ?{other})"]


def reorder(links: Links, places: Sequence[tuple[int, float]]) -> tuple[Statement, ...]:
    """Return what gives links, named by their own ids, new places in their holders' lists."""
    if links.table.order is None:
        return ()
    return update_rows(links.table.name, (links.table.order,), places)


def take_over(links: Links, own: int, others: Sequence[int]) -> Statement:
    """Return what takes entries away from the holders that have them; other rows of the same document keep theirs."""
    values: tuple[Value, ...] = (own, *others)
    return _taken(links, marks(len(others), 1), values)


def taken_over(links: Links, own: int) -> Statement:
    """Return what leaves the entries that a holder lists to it alone, and to other rows of the same document."""
    values: list[Value] = [own]
    table = links.table
    listed = (
        f"SELECT {quote(table.other)} FROM {quote(table.name)} WHERE {quote(table.own)} = ?1{_scope(links, values)}"
    )
    return _taken(links, listed, tuple(values))


def _taken(links: Links, others: str, values: tuple[Value, ...]) -> Statement:
    table = links.table
    rows = "?1"
    if isinstance(links.holder, ContentType):
        holders = quote(naming.table(links.holder))
        rows = f"SELECT s.id FROM {holders} s JOIN {holders} t ON s.document_id = t.document_id WHERE t.id = ?1"
    condition = f"{quote(table.other)} IN ({others}) AND {quote(table.own)} NOT IN ({rows})"
    return Statement(f"DELETE FROM {quote(table.name)} WHERE {condition}", values)


def _scope(links: Links, values: list[Value]) -> str:
    """Return the conditions that tell the attribute's rows from others, and add what they compare with."""
    written = ""
    for column, value in links.fixed().items():
        if value is None:
            written += f" AND {quote(column)} IS NULL"
        else:
            values.append(value)
            written += f" AND {quote(column)} = ?{len(values)}"
    return written
