"""The rows of documents, found with what the caller may do to each."""

from __future__ import annotations

from collections.abc import Sequence

from tessera.features.documents.reading import DIALECT
from tessera.features.documents.rights import Rights
from tessera.identity.context import RequestContext
from tessera.schema.model import ContentType
from tessera.sql.document_rows import DocumentRow, document_row, row_by_id, rows_of_documents


async def rows_of(
    ctx: RequestContext, content_type: ContentType, documents: Sequence[str] | None, rights: Rights
) -> list[DocumentRow]:
    """Return all rows of some documents, or of all documents of the type."""
    statement = rows_of_documents(ctx.project.schema, DIALECT, content_type, documents, rights.filters)
    return [document_row(row) for row in await ctx.session.rows(statement)]


async def row_of(ctx: RequestContext, content_type: ContentType, row_id: int, rights: Rights) -> DocumentRow:
    """Return one row, which is there."""
    row = await ctx.session.row(row_by_id(ctx.project.schema, DIALECT, content_type, row_id, rights.filters))
    if row is None:
        raise LookupError(row_id)
    return document_row(row)


def draft_in(content_type: ContentType, rows: Sequence[DocumentRow], locale: str | None) -> DocumentRow | None:
    """Return the row that is edited: the draft in a locale, or the only row of a type without drafts."""
    return version_in(content_type, rows, locale, is_published=False)


def version_in(
    content_type: ContentType, rows: Sequence[DocumentRow], locale: str | None, *, is_published: bool
) -> DocumentRow | None:
    """Return the row of a status and a locale; statuses and locales count where the type has them."""
    for row in rows:
        in_locale = not content_type.localized or row.locale == locale
        if in_locale and (not content_type.draft_and_publish or row.is_published is is_published):
            return row
    return None
