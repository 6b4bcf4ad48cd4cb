"""What follows for the rows of a type when drafts or locales are switched on or off for it (database.md §14.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tessera.schema import naming
from tessera.schema.model import ContentType, Schema
from tessera.schema.snapshot import Remembered
from tessera.sql.statement import Statement


@dataclass(frozen=True, slots=True)
class FlagChanges:
    """The types whose flags differ from those of the last start."""

    drafts_on: tuple[str, ...] = ()
    drafts_off: tuple[str, ...] = ()
    locales_on: tuple[str, ...] = ()
    locales_off: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.drafts_on or self.drafts_off or self.locales_on or self.locales_off)


def flag_changes(before: Mapping[str, Remembered], schema: Schema) -> FlagChanges:
    """Compare with the last start; a type that is new, or of which nothing is known, has not changed."""
    known = [(before[uid], content_type) for uid, content_type in schema.content_types.items() if uid in before]
    drafts = [(now.uid, now.draft_and_publish) for old, now in known if old.draft_and_publish != now.draft_and_publish]
    locales = [(now.uid, now.localized) for old, now in known if old.localized != now.localized]
    return FlagChanges(
        drafts_on=tuple(uid for uid, is_on in drafts if is_on),
        drafts_off=tuple(uid for uid, is_on in drafts if not is_on),
        locales_on=tuple(uid for uid, is_on in locales if is_on),
        locales_off=tuple(uid for uid, is_on in locales if not is_on),
    )


def drop_drafts(content_type: ContentType) -> Statement:
    """Return what deletes all drafts, also those of documents that were never published, as the reference does."""
    return Statement(f'DELETE FROM "{naming.table(content_type)}" WHERE published_at IS NULL')


def set_default_locale(content_type: ContentType, default: str) -> Statement:
    """Return what gives every row without a locale the default one."""
    return Statement(f'UPDATE "{naming.table(content_type)}" SET locale = ?1 WHERE locale IS NULL', (default,))


def drop_locales(content_type: ContentType, default: str) -> tuple[Statement, ...]:
    """Return what leaves only the rows of the default locale, which then have none."""
    table = naming.table(content_type)
    return (
        Statement(f'DELETE FROM "{table}" WHERE locale <> ?1', (default,)),
        Statement(f'UPDATE "{table}" SET locale = NULL WHERE locale = ?1', (default,)),
    )
