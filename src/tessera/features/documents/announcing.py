"""Telling other features which documents were written, within the transaction that writes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tessera.events import DocumentsChanged, DocumentVersion
from tessera.features.documents.saving import Draft, Saved
from tessera.identity.context import RequestContext
from tessera.schema.model import ContentType
from tessera.sql.document_rows import DocumentRow

CREATED: Final = "entry.create"
UPDATED: Final = "entry.update"
DELETED: Final = "entry.delete"
PUBLISHED: Final = "entry.publish"
UNPUBLISHED: Final = "entry.unpublish"
DISCARDED: Final = "entry.draft-discard"


async def announce(
    ctx: RequestContext,
    action: str,
    content_type: ContentType,
    document: str,
    locale: str | None,
    *,
    before: str | None = None,
) -> None:
    """Tell that one document was written in one locale, and what came before it in the same request."""
    version = DocumentVersion(document_id=document, locale=locale if content_type.localized else None)
    event = DocumentsChanged(uid=content_type.uid, action=action, versions=(version,), before=before)
    await ctx.publish(ctx, event)


async def announce_saved(ctx: RequestContext, draft: Draft, saved: Saved) -> None:
    """Tell that a draft was saved, in a new row or in one that was there."""
    await announce(ctx, _saving(saved), draft.content_type, saved.document_id, draft.locale)


async def announce_published(ctx: RequestContext, draft: Draft, saved: Saved) -> None:
    """Tell that a draft was published, and that it was saved first if it was."""
    before = _saving(saved) if saved.written else None
    await announce(ctx, PUBLISHED, draft.content_type, saved.document_id, draft.locale, before=before)


def _saving(saved: Saved) -> str:
    return CREATED if saved.created else UPDATED


async def announce_rows(
    ctx: RequestContext, action: str, content_type: ContentType, rows: Iterable[DocumentRow]
) -> None:
    """Tell that rows were written, or are about to go; those of a draft and its publication are one version."""
    found = dict.fromkeys((row.document_id, row.locale if content_type.localized else None) for row in rows)
    versions = tuple(DocumentVersion(document_id=document, locale=locale) for document, locale in found)
    if versions:
        await ctx.publish(ctx, DocumentsChanged(uid=content_type.uid, action=action, versions=versions))
