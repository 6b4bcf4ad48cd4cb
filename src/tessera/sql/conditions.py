"""The conditions of a question as SQL."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tessera.query.conditions import (
    EVERY,
    All,
    AnyOf,
    Condition,
    Granted,
    Linked,
    Listed,
    Null,
    OfVersion,
    Operator,
    Searched,
    Test,
    Twin,
    Version,
)
from tessera.schema.model import Model
from tessera.sql.builder import Builder
from tessera.sql.links import link
from tessera.sql.predicates import predicate


class Reach(Enum):
    """How linked rows are looked for (performance.md §6)."""

    BY_SET = "set"  # all rows with such a link at once: for counts, and pages in no indexed order
    BY_ROW = "row"  # row after row, until the page is full


@dataclass(frozen=True, slots=True)
class Conditions:
    """Writes conditions on rows of a model under an alias."""

    builder: Builder
    reach: Reach = Reach.BY_SET

    def written(self, condition: Condition, model: Model, alias: str) -> str:
        """Return a condition that can stand between ANDs."""
        match condition:
            case All(parts):
                return " AND ".join(self.written(part, model, alias) for part in parts) or "1 = 1"
            case AnyOf(parts):
                return f"({' OR '.join(self.written(part, model, alias) for part in parts) or '1 = 0'})"
            case Test():
                return self._test(condition, model, alias)
            case Null(attribute, negated):
                column, _ = self.builder.attribute(model, alias, attribute)
                return f"{column} IS {'NOT ' if negated else ''}NULL"
            case Granted(filter_):
                return predicate(self.builder, filter_, model, alias)
            case OfVersion(version):
                return f"{alias}.published_at IS {'NOT ' if version is Version.PUBLISHED else ''}NULL"
            case Linked() | Listed() | Twin():
                return self._about_others(condition, model, alias)
            case Searched():
                return self._searched(condition, model, alias)

    def _about_others(self, condition: Linked | Listed | Twin, model: Model, alias: str) -> str:
        match condition:
            case Linked():
                return self._linked(condition, model, alias)
            case Listed():
                return self._listed(condition, alias)
            case Twin():
                return self._twin(condition, model, alias)

    def _test(self, test: Test, model: Model, alias: str) -> str:
        column, _ = self.builder.attribute(model, alias, test.attribute)
        operands = [self.builder.bind(operand) for operand in test.operands]
        return self.builder.dialect.compared(column, test.operator, operands)

    def _linked(self, linked: Linked, model: Model, alias: str) -> str:
        target_alias = self.builder.alias()
        found = link(self.builder, model, alias, linked.attribute, target_alias)
        wanted = () if linked.where == EVERY else (self.written(linked.where, found.model, target_alias),)
        if linked.negated or found.beside or (self.reach is Reach.BY_ROW and not found.links):
            negation = "NOT " if linked.negated else ""
            return f"{negation}EXISTS (SELECT 1 FROM {found.source} WHERE {' AND '.join((found.where, *wanted))})"
        if self.reach is Reach.BY_ROW:
            # The targets first: where none is wanted, no row has to be asked.
            other = self.builder.dialect.looked_up(found.other)
            targets = f"{other} IN (SELECT {target_alias}.id FROM {found.target}{_where(*wanted)})"
            joined = " AND ".join((f"{found.own} = {found.here}", *found.joined, targets))
            return f"EXISTS (SELECT 1 FROM {found.links} WHERE {joined})"
        if found.links and wanted:
            # Few targets lead to few links; the other way round every link of the table would be looked at.
            targets = f"{found.other} IN (SELECT {target_alias}.id FROM {found.target}{_where(*wanted)})"
            return f"{found.here} IN (SELECT {found.own} FROM {found.links}{_where(*found.joined, targets)})"
        return f"{found.here} IN (SELECT {found.own} FROM {found.source}{_where(*found.joined, *wanted)})"

    def _listed(self, listed: Listed, alias: str) -> str:
        holder = self.builder.model(listed.holder)
        holder_alias, target_alias = self.builder.alias(), self.builder.alias()
        found = link(self.builder, holder, holder_alias, listed.attribute, target_alias)
        inside = self.written(listed.where, holder, holder_alias)
        source = f"{self.builder.table(holder)} {holder_alias}, {found.source}"
        rows = f"SELECT {target_alias}.id FROM {source} WHERE {found.where} AND {inside}"
        return f"{alias}.id {'NOT ' if listed.negated else ''}IN ({rows})"

    def _twin(self, twin: Twin, model: Model, alias: str) -> str:
        other = self.builder.alias()
        wanted = "NOT NULL" if twin.version is Version.DRAFT else "NULL"
        conditions = [f"{other}.document_id = {alias}.document_id", f"{other}.published_at IS {wanted}"]
        if twin.same_locale:
            conditions.append(self.builder.dialect.same(f"{other}.locale", f"{alias}.locale"))
        if twin.modified is not None:
            draft, published = (alias, other) if twin.version is Version.DRAFT else (other, alias)
            sign = ">" if twin.modified else "<="
            conditions.append(f"{draft}.updated_at {sign} {published}.updated_at")
        rows = f"SELECT 1 FROM {self.builder.table(model)} {other} WHERE {' AND '.join(conditions)}"
        return f"{'NOT ' if twin.negated else ''}EXISTS ({rows})"

    def _searched(self, searched: Searched, model: Model, alias: str) -> str:
        text, hits = [self.builder.bind(searched.text)], []
        for name, guard in searched.columns:
            column, _ = self.builder.attribute(model, alias, name)
            hit = self.builder.dialect.compared(column, Operator.LIKE, text)
            hits.append(hit if guard == EVERY else f"({self.written(guard, model, alias)} AND {hit})")
        return f"({' OR '.join(hits) or '1 = 0'})"


def _where(*conditions: str) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
