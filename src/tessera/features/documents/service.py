"""Use cases of documents: reading, creating, changing and deleting them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from tessera.engine.locales import Locales, locales
from tessera.engine.versions import raise_versions
from tessera.errors import ForbiddenError, NotFoundError
from tessera.features.documents import actions
from tessera.features.documents.announcing import CREATED, DELETED, announce, announce_rows, announce_saved
from tessera.features.documents.dimensions import EVERY, check_dimensions, locales_to_write
from tessera.features.documents.expecting import WHATEVER, Expected
from tessera.features.documents.located import draft_in, rows_of
from tessera.features.documents.passwords import Hashes
from tessera.features.documents.reading import Params, Written, answers_of, documents_of, list_of, listing_of, written
from tessera.features.documents.removal import remove_rows
from tessera.features.documents.rights import Rights, reader_of, rights_on
from tessera.features.documents.saving import Draft, Saved, change_row, create_row, hashes_for
from tessera.features.documents.sharing import share, shared_names, shared_with
from tessera.features.documents.splicing import with_localizations
from tessera.identity.context import RequestContext
from tessera.schema.model import ContentType
from tessera.sql.document_rows import DocumentRow
from tessera.sql.reads import Bound

JSON = Any  # any JSON value
DRAFT: Final = "draft"
NO_ENTITY: Final = "Entity not found"


async def list_documents(ctx: RequestContext, content_type: ContentType, params: Params) -> bytes:
    """Return a page of documents, as JSON."""
    uid, reader = content_type.uid, reader_of(ctx)
    answers = answers_of(ctx.project.schema)
    listing = listing_of(ctx, uid, params, reader, lambda: answers.managed_listing(uid, params, reader))
    return await list_of(ctx, listing)


async def read_document(ctx: RequestContext, content_type: ContentType, document: str | None, params: Params) -> bytes:
    """Return one document, as JSON; that of a single type has no id."""
    uid, by_id, reader = content_type.uid, document is not None, reader_of(ctx)

    def make() -> Bound:
        check_dimensions(params)
        return answers_of(ctx.project.schema).managed_documents(uid, params, reader, by_id=by_id)

    statement = documents_of(ctx, (uid, by_id), params, reader, make).statement({"document": document})
    row = await ctx.session.row(statement)
    if row is None:
        raise NotFoundError
    body, shown = row
    if shown == 0:
        raise ForbiddenError
    found: bytes = body
    return found


async def create_document(ctx: RequestContext, content_type: ContentType, query: Params, body: JSON) -> bytes:
    """Create a document and return it, as JSON."""
    hashes = hashes_for(ctx, content_type, body)
    async with ctx.session.transaction():
        draft = drafted(content_type, query, body, await locales(ctx.session), hashes)
        saved = await create_row(ctx, draft)
        await announce(ctx, CREATED, content_type, saved.document_id, draft.locale)
        version = Written(document_id=saved.document_id, locale=draft.locale, status=DRAFT, created=True, told=False)
        answer = await written(ctx, content_type, version, draft.locales.default)
        await raise_versions(ctx.session, [content_type.uid])
        return answer


async def change_document(
    ctx: RequestContext,
    content_type: ContentType,
    document: str,
    query: Params,
    body: JSON,
    *,
    expected: Expected = WHATEVER,
) -> bytes:
    """Change a document, or add a locale to it, and return it, as JSON."""
    hashes = hashes_for(ctx, content_type, body)
    async with ctx.session.transaction():
        draft = drafted(content_type, query, body, await locales(ctx.session), hashes)
        rights = rights_on(ctx, content_type, actions.UPDATE)
        rights.require(actions.UPDATE)
        rows = await rows_of(ctx, content_type, [document], rights)
        if not rows:
            raise NotFoundError(NO_ENTITY)
        expected.require(draft_in(content_type, rows, draft.locale))
        answer = await change(ctx, draft, rows, rights)
        await raise_versions(ctx.session, [content_type.uid])
        return answer


def drafted(content_type: ContentType, query: Params, body: JSON, known: Locales, hashes: Hashes) -> Draft:
    """Return what a request wants to be written; refuses a locale or status that is none, and what is no object."""
    (locale, *_) = locales_to_write(content_type, query, body, known)
    check_dimensions(body)
    return Draft(content_type=content_type, data=body, locale=locale, locales=known, hashes=hashes)


async def change(ctx: RequestContext, draft: Draft, rows: list[DocumentRow], rights: Rights) -> bytes:
    """Save a draft within the open transaction and return it, as JSON."""
    saved = await save(ctx, draft, rows, rights)
    await announce_saved(ctx, draft, saved)
    version = Written(
        document_id=saved.document_id,
        locale=draft.locale,
        status=DRAFT,
        created=saved.created,
    )
    siblings, names = drafts_beside(draft, rows), saved.fields & shared_names(draft.content_type)
    return await in_step(ctx, draft, version, row_id=saved.row_id, siblings=siblings, names=names)


async def save(ctx: RequestContext, draft: Draft, rows: list[DocumentRow], rights: Rights) -> Saved:
    """Change the row of the draft's locale, or add it to the document; what locales share is filled in."""
    row = draft_in(draft.content_type, rows, draft.locale)
    if row is not None:
        return await change_row(ctx, draft, row, rights)
    if not rows:
        return await create_row(ctx, draft)
    inherited = await shared_with(ctx, draft.content_type, rows)
    return await create_row(ctx, draft, rows[0].document_id, inherited)


async def in_step(
    ctx: RequestContext, draft: Draft, version: Written, *, row_id: int, siblings: list[int], names: Collection[str]
) -> bytes:
    """
    Return the answer to a write of a row, and bring other locales in step with what they share with it.

    The reference shows the other locales as they were, and tells beside the entry what they are now
    (content_manager_locales.shared_fields_follow_in_every_locale).
    """
    before = await written(ctx, draft.content_type, version, draft.locales.default)
    if not await share(ctx, draft.content_type, row_id, siblings, names):
        return before
    return with_localizations(await written(ctx, draft.content_type, version, draft.locales.default), before)


async def share_drafts(ctx: RequestContext, draft: Draft, rows: Collection[DocumentRow], saved: Saved) -> None:
    """Bring the drafts in other locales in step with one that was saved."""
    names = saved.fields & shared_names(draft.content_type)
    await share(ctx, draft.content_type, saved.row_id, drafts_beside(draft, rows), names)


async def delete_document(
    ctx: RequestContext,
    content_type: ContentType,
    document: str | None,
    query: Params,
    *,
    expected: Expected = WHATEVER,
) -> None:
    """Delete a document in the locale that is named, or in all of them; every row has to be within the right."""
    async with ctx.session.transaction():
        rights = rights_on(ctx, content_type, actions.DELETE)
        rights.require(actions.DELETE)
        check_dimensions(query)
        rows = await rows_of(ctx, content_type, None if document is None else [document], rights)
        known = await locales(ctx.session)
        expected.require(*rows)
        await delete_in(ctx, content_type, rows, rights, locale=query.get("locale"), known=known)
        await raise_versions(ctx.session, [content_type.uid])


async def delete_in(
    ctx: RequestContext,
    content_type: ContentType,
    rows: list[DocumentRow],
    rights: Rights,
    *,
    locale: str | None,
    known: Locales,
) -> int:
    """
    Delete the rows of documents in a locale; return how many documents they are of.

    Without a locale all rows are looked at and those of the default one go, as in the reference.
    """
    looked_at = [row for row in rows if not content_type.localized or locale in (None, "", EVERY, row.locale)]
    if not looked_at:
        raise NotFoundError
    for row in looked_at:
        rights.judge(row).require(actions.DELETE)
    gone = locale or known.default
    kept = content_type.localized and gone != EVERY
    going = [row for row in looked_at if not kept or row.locale == gone]
    await announce_rows(ctx, DELETED, content_type, going)
    await remove_rows(ctx.session, ctx.project.schema, content_type, [row.id for row in going])
    return len({row.document_id for row in looked_at})


def drafts_beside(draft: Draft, rows: Collection[DocumentRow]) -> list[int]:
    """Return the drafts in other locales; of a type without drafts all that there is."""
    if not draft.content_type.localized:
        return []
    has_drafts = draft.content_type.draft_and_publish
    return [row.id for row in rows if row.locale != draft.locale and not (has_drafts and row.is_published)]
