"""Entries that a body names, found: which rows a relation is to lead to (database.md §5.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tessera.engine.session import Session
from tessera.errors import ValidationError, Violation
from tessera.query.held import RowKey
from tessera.query.link_change import Connection, LinkChange
from tessera.schema import naming
from tessera.schema.content import RelationChange, Target, missing_relations
from tessera.schema.model import ContentType, Media, Relation, Schema
from tessera.sql.target_rows import named_rows

_INVALID = "Invalid relations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The version that is written: relations lead from it to rows of the same status and locale where there are any."""

    content_type: ContentType
    is_published: bool | None  # None for a type without drafts
    locale: str | None
    default_locale: str


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    document_id: str
    locale: str | None
    is_published: bool


@dataclass(frozen=True, slots=True)
class Targets:
    """The rows of the entries that a body names, by type."""

    schema: Schema
    source: Source
    rows: Mapping[str, Sequence[_Row]]

    def resolved(self, attribute: Relation | Media, change: RelationChange) -> LinkChange:
        """Return a change of a relation in terms of rows."""
        return LinkChange(
            set=None if change.set is None else tuple(row for item in change.set for row in self.keys(attribute, item)),
            connect=tuple(
                Connection(
                    self.keys(attribute, link.target),
                    link.position.spot,
                    next(iter(self.keys(attribute, link.position.anchor)), None) if link.position.anchor else None,
                )
                for link in change.connect
            ),
            disconnect=tuple(row for item in change.disconnect for row in self.keys(attribute, item)),
        )

    def keys(self, attribute: Relation | Media, target: Target) -> tuple[RowKey, ...]:
        """Return the rows of an entry; one that is named by its document has to exist."""
        uid = target_uid(attribute, target)
        if target.document_id is None:
            return (RowKey(uid, target.id or 0),)
        found = tuple(RowKey(uid, row.id) for row in self._chosen(uid, target))
        if not found:
            locale = self._locale(uid, target)
            raise ValidationError(f'Document with id "{target.document_id}", locale "{locale or "null"}" not found')
        return found

    def lacks(self, uid: str, target: Target) -> bool:
        """Tell whether there is no row of the id by which an entry is named."""
        return target.document_id is None and all(row.id != target.id for row in self.rows.get(uid, ()))

    def _chosen(self, uid: str, target: Target) -> Sequence[_Row]:
        content_type, locale = self.schema.content_types[uid], self._locale(uid, target)
        rows = [row for row in self.rows.get(uid, ()) if row.document_id == target.document_id]
        if content_type.localized:
            rows = [row for row in rows if row.locale == locale]
        if not content_type.draft_and_publish:
            return rows[:1]
        wanted = self._statuses(target)
        return sorted((row for row in rows if row.is_published in wanted), key=lambda row: row.is_published)

    def _statuses(self, target: Target) -> tuple[bool, ...]:
        if self.source.is_published is not None:
            return (self.source.is_published,)
        return (False, True) if target.status is None else (target.status == "published",)

    def _locale(self, uid: str, target: Target) -> str | None:
        if not self.schema.content_types[uid].localized:
            return None
        if self.source.content_type.localized:
            return self.source.locale
        return target.locale or self.source.default_locale


def target_uid(attribute: Relation | Media, target: Target) -> str:
    """Return the type of an entry that an attribute names."""
    if isinstance(attribute, Media):
        return naming.FILE
    if attribute.target is not None:
        return attribute.target
    if target.type is None:
        raise ValidationError.of([Violation((), _INVALID)])
    return target.type


async def find_targets(
    session: Session, schema: Schema, source: Source, changes: Iterable[tuple[Relation | Media, RelationChange]]
) -> Targets:
    """Find the rows of all entries that a body names: a statement for each type."""
    named: dict[str, list[Target]] = {}
    for attribute, change in changes:
        for target in change.targets():
            uid = target_uid(attribute, target)
            if uid not in schema.content_types:
                raise ValidationError.of([Violation((), _INVALID)])
            named.setdefault(uid, []).append(target)
    rows = {uid: await _rows(session, schema.content_types[uid], targets) for uid, targets in named.items()}
    return Targets(schema, source, rows)


def refuse_missing(targets: Targets, changes: Iterable[tuple[Relation | Media, RelationChange]], sent: object) -> None:
    """Refuse entries that are named by the id of a row which does not exist, all of one type at once."""
    missing: dict[str, set[int | None]] = {}
    for attribute, change in changes:
        for target in change.added():
            uid = target_uid(attribute, target)
            if targets.lacks(uid, target):
                missing.setdefault(uid, set()).add(target.id)
    for uid, ids in missing.items():
        raise ValidationError.of([missing_relations(len(ids), uid, sent)])


async def _rows(session: Session, content_type: ContentType, targets: Sequence[Target]) -> Sequence[_Row]:
    documents = list(dict.fromkeys(target.document_id for target in targets if target.document_id is not None))
    ids = list(dict.fromkeys(target.id for target in targets if target.document_id is None and target.id is not None))
    found = await session.rows(named_rows(content_type, documents, ids))
    return [_Row(row_id, document, locale, bool(published)) for row_id, document, locale, published in found]
