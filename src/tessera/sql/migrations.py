"""The reference's own migrations of version 5: their names, and what each still means for a database that lacks it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tessera.schema import naming
from tessera.schema.model import ContentType, Schema
from tessera.sql.differences import Existing
from tessera.sql.statement import Statement

SHORT_NAMES: Final = "5.0.0-rename-identifiers-longer-than-max-length"
DOCUMENT_IDS: Final = "5.0.0-02-created-document-id"
PUBLISHED: Final = "5.0.0-04-created-published-at"
SLUG_INDEXES: Final = "5.0.0-05-drop-slug-fields-index"
DRAFTS: Final = "core::5.0.0-discard-drafts"
DANISH: Final = "admin::migrate-prefered-language-dk-to-da"
# In the order in which the reference runs and records them.
MIGRATIONS: Final = (
    SHORT_NAMES,
    DOCUMENT_IDS,
    "5.0.0-03-created-locale",
    PUBLISHED,
    SLUG_INDEXES,
    "5.0.0-06-add-document-id-indexes",
    DRAFTS,
    DANISH,
)

_ADMINISTRATORS: Final = "admin_users"


def is_of_version_4(existing: Existing) -> bool:
    """Whether a database was left by the reference's version 4, whose documents have no ids yet."""
    return _ADMINISTRATORS in existing and "document_id" not in existing[_ADMINISTRATORS].columns


def is_new(existing: Existing) -> bool:
    """Whether neither the reference nor this server has made tables here."""
    return _ADMINISTRATORS not in existing


def catch_up(name: str, schema: Schema, before: Existing, now: int) -> tuple[Statement, ...]:
    """Return what a missing migration would have done to the rows; `before` is the database before it was changed."""
    standard = [content_type for content_type in schema.content_types.values() if content_type.standard_columns]
    if name == DOCUMENT_IDS:
        return tuple(_give_ids(content_type) for content_type in standard)
    if name == PUBLISHED:
        return tuple(_publish(c, now) for c in standard if _lacks(before, c, "published_at"))
    if name == SLUG_INDEXES:
        return tuple(_drop_slug_indexes(standard, before))
    if name == DANISH:
        return (Statement("UPDATE admin_users SET prefered_language = 'da' WHERE prefered_language = 'dk'"),)
    return ()


def _lacks(before: Existing, content_type: ContentType, column: str) -> bool:
    table = before.get(naming.table(content_type))
    return table is not None and column not in table.columns


def _give_ids(content_type: ContentType) -> Statement:
    """Give rows without a document an id of 24 characters, a letter first."""
    made = "'a' || substr(lower(hex(randomblob(12))), 1, 23)"
    return Statement(f'UPDATE "{naming.table(content_type)}" SET document_id = {made} WHERE document_id IS NULL')


def _publish(content_type: ContentType, now: int) -> Statement:
    return Statement(f'UPDATE "{naming.table(content_type)}" SET published_at = ?1 WHERE published_at IS NULL', (now,))


def _drop_slug_indexes(content_types: list[ContentType], before: Existing) -> Iterator[Statement]:
    """Drop unique indexes on uids: since documents have several rows, a uid is no longer unique in its table."""
    for content_type in content_types:
        table = naming.table(content_type)
        uids = (attribute for attribute in content_type.attributes.values() if attribute.type == "uid")
        for name in (f"{table}_{naming.column(attribute.name)}_unique" for attribute in uids):
            if table in before and name in before[table].indexes:
                yield Statement(f'DROP INDEX "{name}"')
