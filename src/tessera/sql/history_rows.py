"""The rows of the history of documents, in the reference's table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tessera.query.history import recorded_entry
from tessera.schema import naming
from tessera.schema.model import ContentType, Schema
from tessera.sql.builder import Builder
from tessera.sql.conditions import Conditions
from tessera.sql.dialects.dialect import Dialect
from tessera.sql.entries import Entries
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import quote

TABLE: Final = "strapi_history_versions"
PRUNED: Final = 500  # versions that are forgotten at once
_OLDEST: Final = f"(SELECT created_at FROM {TABLE} ORDER BY id LIMIT 1)"
_PRUNE: Final = (
    f"DELETE FROM {TABLE} WHERE id IN (SELECT id FROM {TABLE} ORDER BY id LIMIT {PRUNED}) AND created_at < ?1"
)
_WHERE: Final = (
    f"FROM {TABLE} h WHERE h.content_type = ?1 AND (?2 IS NULL OR h.related_document_id = ?2)"
    " AND (?3 IS NULL OR h.locale = ?3)"
)
_COLUMNS: Final = "h.id, h.content_type, h.related_document_id, h.locale, h.status, h.data, h.schema, h.created_at"
_AUTHOR: Final = "u.id, u.firstname, u.lastname, u.username, u.email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What is written down with the rows of some documents."""

    versions: str  # JSON: pairs of document id and locale
    status: str | None  # None: modified when there is a publication, else a draft
    schema: str  # JSON: the attributes as they are now
    at: int  # milliseconds since 1970
    author: int | None


@dataclass(frozen=True, slots=True)
class Recorder:
    """The statement that copies rows of one content type into the history, however many they are."""

    text: str

    def statement(self, occasion: Occasion) -> Statement:
        """Return the statement; it answers the moment of the oldest version there is."""
        given: tuple[Value, ...] = (
            *(occasion.versions, occasion.status, occasion.schema, occasion.at, occasion.author),
        )
        return Statement(self.text, given)


def recorder(schema: Schema, dialect: Dialect, content_type: ContentType) -> Recorder:
    """Return what records rows of a content type; what is kept is read and written in one statement."""
    builder = Builder(schema, dialect)
    alias = builder.alias()
    entry = Entries(Conditions(builder)).written(recorded_entry(schema, content_type), alias)
    if builder.sources:
        raise ValueError("what is recorded asks for no values")
    table = quote(naming.table(content_type))
    drafts = content_type.draft_and_publish
    twin = (
        f"EXISTS (SELECT 1 FROM {table} p WHERE p.document_id = {alias}.document_id"
        f" AND p.locale IS {alias}.locale AND p.published_at IS NOT NULL)"
    )
    status = f"coalesce(?2, CASE WHEN {twin} THEN 'modified' ELSE 'draft' END)" if drafts else "'published'"
    conditions = [f"{alias}.document_id = json_extract(given.value, '$[0]')"]
    if content_type.localized:
        conditions.append(f"{alias}.locale IS json_extract(given.value, '$[1]')")
    if drafts:
        conditions.append(f"{alias}.published_at IS NULL")
    return Recorder(
        builder.finished(
            f"INSERT INTO {TABLE} (content_type, related_document_id, locale, status, data, schema, created_at,"
            f" created_by_id) SELECT {builder.literal(content_type.uid)}, {alias}.document_id, {alias}.locale,"
            f" {status}, {entry}, ?3, ?4, ?5 FROM json_each(?1) given CROSS JOIN {table} {alias}"
            f" WHERE {' AND '.join(conditions)} ORDER BY {alias}.id RETURNING {_OLDEST}"
        )
    )


def pruned(before: int) -> Statement:
    """Return what forgets some of the versions that are older than a moment."""
    return Statement(_PRUNE, (before,))


def counted(uid: str, document: str | None, locale: str | None) -> Statement:
    """Return what counts the versions of a document in a locale."""
    return Statement(f"SELECT count(*) {_WHERE}", (uid, document, locale))


def listed(uid: str, document: str | None, locale: str | None, *, size: int, start: int) -> Statement:
    """Return what reads some versions of a document with who made them, the newest first."""
    joined = _WHERE.replace(" WHERE", " LEFT JOIN admin_users u ON u.id = h.created_by_id WHERE", 1)
    text = f"SELECT {_COLUMNS}, {_AUTHOR} {joined} ORDER BY h.created_at DESC, h.id DESC LIMIT ?4 OFFSET ?5"
    return Statement(text, (uid, document, locale, size, start))


def by_id(uid: str, version_id: int) -> Statement:
    """Return what reads one version of a content type."""
    return Statement(f"SELECT {_COLUMNS} FROM {TABLE} h WHERE h.id = ?1 AND h.content_type = ?2", (version_id, uid))
