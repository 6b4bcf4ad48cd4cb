"""Use cases of drafts: publishing, unpublishing and discarding (database.md §5.6, §7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from tessera.engine.locales import locales
from tessera.engine.versions import raise_versions
from tessera.errors import ApplicationError, ForbiddenError, NotFoundError
from tessera.features.documents import actions
from tessera.features.documents.announcing import DISCARDED, UNPUBLISHED, announce, announce_published
from tessera.features.documents.checks import accepted
from tessera.features.documents.copying import Copier
from tessera.features.documents.dimensions import check_dimensions, locales_to_write
from tessera.features.documents.expecting import WHATEVER, Expected
from tessera.features.documents.located import draft_in, row_of, rows_of, version_in
from tessera.features.documents.reading import Params, Written, written
from tessera.features.documents.removal import remove_rows
from tessera.features.documents.rights import Rights, rights_on
from tessera.features.documents.saving import Draft, Saved, change_row, create_row, hashes_for
from tessera.features.documents.service import NO_ENTITY, drafted, in_step, save, share_drafts
from tessera.features.documents.sharing import shared_names, stored
from tessera.features.documents.splicing import without_publication
from tessera.identity.context import RequestContext
from tessera.query.content_manager import Occasion
from tessera.query.held import held_in
from tessera.schema.content import draft_to_publish
from tessera.schema.model import ContentType
from tessera.sql.document_rows import DocumentRow
from tessera.sql.uniqueness import Among

JSON = Any  # any JSON value
_NO_DOCUMENT: Final = "Document not found"


async def publish_document(
    ctx: RequestContext,
    content_type: ContentType,
    document: str | None,
    query: Params,
    body: JSON,
    *,
    expected: Expected = WHATEVER,
) -> bytes:
    """Publish a document in one locale, saved first if the caller may; without an id it is created."""
    require_drafts(content_type)
    hashes = hashes_for(ctx, content_type, body)
    async with ctx.session.transaction():
        draft = drafted(content_type, query, body, await locales(ctx.session), hashes)
        rights = rights_on(ctx, content_type, actions.PUBLISH, actions.UPDATE)
        rights.require(actions.PUBLISH)
        rows = [] if document is None else await rows_of(ctx, content_type, [document], rights)
        if document is not None and not rows:
            raise NotFoundError(_NO_DOCUMENT)
        expected.require(draft_in(content_type, rows, draft.locale))
        answer = await publish_saved(ctx, draft, rows, rights)
        await raise_versions(ctx.session, [content_type.uid])
        return answer


async def publish_stored(ctx: RequestContext, content_type: ContentType, document: str | None, query: Params) -> bytes:
    """Publish a document in one locale as it is stored; without an id it is that of a single type."""
    require_drafts(content_type)
    async with ctx.session.transaction():
        draft = drafted(content_type, query, {}, await locales(ctx.session), {})
        rights = rights_on(ctx, content_type, actions.PUBLISH)
        rights.require(actions.PUBLISH)
        rows = await rows_of(ctx, content_type, None if document is None else [document], rights)
        row = draft_in(content_type, rows, draft.locale)
        if row is None:
            raise NotFoundError(_NO_DOCUMENT)
        rights.judge(row).require(actions.PUBLISH)
        saved = Saved(row_id=row.id, document_id=row.document_id, created=False)
        answer = await _publish(ctx, draft, rows, rights, saved)
        await raise_versions(ctx.session, [content_type.uid])
        return answer


async def publish_saved(ctx: RequestContext, draft: Draft, rows: list[DocumentRow], rights: Rights) -> bytes:
    """Save and publish within the open transaction; the right to publish has to hold before and after."""
    return await _publish(ctx, draft, rows, rights, await _saved(ctx, draft, rows, rights))


async def _publish(ctx: RequestContext, draft: Draft, rows: list[DocumentRow], rights: Rights, saved: Saved) -> bytes:
    if rights.is_bounded(actions.PUBLISH):
        rights.judge(await row_of(ctx, draft.content_type, saved.row_id, rights)).require(actions.PUBLISH)
    old = version_in(draft.content_type, rows, draft.locale, is_published=True)
    new_id = await publish_row(ctx, draft.content_type, saved, draft.locale, old)
    await announce_published(ctx, draft, saved)
    siblings = [row.id for row in rows if row.is_published and row.locale != draft.locale]
    version = Written(document_id=saved.document_id, locale=draft.locale, status="published")
    names = shared_names(draft.content_type)
    return await in_step(ctx, draft, version, row_id=new_id, siblings=siblings, names=names)


async def publish_row(
    ctx: RequestContext, content_type: ContentType, saved: Saved, locale: str | None, old: DocumentRow | None
) -> int:
    """Put a copy of a draft, if it is fit for it, in the place of what was published."""
    schema = ctx.project.schema
    data = await stored(ctx, content_type, saved.row_id)
    content = draft_to_publish(schema, content_type, data)
    among = Among(content_type=content_type, locale=locale, but=saved.document_id)
    await accepted(ctx.session, schema, among, content)
    copier = Copier(session=ctx.session, schema=schema, content_type=content_type, published=True)
    held = held_in(schema, content_type, saved.row_id, data)
    return await copier.replace(saved.row_id, old.id if old else None, held, {"published_at": ctx.now})


async def unpublish_document(
    ctx: RequestContext,
    content_type: ContentType,
    document: str | None,
    query: Params,
    body: JSON,
    *,
    expected: Expected = WHATEVER,
) -> bytes:
    """Take a document's publication away in one locale, and drop what was changed since if that is asked for."""
    require_drafts(content_type)
    discards = isinstance(body, dict) and bool(body.get("discardDraft"))
    async with ctx.session.transaction():
        rights = rights_on(ctx, content_type, actions.PUBLISH, actions.UPDATE)
        wanted = (actions.PUBLISH, actions.UPDATE) if discards else (actions.PUBLISH,)
        rights.require(*wanted)
        known = await locales(ctx.session)
        (locale, *_) = locales_to_write(content_type, query, body, known)
        check_dimensions(body)
        rows = await rows_of(ctx, content_type, None if document is None else [document], rights)
        published = version_in(content_type, rows, locale, is_published=True)
        if published is None:
            raise NotFoundError(None if document is None else NO_ENTITY)
        rights.judge(published).require(*wanted)
        expected.require(published, draft_in(content_type, rows, locale))
        if discards:
            await discard_row(ctx, content_type, rows, published, rights)
            await announce(ctx, DISCARDED, content_type, published.document_id, locale)
        await announce(ctx, UNPUBLISHED, content_type, published.document_id, locale)
        version = Written(
            document_id=published.document_id, locale=locale, status="published", occasion=Occasion.UNPUBLISHED
        )
        answer = await written(ctx, content_type, version, known.default)
        await remove_rows(ctx.session, ctx.project.schema, content_type, [published.id])
        await raise_versions(ctx.session, [content_type.uid])
        return without_publication(answer, locale)


async def discard_draft(
    ctx: RequestContext,
    content_type: ContentType,
    document: str | None,
    query: Params,
    body: JSON,
    *,
    expected: Expected = WHATEVER,
) -> bytes:
    """Drop what was changed in a draft since its publication."""
    require_drafts(content_type)
    async with ctx.session.transaction():
        rights = rights_on(ctx, content_type, actions.UPDATE)
        rights.require(actions.UPDATE)
        known = await locales(ctx.session)
        (locale, *_) = locales_to_write(content_type, query, body, known)
        check_dimensions(body)
        rows = await rows_of(ctx, content_type, None if document is None else [document], rights)
        published = version_in(content_type, rows, locale, is_published=True)
        if published is None:
            raise NotFoundError
        expected.require(draft_in(content_type, rows, locale))
        new_id = await discard_row(ctx, content_type, rows, published, rights)
        await announce(ctx, DISCARDED, content_type, published.document_id, locale)
        version = Written(document_id=published.document_id, locale=locale, status="draft")
        draft = Draft(content_type=content_type, data={}, locale=locale, locales=known, hashes={})
        siblings = [row.id for row in rows if not row.is_published and row.locale != locale]
        names = shared_names(content_type)
        answer = await in_step(ctx, draft, version, row_id=new_id, siblings=siblings, names=names)
        await raise_versions(ctx.session, [content_type.uid])
        return answer


async def discard_row(
    ctx: RequestContext,
    content_type: ContentType,
    rows: Sequence[DocumentRow],
    published: DocumentRow,
    rights: Rights,
) -> int:
    """Put a copy of what is published in the place of the draft; both have to be within the right to update."""
    rights.judge(published).require(actions.UPDATE)
    draft = draft_in(content_type, rows, published.locale)
    if draft is not None:
        rights.judge(draft).require(actions.UPDATE)
    copier = Copier(session=ctx.session, schema=ctx.project.schema, content_type=content_type, published=False)
    held = await copier.holdings(published.id)
    return await copier.replace(published.id, draft.id if draft else None, held, {"published_at": None})


def require_drafts(content_type: ContentType) -> None:
    """Refuse to publish what has no drafts; the reference ends in a server error."""
    if not content_type.draft_and_publish:
        raise ApplicationError(f"Draft & Publish is not enabled for {content_type.uid}")


async def _saved(ctx: RequestContext, draft: Draft, rows: list[DocumentRow], rights: Rights) -> Saved:
    """Save what is to be published; who may not update publishes what there is (…publishing_without_updating)."""
    content_type = draft.content_type
    if not rows:
        return await create_row(ctx, draft)
    row = draft_in(content_type, rows, draft.locale)
    if row is None:
        if not rights_on(ctx, content_type, actions.PUBLISH, locale=draft.locale).may(actions.PUBLISH):
            raise ForbiddenError
        saved = await save(ctx, draft, rows, rights)
        await share_drafts(ctx, draft, rows, saved)
        return saved
    judged = rights.judge(row)
    judged.require(actions.PUBLISH)
    if not judged.may(actions.UPDATE):
        return Saved(row_id=row.id, document_id=row.document_id, created=False)
    saved = await change_row(ctx, draft, row, rights)
    await share_drafts(ctx, draft, rows, saved)
    return saved
