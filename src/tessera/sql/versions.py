"""What is told beside a document of its other versions, as SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tessera.query.conditions import Slot
from tessera.query.plan import Entry, OnePlan
from tessera.schema.model import ContentType, Model
from tessera.sql.builder import Builder
from tessera.sql.entries import Entries

DEFAULT_LOCALE: Final = Slot("default locale", or_default=True)


@dataclass(frozen=True, slots=True)
class OtherVersions:
    """Writes `availableLocales` and `availableStatus`."""

    entries: Entries
    plan: OnePlan
    model: Model

    @property
    def _builder(self) -> Builder:
        return self.entries.builder

    @property
    def document(self) -> str:
        """Return a source of one row, `known`, when there is any version of the document."""
        table, document = self._builder.table(self.model), self.plan.document
        same = f" WHERE document_id = {self._builder.bind(document)}" if document is not None else ""
        return f"(SELECT document_id FROM {table}{same} LIMIT 1) known"

    def meta(self, alias: str) -> str:
        """Return what is told beside the row under an alias, which is null when there is no such version."""
        version = self._version(self.plan.other_version, alias)
        return self._builder.dialect.json_object(
            [("availableLocales", self._locales(alias)), ("availableStatus", version)]
        )

    def _locales(self, alias: str) -> str:
        """Return the drafts in other locales than that of the row or question, that of the default locale first."""
        builder, entry, asked = self._builder, self.plan.other_locales, self.plan.locale
        if entry is None:
            return builder.dialect.constant("[]")
        other = builder.alias()
        absent = builder.bind(asked) if asked is not None else "NULL"
        same = builder.dialect.same(
            f"{other}.locale", f"CASE WHEN {alias}.id IS NULL THEN {absent} ELSE {alias}.locale END"
        )
        wanted = f"{other}.document_id = known.document_id AND NOT ({same})"
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
