"""Use cases of single types, which have one document at most; the first save creates it."""

from __future__ import annotations

from typing import Any

from tessera.engine.locales import locales
from tessera.engine.versions import raise_versions
from tessera.errors import ForbiddenError, NotFoundError
from tessera.features.documents import actions
from tessera.features.documents.dimensions import check_dimensions
from tessera.features.documents.expecting import WHATEVER, Expected
from tessera.features.documents.located import draft_in, rows_of
from tessera.features.documents.publishing import publish_saved, require_drafts
from tessera.features.documents.reading import Params, answers_of
from tessera.features.documents.rights import reader_of, rights_on
from tessera.features.documents.saving import hashes_for
from tessera.features.documents.service import change, drafted
from tessera.identity.context import RequestContext
from tessera.query.content_manager import Occasion
from tessera.schema.model import ContentType

JSON = Any  # any JSON value


async def read_single(ctx: RequestContext, content_type: ContentType, params: Params) -> bytes:
    """
    Return the document of a single type, as JSON; that there is none is told to those who may create it.

    Other locales are shown as after a write (content_manager_locales.the_homepage_in_two_locales).
    """
    check_dimensions(params)
    statement = answers_of(ctx.project.schema).managed_document(
        content_type.uid, None, params, reader_of(ctx), occasion=Occasion.WRITTEN
    )
    body, shown = await ctx.session.row(statement) or (None, None)
    if shown == 0 or (not shown and not rights_on(ctx, content_type, actions.CREATE).may(actions.CREATE)):
        raise ForbiddenError
    if body is None:
        raise NotFoundError
    found: bytes = body
    return found


async def exists(ctx: RequestContext, content_type: ContentType) -> bool:
    """Tell whether a single type has its document, in whatever locale."""
    return bool(await rows_of(ctx, content_type, None, rights_on(ctx, content_type)))


async def save_single(
    ctx: RequestContext, content_type: ContentType, query: Params, body: JSON, *, expected: Expected = WHATEVER
) -> bytes:
    """Save the document of a single type in one locale and return it, as JSON."""
    hashes = hashes_for(ctx, content_type, body)
    async with ctx.session.transaction():
        draft = drafted(content_type, query, body, await locales(ctx.session), hashes)
        rights = rights_on(ctx, content_type, actions.UPDATE)
        rows = await rows_of(ctx, content_type, None, rights)
        expected.require(draft_in(content_type, rows, draft.locale))
        answer = await change(ctx, draft, rows, rights)
        await raise_versions(ctx.session, [content_type.uid])
        return answer


async def publish_single(
    ctx: RequestContext, content_type: ContentType, query: Params, body: JSON, *, expected: Expected = WHATEVER
) -> bytes:
    """Publish the document of a single type in one locale, saved first if the caller may."""
    require_drafts(content_type)
    hashes = hashes_for(ctx, content_type, body)
    async with ctx.session.transaction():
        draft = drafted(content_type, query, body, await locales(ctx.session), hashes)
        rights = rights_on(ctx, content_type, actions.PUBLISH, actions.UPDATE)
        rights.require(actions.PUBLISH)
        rows = await rows_of(ctx, content_type, None, rights)
        expected.require(draft_in(content_type, rows, draft.locale))
        answer = await publish_saved(ctx, draft, rows, rights)
        await raise_versions(ctx.session, [content_type.uid])
        return answer
