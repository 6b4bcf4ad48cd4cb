"""A statement under construction: its aliases and parameters."""

from __future__ import annotations

from dataclasses import dataclass, field

from tessera.query.conditions import Slot
from tessera.query.plan import Entry, Rows
from tessera.schema import naming
from tessera.schema.model import Attribute, ColumnKind, ContentType, Model, Scalar, Schema
from tessera.sql.default_locale import LOCALES, or_default
from tessera.sql.dialects.dialect import Dialect
from tessera.sql.statement import Value

Source = Slot | tuple[Value]  # a value of the question, or one that is fixed when the statement is compiled

_OWN_COLUMNS = {"id": ("id", ColumnKind.INTEGER), "documentId": ("document_id", ColumnKind.STRING)}


@dataclass(slots=True)
class Builder:
    """Hands out aliases and parameters; equal sources share a parameter."""

    schema: Schema
    dialect: Dialect
    sources: dict[Source, int] = field(default_factory=dict)
    aliases: int = 0
    named: dict[str, str] = field(default_factory=dict)  # definitions of the WITH clause
    entries: dict[Entry, str] = field(default_factory=dict)  # the names of those that show an entry
    types: set[str] = field(default_factory=set)  # the content types whose rows are looked at

    def alias(self) -> str:
        """Return an alias that the statement does not have yet."""
        self.aliases += 1
        return f"t{self.aliases - 1}"

    def finished(self, text: str) -> str:
        """Return the whole statement, beginning with what it defines."""
        defined = ", ".join(self.dialect.named(name, select) for name, select in self.named.items())
        return f"WITH {defined} {text}" if defined else text

    def bind(self, source: Source) -> str:
        """Return the parameter that stands for a value."""
        parameter = self.dialect.parameter(self.sources.setdefault(source, len(self.sources) + 1))
        if not isinstance(source, Slot) or not source.or_default:
            return parameter
        self.types.add(LOCALES)
        return or_default(self.dialect, parameter)

    def bind_fixed(self, value: Value) -> str:
        """Return the parameter that stands for a value which is known already."""
        return self.bind((value,))

    def model(self, uid: str) -> Model:
        """Return a content type or component that is sure to exist."""
        model = self.schema.model(uid)
        if model is None:
            raise KeyError(uid)
        return model

    def table(self, model: Model) -> str:
        """Return the quoted table of a model."""
        if isinstance(model, ContentType):
            self.types.add(model.uid)
        return self.dialect.quoted(naming.table(model))

    def column(self, alias: str, name: str) -> str:
        """Return a quoted physical column."""
        return f"{alias}.{self.dialect.quoted(name)}"

    def attribute(self, model: Model, alias: str, name: str) -> tuple[str, ColumnKind]:
        """Return the column of an attribute, `id` or `documentId`, and its kind."""
        own = _OWN_COLUMNS.get(name)
        if own is not None:
            return self.column(alias, own[0]), own[1]
        found: Attribute = model.attributes[name]
        if not isinstance(found, Scalar):
            raise KeyError(name)
        return self.column(alias, naming.column(name)), found.kind

    def part(self, rows: Rows) -> str:
        """Return the clause that keeps part of the rows."""
        limit = self.bind(rows.limit) if isinstance(rows.limit, Slot) else rows.limit
        start = self.bind(rows.start) if rows.start is not None else None
        return self.dialect.part(None if limit is None else str(limit), start)

    def literal(self, text: str) -> str:
        """Return a text of the schema as a literal, which the planner of the database can see."""
        return "'" + text.replace("'", "''") + "'"
