"""
Plans become statements that return the finished JSON.

A list answers one row of one column, the body. A versioned one answers `(body, total, version)`, or, with a total
that is known already, a body only while the version is the one that was counted.

A document answers one row `(body, shown)`: `shown` is 1, 0 for a row that may not be seen (then there is no body), or
NULL with a body that tells of the other versions when only those exist; no row at all means that there is no such
document. The entries of a relation answer `(body, shown)` likewise, of the row that lists them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from tessera.errors import ValidationError
from tessera.query.conditions import EVERY, Slot
from tessera.query.conversions import converted
from tessera.query.plan import Envelope, ListPlan, OnePlan, Paging, ReadPlan, RelationPlan, Rows
from tessera.schema.model import Model, Schema
from tessera.sql.additions import VERSIONS, is_versioned
from tessera.sql.builder import Builder, Source
from tessera.sql.conditions import Conditions
from tessera.sql.dialects.dialect import Dialect
from tessera.sql.entries import Entries
from tessera.sql.order import order, reach_of
from tessera.sql.relations import Relations
from tessera.sql.repeated import repeated
from tessera.sql.statement import Statement, Value
from tessera.sql.versions import OtherVersions

LONGEST: Final = 900_000  # characters of a statement; SQLite takes a million bytes
TOTAL: Final = Slot("total")
VERSION: Final = Slot("version")
FIRST: Final = Slot("first")
SKIPPED: Final = Slot("skipped")

_COUNTED: Final = (Paging.PAGES, Paging.OFFSET)
_IN_PAGES: Final = (Paging.PAGES, Paging.PAGES_UNCOUNTED)


@dataclass(frozen=True, slots=True)
class CompiledRead:
    """A text and where the values of its parameters come from."""

    text: str
    sources: tuple[Source, ...]

    def statement(self, values: Sequence[Any], named: Mapping[str, Any]) -> Statement:
        """Return the statement for the values of a question; refuses values that a column could never hold."""
        return Statement(self.text, tuple(_value(source, values, named) for source in self.sources))

    def bound(self, values: Sequence[Any], named: Mapping[str, Any], *later: str) -> Bound:
        """Return the statement for the values of a question, with some that are named only later."""
        filled = {**named, **dict.fromkeys(later)}
        places = tuple(
            (place, source)
            for place, source in enumerate(self.sources)
            if isinstance(source, Slot) and source.source in later
        )
        return Bound(self.text, self.statement(values, filled).values, places)


@dataclass(frozen=True, slots=True)
class Bound:
    """A statement for a question, which lacks a few values; what is asked often is bound once."""

    text: str
    values: tuple[Value, ...]
    lacking: tuple[tuple[int, Slot], ...]  # by place

    def statement(self, named: Mapping[str, Any]) -> Statement:
        """Return the whole statement."""
        values = list(self.values)
        for place, slot in self.lacking:
            values[place] = _value(slot, (), named)
        return Statement(self.text, tuple(values))


def compile_read(plan: ReadPlan, schema: Schema, dialect: Dialect) -> CompiledRead:
    """Return the statement that reads what the plan says."""
    builder = Builder(schema, dialect)
    writer = _Writer(builder, Entries(Conditions(builder), repeated(plan)))
    match plan:
        case ListPlan():
            return _compiled(builder, writer.page(plan))
        case OnePlan():
            return _compiled(builder, writer.document(plan))
        case RelationPlan():
            return _compiled(builder, Relations(writer.entries).written(plan))


def compile_count(rows: Rows, schema: Schema, dialect: Dialect) -> CompiledRead:
    """Return the statement that counts the rows."""
    builder = Builder(schema, dialect)
    return _compiled(builder, _Writer(builder, Entries(Conditions(builder))).count(rows))


def _compiled(builder: Builder, text: str) -> CompiledRead:
    text = builder.finished(text)
    if len(text) > LONGEST:
        raise ValidationError(f"The query is too large. The maximum is a statement of {LONGEST} characters.")
    return CompiledRead(text, tuple(builder.sources))


def _value(source: Source, values: Sequence[Any], named: Mapping[str, Any]) -> Value:
    if isinstance(source, tuple):
        return source[0]
    raw = named[source.source] if isinstance(source.source, str) else values[source.source]
    return converted(raw, source.conversion, source.pattern)


@dataclass(frozen=True, slots=True)
class _Writer:
    builder: Builder
    entries: Entries

    def page(self, plan: ListPlan) -> str:
        dialect, alias, model = self.builder.dialect, self.builder.alias(), self.builder.model(plan.rows.model)
        rows = plan.rows
        if plan.total_known and plan.versioned and not rows.sort:
            # While nothing has changed, rows are where they were: those before a known one need not be counted off.
            rows = replace(rows, first=FIRST, start=SKIPPED)
        listed = dialect.json_list(self.entries.written(plan.entry, alias), self._rows(rows, model, alias))
        if plan.envelope is Envelope.NONE:
            return f"SELECT {dialect.encoded(listed)}"
        total = self.builder.bind(TOTAL) if plan.total_known else "counted.total"
        paging = dialect.json_object(self._paging(plan, total))
        if plan.envelope is Envelope.CONTENT_MANAGER:
            pairs = [("results", listed), ("pagination", paging)]
        else:
            pairs = [("data", listed), ("meta", dialect.json_object([("pagination", paging)]))]
        body = dialect.encoded(dialect.json_object(pairs))
        if plan.paging not in _COUNTED or (plan.total_known and not plan.versioned):
            return f"SELECT {body}"
        if plan.total_known:
            return f"SELECT CASE WHEN {self._version(plan.rows)} = {self.builder.bind(VERSION)} THEN {body} END"
        told = f", counted.total, {self._version(plan.rows)}" if plan.versioned else ""
        return f"SELECT {body}{told} FROM ({self.count(plan.rows)}) counted"

    def _version(self, rows: Rows) -> str:
        """Return the version of all that decides how many rows there are; null when some of it has none."""
        counting = Builder(self.builder.schema, self.builder.dialect)
        _Writer(counting, Entries(Conditions(counting))).count(rows)
        if not all(is_versioned(uid) for uid in counting.types):
            return "NULL"
        types = ", ".join(self.builder.literal(uid) for uid in sorted(counting.types))
        # Versions only rise, so that their sum is the same exactly when each of them is.
        return f"(SELECT coalesce(sum(version), 0) FROM {VERSIONS} WHERE type IN ({types}))"

    def count(self, rows: Rows) -> str:
        model, alias = self.builder.model(rows.model), self.builder.alias()
        return f"SELECT count(*) AS total FROM {self.builder.table(model)} {alias}{self._where(rows, model, alias)}"

    def document(self, plan: OnePlan) -> str:
        dialect, alias, model = self.builder.dialect, self.builder.alias(), self.builder.model(plan.rows.model)
        shown = self.entries.conditions.written(plan.shown, model, alias)
        entry, row = self.entries.written(plan.entry, alias), self._rows(plan.rows, model, alias)
        if plan.envelope is Envelope.CONTENT_API:
            body = dialect.encoded(dialect.json_object([("data", entry), ("meta", dialect.constant("{}"))]))
            return f"SELECT CASE WHEN {shown} THEN {body} END, {dialect.truth(shown)} FROM {row}"
        others = OtherVersions(self.entries, plan, model)
        data = dialect.nested(f"CASE WHEN {alias}.id IS NULL THEN '{{}}' ELSE {entry} END")
        body = dialect.encoded(dialect.json_object([("data", data), ("meta", others.meta(alias))]))
        return (
            f"SELECT CASE WHEN {alias}.id IS NULL OR {shown} THEN {body} END,"
            f" CASE WHEN {alias}.id IS NOT NULL THEN {dialect.truth(shown)} END"
            f" FROM {others.document} LEFT JOIN {row} ON 1 = 1"
        )

    def _rows(self, rows: Rows, model: Model, alias: str) -> str:
        conditions = Conditions(self.builder, reach_of(rows, model))
        where = "" if rows.where == EVERY else f" WHERE {conditions.written(rows.where, model, alias)}"
        if rows.first is not None:
            where = f"{where} {'AND' if where else 'WHERE'} {alias}.id >= {self.builder.bind(rows.first)}"
        terms = (*order(self.entries.conditions, rows.sort, model, alias, rows.version), f"{alias}.id")
        # One row is found by what it is; sorting it by its id would lead the database to look for it that way.
        by = "" if rows.limit == 1 and rows.start is None else f" ORDER BY {', '.join(terms)}"
        page, table = f"{by}{self.builder.part(rows)}", self.builder.table(model)
        if rows.sort and rows.start is not None:
            # Only ids are sorted; the rows, which may be wide, are fetched for those on the page.
            return self.builder.dialect.picked(f"SELECT {alias}.id FROM {table} {alias}{where}{page}", table, alias)
        return f"(SELECT {alias}.* FROM {table} {alias}{where}{page}) {alias}"

    def _where(self, rows: Rows, model: Model, alias: str) -> str:
        return "" if rows.where == EVERY else f" WHERE {self.entries.conditions.written(rows.where, model, alias)}"

    def _paging(self, plan: ListPlan, total: str) -> list[tuple[str, str]]:
        dialect, size = self.builder.dialect, plan.size
        start = self.builder.bind(plan.rows.start) if plan.rows.start is not None else "0"
        pairs = [("start", start), ("limit", str(size))]
        counted = [("total", total)]
        if plan.paging in _IN_PAGES:
            pairs = [("page", dialect.page_of(start, size)), ("pageSize", str(size))]
            counted.insert(0, ("pageCount", dialect.pages(total, size)))
        return [*pairs, *counted] if plan.paging in _COUNTED else pairs
