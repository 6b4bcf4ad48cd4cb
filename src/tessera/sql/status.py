"""The status of a document as SQL (database.md §7)."""

from __future__ import annotations

from tessera.query.conditions import Version
from tessera.schema.model import ContentType, Model
from tessera.sql.builder import Builder

_NEWER = "CASE WHEN {draft}.updated_at > {published}.updated_at THEN 'modified' ELSE 'published' END"


def status(builder: Builder, model: Model, alias: str, version: Version) -> str:
    """Return the status of the document of a row, of which the version may be known."""
    if not isinstance(model, ContentType) or not model.draft_and_publish:
        return f"CASE WHEN {alias}.published_at IS NULL THEN 'draft' ELSE 'published' END"
    if version is Version.DRAFT:
        return _of_draft(builder, model, alias)
    if version is Version.PUBLISHED:
        return _of_published(builder, model, alias)
    draft, published = _of_draft(builder, model, alias), _of_published(builder, model, alias)
    return f"CASE WHEN {alias}.published_at IS NULL THEN {draft} ELSE {published} END"


def _of_draft(builder: Builder, model: Model, alias: str) -> str:
    other = builder.alias()
    found = _NEWER.format(draft=alias, published=other)
    return f"coalesce((SELECT {found} {_twin(builder, model, alias, other)} IS NOT NULL LIMIT 1), 'draft')"


def _of_published(builder: Builder, model: Model, alias: str) -> str:
    other = builder.alias()
    found = _NEWER.format(draft=other, published=alias)
    return f"coalesce((SELECT {found} {_twin(builder, model, alias, other)} IS NULL LIMIT 1), 'published')"


def _twin(builder: Builder, model: Model, alias: str, other: str) -> str:
    """Return where the other version of a row is, up to what its time of publication is."""
    same_locale = builder.dialect.same(f"{other}.locale", f"{alias}.locale")
    return (
        f"FROM {builder.table(model)} {other}"
        f" WHERE {other}.document_id = {alias}.document_id AND {same_locale} AND {other}.published_at"
    )
