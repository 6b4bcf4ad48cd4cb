"""Entries as SQL: for each row under an alias one JSON object with what is selected of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tessera.query.conditions import EVERY
from tessera.query.plan import (
    Entry,
    Field,
    Fixed,
    Form,
    Morphed,
    Parts,
    Related,
    Rows,
    Selection,
    Siblings,
    Status,
    Zone,
)
from tessera.schema import naming
from tessera.schema.model import Component, Media, Model, Relation
from tessera.sql.builder import Builder
from tessera.sql.conditions import Conditions
from tessera.sql.links import LOCALIZATIONS, Link, leads_by_id, link, morph_link
from tessera.sql.order import order
from tessera.sql.repeated import can_be_shared
from tessera.sql.status import status

_TYPE, _COMPONENT = "__type", "__component"


@dataclass(frozen=True, slots=True)
class Spot:
    """The row of a model under an alias."""

    model: Model
    alias: str


@dataclass(frozen=True, slots=True)
class Entries:
    """Writes the objects of entries; the guards of components are conditions on the row that owns them."""

    conditions: Conditions
    repeated: frozenset[Entry] = frozenset()  # written once each

    @property
    def builder(self) -> Builder:
        """Return the statement under construction."""
        return self.conditions.builder

    def written(self, entry: Entry, alias: str, *first: tuple[str, str], owner: Spot | None = None) -> str:
        """Return the object of a row; `first` are names and values that come before what is selected."""
        spot = Spot(self.builder.model(entry.model), alias)
        owner = owner if owner is not None and isinstance(spot.model, Component) else spot
        pairs = [*first, *((part.name, self._value(part, entry, spot, owner)) for part in entry.selections)]
        written = self.builder.dialect.json_object(pairs)
        dropped = [
            (self.conditions.written(part.guard, owner.model, owner.alias), part.name)
            for part in entry.selections
            if part.guard != EVERY
        ]
        return self.builder.dialect.without(written, dropped) if dropped else written

    def _value(self, part: Selection, entry: Entry, spot: Spot, owner: Spot) -> str:
        model, alias = spot.model, spot.alias
        match part:
            case Field(name):
                column, kind = self.builder.attribute(model, alias, name)
                return self.builder.dialect.scalar(kind, column)
            case Related():
                return self._related(part, model, alias)
            case Parts():
                return self._parts(part, spot, owner)
            case Zone():
                return self._zone(part, spot, owner)
            case Status():
                return status(self.builder, model, alias, entry.version)
            case Fixed(text=text):
                return self.builder.dialect.constant(text)
            case Siblings():
                return self._siblings(part, model, alias)
            case Morphed():
                return self._morphed(part, model, alias)

    def _related(self, part: Related, model: Model, alias: str) -> str:
        if part.entry is not None and part.entry in self.repeated and can_be_shared(part):
            attribute = model.attributes[part.name]
            if isinstance(attribute, Relation | Media) and leads_by_id(self.builder, attribute):
                return self._named(part, part.entry, model, alias)
        target_alias = self.builder.alias()
        found = link(self.builder, model, alias, part.name, target_alias)
        if part.form is Form.COUNT:
            return self._count(found, part.rows, target_alias)
        if part.entry is None:
            raise ValueError("an entry is shown by what is selected of it")
        item = self.written(part.entry, target_alias)
        if part.masked:
            item = self._masked(part, item, found, target_alias)
        return self._shown(found, part.rows, target_alias, item, many=part.form is Form.MANY)

    def _named(self, part: Related, entry: Entry, model: Model, alias: str) -> str:
        """Show entries that are written once for the whole statement."""
        name = self._name_of(entry)
        target_alias = self.builder.alias()
        found = link(self.builder, model, alias, part.name, target_alias, table=name)
        item = self.builder.dialect.nested(f"{target_alias}.entry")
        return self._shown(found, part.rows, target_alias, item, many=part.form is Form.MANY)

    def _name_of(self, entry: Entry) -> str:
        known = self.builder.entries.get(entry)
        if known is None:
            alias, table = self.builder.alias(), self.builder.table(self.builder.model(entry.model))
            known = self.builder.entries[entry] = f"e{len(self.builder.entries)}"
            written = replace(self, repeated=self.repeated - {entry}).written(entry, alias)
            self.builder.named[known] = f"SELECT {alias}.id, {written} AS entry FROM {table} {alias}"
        return known

    def _masked(self, part: Related, item: str, found: Link, target_alias: str) -> str:
        dialect = self.builder.dialect
        there = dialect.json_object([("count", "1")])
        shown = self.conditions.written(part.shown, found.model, target_alias)
        return dialect.nested(f"CASE WHEN {shown} THEN {item} ELSE {there} END")

    def _count(self, found: Link, rows: Rows, target_alias: str) -> str:
        wanted = self._wanted(found, rows, target_alias)
        return self.builder.dialect.json_object([("count", f"(SELECT count(*) FROM {found.source} WHERE {wanted})")])

    def _wanted(self, found: Link, rows: Rows, alias: str) -> str:
        if rows.where == EVERY:
            return found.where
        return f"{found.where} AND {self.conditions.written(rows.where, found.model, alias)}"

    def _shown(self, found: Link, rows: Rows, alias: str, item: str, *, many: bool) -> str:
        """Return the list of an item for each linked row, or the item of the first one."""
        wanted = self._wanted(found, rows, alias)
        terms = order(self.conditions, rows.sort, found.model, alias, rows.version) or _turned(found, rows)
        sorting = f" ORDER BY {', '.join(terms)}" if terms else ""
        if not many:
            first = f"SELECT {item} FROM {found.source} WHERE {wanted}{sorting} LIMIT 1"
            return self.builder.dialect.nested(f"({first})")
        part = self.builder.part(rows)
        source = f"(SELECT {alias}.* FROM {found.source} WHERE {wanted}{sorting}{part}) {alias}"
        return self.builder.dialect.json_list(item, source)

    def _parts(self, part: Parts, spot: Spot, owner: Spot) -> str:
        target_alias = self.builder.alias()
        found = link(self.builder, spot.model, spot.alias, part.name, target_alias)
        item = self.written(part.entry, target_alias, owner=owner)
        return self._shown(found, part.rows, target_alias, item, many=part.many)

    def _zone(self, part: Zone, spot: Spot, owner: Spot) -> str:
        builder, joined = self.builder, self.builder.alias()
        table = builder.dialect.quoted(naming.components_table(spot.model))
        kinds = ", ".join(builder.literal(entry.model) for entry in part.entries)
        wanted = (
            f"{joined}.entity_id = {spot.alias}.id AND {joined}.field = {builder.literal(part.name)}"
            f" AND {joined}.component_type IN ({kinds or 'NULL'})"
        )
        if part.form is Form.COUNT:
            counted = f"(SELECT count(*) FROM {table} {joined} WHERE {wanted})"
            return builder.dialect.json_object([("count", counted)])
        if not part.entries:
            return builder.dialect.constant("[]")
        items = " ".join(self._zone_item(entry, joined, owner) for entry in part.entries)
        source = (
            f"(SELECT CASE {joined}.component_type {items} END AS item FROM {table} {joined} WHERE {wanted}"
            f" ORDER BY {builder.column(joined, 'order')}, {joined}.id) {joined}"
        )
        # A component whose row is gone is no component. As a condition on the source it would be read twice.
        item = builder.dialect.nested(f"{joined}.item")
        return builder.dialect.json_list(item, source, when=f"{joined}.item IS NOT NULL")

    def _zone_item(self, entry: Entry, joined: str, owner: Spot) -> str:
        builder, alias = self.builder, self.builder.alias()
        kind = builder.literal(entry.model)
        item = self.written(entry, alias, (_COMPONENT, kind), owner=owner)
        table = builder.table(builder.model(entry.model))
        return f"WHEN {kind} THEN (SELECT {item} FROM {table} {alias} WHERE {alias}.id = {joined}.cmp_id)"

    def _siblings(self, part: Siblings, model: Model, alias: str) -> str:
        target_alias = self.builder.alias()
        found = link(self.builder, model, alias, LOCALIZATIONS, target_alias)
        if part.drafts:
            found = replace(found, beside=(f"{target_alias}.published_at IS NULL",))
        item = self.written(part.entry, target_alias)
        return self._shown(found, Rows(model=part.entry.model), target_alias, item, many=True)

    def _morphed(self, part: Morphed, model: Model, alias: str) -> str:
        """Return the entries of all types, those of one type after those of another unless a table orders them."""
        dialect, branches = self.builder.dialect, []
        for rows, entry in part.branches:
            target_alias = self.builder.alias()
            found = morph_link(self.builder, model, alias, part.name, to=entry.model, under=target_alias)
            item = self.written(entry, target_alias, (_TYPE, self.builder.literal(entry.model)))
            wanted = self._wanted(found, rows, target_alias)
            place = found.order[0] if found.order else "0"
            branches.append(f"SELECT {item} AS item, {place} AS place FROM {found.source} WHERE {wanted}")
        if not branches:
            return dialect.constant("[]" if part.many else "null")
        union, joined = " UNION ALL ".join(branches), self.builder.alias()
        if not part.many:
            return dialect.nested(f"(SELECT item FROM ({union}) {joined} ORDER BY place LIMIT 1)")
        return dialect.json_list(
            dialect.nested(f"{joined}.item"), f"(SELECT item FROM ({union}) ORDER BY place) {joined}"
        )


def _turned(found: Link, rows: Rows) -> tuple[str, ...]:
    return tuple(f"{term} DESC" for term in found.order) if rows.backwards else found.order
