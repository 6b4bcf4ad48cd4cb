"""Use cases on several documents at once: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from tessera.engine.locales import Locales, locales
from tessera.engine.versions import raise_versions
from tessera.errors import ForbiddenError, ValidationError, Violation
from tessera.features.documents import actions
from tessera.features.documents.announcing import PUBLISHED, UNPUBLISHED, announce_rows
from tessera.features.documents.dimensions import check_dimensions, kind_of, locales_to_write
from tessera.features.documents.located import rows_of, version_in
from tessera.features.documents.publishing import publish_row, require_drafts
from tessera.features.documents.reading import DIALECT, Params
from tessera.features.documents.removal import remove_rows
from tessera.features.documents.rights import Rights, reader_of, rights_on
from tessera.features.documents.saving import Saved
from tessera.features.documents.service import delete_in
from tessera.identity.context import RequestContext
from tessera.query.question import question
from tessera.query.validation import SORT, plan_for_validation
from tessera.schema.model import ContentType
from tessera.sql.document_rows import DocumentRow
from tessera.sql.reads import compile_read

JSON = Any  # any JSON value
MOST: Final = 1000  # documents in one request


async def publish_many(ctx: RequestContext, content_type: ContentType, query: Params, body: JSON) -> int:
    """Publish the drafts of documents in some locales as they are; return how many rows were published."""
    require_drafts(content_type)
    async with ctx.session.transaction():
        rights, rows, wanted = await _asked(ctx, content_type, query, body)
        drafts = [row for row in rows if not row.is_published and row.locale in wanted]
        for draft in drafts:
            rights.judge(draft).require(actions.PUBLISH)
        for draft in drafts:
            of_document = [row for row in rows if row.document_id == draft.document_id]
            old = version_in(content_type, of_document, draft.locale, is_published=True)
            saved = Saved(row_id=draft.id, document_id=draft.document_id, created=False)
            await publish_row(ctx, content_type, saved, draft.locale, old)
        await announce_rows(ctx, PUBLISHED, content_type, drafts)
        await raise_versions(ctx.session, [content_type.uid])
        return len(drafts)


async def unpublish_many(ctx: RequestContext, content_type: ContentType, query: Params, body: JSON) -> int:
    """Take away the publications of documents in some locales; return how many rows that were."""
    require_drafts(content_type)
    async with ctx.session.transaction():
        rights, rows, wanted = await _asked(ctx, content_type, query, body)
        published = [row for row in rows if row.is_published and row.locale in wanted]
        for row in published:
            rights.judge(row).require(actions.PUBLISH)
        await announce_rows(ctx, UNPUBLISHED, content_type, published)
        await remove_rows(ctx.session, ctx.project.schema, content_type, [row.id for row in published])
        await raise_versions(ctx.session, [content_type.uid])
        return len(published)


async def delete_many(ctx: RequestContext, content_type: ContentType, query: Params, body: JSON) -> int:
    """Delete documents in one locale; return how many there were."""
    async with ctx.session.transaction():
        known = await locales(ctx.session)
        (locale, *_) = locales_to_write(content_type, query, body, known)
        documents = document_ids(body)
        rights = rights_on(ctx, content_type, actions.DELETE)
        rights.require(actions.DELETE)
        check_dimensions(body)
        rows = await rows_of(ctx, content_type, documents, rights)
        count = await delete_in(ctx, content_type, rows, rights, locale=locale, known=known)
        await raise_versions(ctx.session, [content_type.uid])
        return count


async def drafts_to_check(ctx: RequestContext, content_type: ContentType, query: Params, body: JSON) -> bytes:
    """Return the drafts of documents with all that is checked when they are published, as JSON."""
    known = await locales(ctx.session)
    (locale, *_) = locales_to_write(content_type, query, body, known)
    documents = document_ids(body)
    asked = question(body, SORT)
    plan = plan_for_validation(ctx.project.schema, reader_of(ctx), content_type, asked, len(documents))
    compiled = compile_read(plan, ctx.project.schema, DIALECT)
    named = {"start": 0, "locale": locale, **{f"document {number}": id_ for number, id_ in enumerate(documents)}}
    body_read: bytes = await ctx.session.scalar(compiled.statement(asked.values, named))
    return orjson.dumps({"results": orjson.loads(body_read)["data"]})


def document_ids(body: JSON) -> list[str]:
    """Return the ids that a body lists, each once; refuses a body that lists none."""
    if not isinstance(body, Mapping):
        raise ValidationError.of([Violation((), f"Invalid input: expected object, received {kind_of(body)}")])
    ids = body.get("documentIds")
    if not isinstance(ids, list):
        received = kind_of(ids) if "documentIds" in body else "undefined"
        raise ValidationError.of([Violation(("documentIds",), f"Invalid input: expected array, received {received}")])
    if not ids:
        raise ValidationError.of([Violation(("documentIds",), "Too small: expected array to have >=1 items")])
    if len(ids) > MOST:
        raise ValidationError.of([Violation(("documentIds",), f"Too big: expected array to have <={MOST} items")])
    odd = [index for index, id_ in enumerate(ids) if isinstance(id_, bool) or not isinstance(id_, str | int)]
    if odd:
        raise ValidationError.of([Violation(("documentIds", str(index)), "Invalid input") for index in odd])
    return list(dict.fromkeys(str(id_) for id_ in ids))


async def _asked(
    ctx: RequestContext, content_type: ContentType, query: Params, body: JSON
) -> tuple[Rights, Sequence[DocumentRow], frozenset[str | None]]:
    known = await locales(ctx.session)
    locales_to_write(content_type, query, body, known)
    documents = document_ids(body)
    rights = rights_on(ctx, content_type, actions.PUBLISH)
    if not rights.may(actions.PUBLISH):
        raise ForbiddenError
    check_dimensions(body, many=True)
    rows = await rows_of(ctx, content_type, documents, rights)
    return rights, rows, _wanted(content_type, query, body, known, rows)


def _wanted(
    content_type: ContentType, query: Params, body: JSON, known: Locales, rows: Sequence[DocumentRow]
) -> frozenset[str | None]:
    """Return the locales whose rows are meant; of a type without locales every row is."""
    if not content_type.localized:
        return frozenset(row.locale for row in rows)
    return frozenset(locales_to_write(content_type, query, body, known))
