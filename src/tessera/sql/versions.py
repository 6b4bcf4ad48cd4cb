"""What is told beside a document of its other versions, as SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tessera.query.conditions import Slot
from tessera.query.plan import Entry, OnePlan
from tessera.schema.model import ContentType, Model
from tessera.sql.builder import Builder
from tessera.sql.entries import Entries

DEFAULT_LOCALE: Final = Slot("default locale")


@dataclass(frozen=True, slots=True)
class OtherVersions:
    """Writes `availableLocales` and `availableStatus`."""

    entries: Entries
    plan: OnePlan
    model: Model

    @property
    def _builder(self) -> Builder:
        return self.entries.builder

    def of_row(self, alias: str) -> str:
        """Return what is told beside the row under an alias."""
        locales = self._locales(alias, f"{alias}.locale")
        return self._meta(locales, self._version(self.plan.other_version, alias))

    def without_row(self) -> str:
        """Return the row `(body, NULL)` that tells of a document which lacks the version that was asked for."""
        builder, alias = self._builder, self._builder.alias()
        dialect, plan = builder.dialect, self.plan
        meta = self._meta(self._locales(alias, plan.locale), dialect.constant("[]"))
        body = dialect.encoded(dialect.json_object([("data", dialect.constant("{}")), ("meta", meta)]))
        same = f" WHERE {alias}.document_id = {builder.bind(plan.document)}" if plan.document is not None else ""
        rows = f"SELECT {alias}.* FROM {builder.table(self.model)} {alias}{same} LIMIT 1"
        return f"SELECT {body}, NULL FROM ({rows}) {alias}"

    def _meta(self, locales: str, version: str) -> str:
        return self._builder.dialect.json_object([("availableLocales", locales), ("availableStatus", version)])

    def _locales(self, alias: str, locale: str | Slot | None) -> str:
        """Return the drafts in locales other than that column or value, that of the default locale first."""
        builder, entry = self._builder, self.plan.other_locales
        if entry is None:
            return builder.dialect.constant("[]")
        other = builder.alias()
        bound = builder.bind(locale) if isinstance(locale, Slot) else locale or "NULL"
        same = builder.dialect.same(f"{other}.locale", bound)
        wanted = f"{other}.document_id = {alias}.document_id AND NOT ({same})"
        if isinstance(self.model, ContentType) and self.model.draft_and_publish:
            wanted += f" AND {other}.published_at IS NULL"
        order = f"{other}.locale <> {builder.bind(DEFAULT_LOCALE)}, {other}.locale, {other}.id"
        return self._listed(entry, other, f"{wanted} ORDER BY {order}")

    def _version(self, entry: Entry | None, alias: str) -> str:
        if entry is None:
            return self._builder.dialect.constant("[]")
        other = self._builder.alias()
        same = self._builder.dialect.same(f"{other}.locale", f"{alias}.locale")
        return self._listed(
            entry,
            other,
            f"{other}.document_id = {alias}.document_id AND {same}"
            f" AND ({other}.published_at IS NULL) <> ({alias}.published_at IS NULL) LIMIT 1",
        )

    def _listed(self, entry: Entry, other: str, wanted: str) -> str:
        rows = f"SELECT {other}.* FROM {self._builder.table(self.model)} {other} WHERE {wanted}"
        return self._builder.dialect.json_list(self.entries.written(entry, other), f"({rows}) {other}")
