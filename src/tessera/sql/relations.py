"""The entries of a relation as SQL: those that a row lists, or those that it may list."""

from __future__ import annotations

from dataclasses import dataclass

from tessera.query.conditions import EVERY
from tessera.query.plan import RelationPlan
from tessera.schema.model import Model
from tessera.sql.builder import Builder
from tessera.sql.entries import Entries
from tessera.sql.links import link
from tessera.sql.order import order


@dataclass(frozen=True, slots=True)
class Relations:
    """Writes the row `(body, shown)` of a relation; there is none when there is no such holder."""

    entries: Entries

    @property
    def _builder(self) -> Builder:
        return self.entries.builder

    def written(self, plan: RelationPlan) -> str:
        """Return the whole statement."""
        dialect = self._builder.dialect
        if plan.holder is None:
            return f"SELECT {dialect.encoded(self._body(plan, None, ''))}, 1"
        alias, model = self._builder.alias(), self._builder.model(plan.holder.model)
        shown = self.entries.conditions.written(plan.shown, model, alias)
        body = dialect.encoded(self._body(plan, model, alias))
        where = self.entries.conditions.written(plan.holder.where, model, alias)
        row = f"SELECT {alias}.* FROM {self._builder.table(model)} {alias} WHERE {where} ORDER BY {alias}.id LIMIT 1"
        return f"SELECT CASE WHEN {shown} THEN {body} END, {dialect.truth(shown)} FROM ({row}) {alias}"

    def _body(self, plan: RelationPlan, holder: Model | None, holder_alias: str) -> str:
        builder, alias = self._builder, self._builder.alias()
        dialect, rows = builder.dialect, plan.rows
        model = builder.model(rows.model)
        source, conditions = f"{builder.table(model)} {alias}", []
        terms: tuple[str, ...] = (f"{alias}.id",)
        if plan.attribute is not None and holder is not None:
            found = link(builder, holder, holder_alias, plan.attribute, alias)
            source, conditions, terms = found.source, [found.where], found.order
        if rows.where != EVERY:
            conditions.append(self.entries.conditions.written(rows.where, model, alias))
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        if rows.backwards:
            terms = tuple(f"{term} DESC" for term in terms)
        terms = (*order(self.entries.conditions, rows.sort, model, alias, rows.version), *terms)
        part = f" ORDER BY {', '.join(terms or (f'{alias}.id',))}{builder.part(rows)}"
        page = f"(SELECT {alias}.* FROM {source}{where}{part}) {alias}"
        listed = dialect.json_list(self.entries.written(plan.entry, alias), page)
        total = f"(SELECT count(*) FROM {source}{where})"
        return dialect.json_object([("results", listed), ("pagination", self._paging(plan, total))])

    def _paging(self, plan: RelationPlan, total: str) -> str:
        dialect, size = self._builder.dialect, plan.size
        if not plan.in_pages or plan.rows.start is None:
            return dialect.json_object([("page", "1"), ("pageSize", "10"), ("pageCount", "1"), ("total", total)])
        start = self._builder.bind(plan.rows.start)
        pages = [("page", dialect.page_of(start, size)), ("pageSize", str(size))]
        return dialect.json_object([*pages, ("pageCount", dialect.pages(total, size)), ("total", total)])
