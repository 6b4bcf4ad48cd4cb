"""Use cases of the Content API that read: what a site shows of the documents it may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tessera.authz.ability import Grant
from tessera.errors import ForbiddenError, NotFoundError
from tessera.features.documents.reading import answers_of, documents_of, list_of, listing_of
from tessera.identity.context import RequestContext
from tessera.identity.principal import APITokenBearer, ContentPrincipal, EndUser, Visitor
from tessera.query.paging import Limits
from tessera.query.sight import Reader
from tessera.schema.model import ContentType
from tessera.sql.listing import Listing
from tessera.sql.reads import Bound

Params = Mapping[str, Any]  # as `tessera.query.params.parse` returns them

FIND: Final = "find"
FIND_ONE: Final = "findOne"
CREATE: Final = "create"
UPDATE: Final = "update"
DELETE: Final = "delete"
_READ_DRAFT: Final = "readDraft"
_EVERY: Final = "*"
_MOST: Final = 2**31 - 1  # entries on a page, where the project sets no limit


async def list_published(ctx: RequestContext, content_type: ContentType, params: Params) -> bytes:
    """Return a page of documents, as JSON; drafts only to those who may read drafts."""
    rest, reader = ctx.project.settings.api, reader_of(ctx)
    limits = Limits(usual=rest.default_limit, most=rest.max_limit or _MOST, counted=rest.with_count)

    def make() -> Listing:
        refuse_drafts(ctx, content_type, params)
        locales = asked_locales(content_type, params)
        answers = answers_of(ctx.project.schema)
        return answers.api_listing(content_type.uid, params, reader, locales=locales, limits=limits)

    return await list_of(ctx, listing_of(ctx, (content_type.uid, limits), params, reader, make))


async def read_published(ctx: RequestContext, content_type: ContentType, document: str | None, params: Params) -> bytes:
    """Return one document, as JSON; that of a single type has no id."""
    action, reader = FIND if document is None else FIND_ONE, reader_of(ctx)

    def make() -> Bound:
        root = require(ctx, content_type, action)
        refuse_drafts(ctx, content_type, params)
        locales = asked_locales(content_type, params)
        answers = answers_of(ctx.project.schema)
        return answers.api_documents(content_type.uid, params, reader, locales=locales, root=root)

    found = documents_of(ctx, (content_type.uid, action), params, reader, make)
    statement = found.statement({"document": document})
    row = await ctx.session.row(statement)
    if row is None:
        raise NotFoundError
    body: bytes = row[0]
    return body


def require(ctx: RequestContext, content_type: ContentType, verb: str) -> Grant:
    """Return the right to an action of the Content API, or refuse."""
    grant = asking(ctx).ability.grant(action_of(content_type, verb))
    if isinstance(grant, Grant):
        return grant
    raise ForbiddenError


def refuse_drafts(ctx: RequestContext, content_type: ContentType, params: Params) -> None:
    """Refuse to show drafts to those who may not read them (content_promises.reading_drafts_takes_a_right)."""
    if params.get("status") == "draft" and content_type.draft_and_publish:
        require(ctx, content_type, _READ_DRAFT)


def asking(ctx: RequestContext) -> ContentPrincipal:
    """Return who asks the Content API."""
    if isinstance(ctx.principal, APITokenBearer | EndUser | Visitor):
        return ctx.principal
    raise ForbiddenError


def reader_of(ctx: RequestContext) -> Reader:
    """Return who asks as a reader of what it may find."""
    ability, types = asking(ctx).ability, ctx.project.schema.content_types

    def grants(uid: str) -> Grant | None:
        content_type = types.get(uid)
        found = ability.grant(action_of(content_type, FIND)) if content_type else None
        return found if isinstance(found, Grant) else None

    def drafts(uid: str) -> bool:
        return uid in types and ability.allows(action_of(types[uid], _READ_DRAFT))

    return Reader(grants, ("content", ability.key), drafts)


def action_of(content_type: ContentType, verb: str) -> str:
    """Return the id of an action of the Content API on a type."""
    return f"{content_type.uid}.{verb}"


def asked_locales(content_type: ContentType, params: Params) -> Sequence[str | None] | None:
    """
    Return the locales that are asked for: None stands for the default one, and instead of a list for all of them.

    A filter on the locale takes the place of the parameter (content_api_read.locale_parameter).
    """
    asked, filters = params.get("locale"), params.get("filters")
    if not content_type.localized:
        return ()
    if asked == _EVERY or (isinstance(filters, Mapping) and "locale" in filters):
        return None
    if isinstance(asked, list):
        return [str(code) for code in asked]
    return [str(asked) if asked else None]
