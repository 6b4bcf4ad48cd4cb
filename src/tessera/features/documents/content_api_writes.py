"""Use cases of the Content API that write: creating, changing and deleting what a site may."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from tessera.authz.ability import Ability, Grant
from tessera.authz.grants import known_questions
from tessera.authz.rules import SUPER_ADMIN, Rule
from tessera.engine.locales import Locales, locales
from tessera.engine.versions import raise_versions
from tessera.errors import ApplicationError, NotFoundError, ValidationError, Violation
from tessera.features.documents import actions
from tessera.features.documents.announcing import DELETED, announce_published, announce_rows, announce_saved
from tessera.features.documents.content_api import FIND, Params, action_of, asking, reader_of
from tessera.features.documents.located import rows_of, version_in
from tessera.features.documents.publishing import publish_row
from tessera.features.documents.reading import answers_of
from tessera.features.documents.removal import remove_rows
from tessera.features.documents.rights import rights_on
from tessera.features.documents.saving import Draft, Saved, hashes_for
from tessera.features.documents.service import drafts_beside, save
from tessera.features.documents.sharing import share, shared_names
from tessera.identity.context import RequestContext
from tessera.identity.principal import System
from tessera.query.conditions import Version
from tessera.query.content_api import api_status
from tessera.schema.attributes.printing import value_text
from tessera.schema.content import refused_key
from tessera.schema.model import Attribute, ContentType, Relation
from tessera.sql.document_rows import DocumentRow

JSON = Any  # any JSON value
Find = Callable[[RequestContext], Awaitable[list[DocumentRow]]]
_MISSING: Final = 'Missing "data" payload in the request body'
_EVERY: Final = "*"
_WRITTEN: Final = ("read what one has written", None)
_WRITING: Final = (actions.CREATE, actions.UPDATE, actions.DELETE, actions.PUBLISH)


async def create(ctx: RequestContext, content_type: ContentType, params: Params, body: JSON) -> bytes:
    """Create a document and return it, as JSON; it is published unless a draft is asked for."""
    return await _write(ctx, content_type, params, body, _none)


async def change(ctx: RequestContext, content_type: ContentType, document: str, params: Params, body: JSON) -> bytes:
    """Change a document, or add a locale to it, and return it, as JSON."""

    async def find(writer: RequestContext) -> list[DocumentRow]:
        rows = await rows_of(writer, content_type, [document], rights_on(writer, content_type, actions.UPDATE))
        if not rows:
            raise NotFoundError
        return rows

    return await _write(ctx, content_type, params, body, find)


async def save_single(ctx: RequestContext, content_type: ContentType, params: Params, body: JSON) -> bytes:
    """Change the document of a single type, or create it, and return it, as JSON."""

    async def find(writer: RequestContext) -> list[DocumentRow]:
        return await rows_of(writer, content_type, None, rights_on(writer, content_type, actions.UPDATE))

    return await _write(ctx, content_type, params, body, find)


async def delete(ctx: RequestContext, content_type: ContentType, document: str | None, params: Params) -> None:
    """Delete a document in a locale, the default one if none is named; none is no error."""
    writer = _writer(ctx, content_type)
    async with ctx.session.transaction():
        known = await locales(ctx.session)
        documents = None if document is None else [document]
        rows = await rows_of(writer, content_type, documents, rights_on(writer, content_type, actions.DELETE))
        locale = params.get("locale") or known.default
        gone = [row for row in rows if not content_type.localized or locale in (_EVERY, row.locale)]
        await announce_rows(ctx, DELETED, content_type, gone)
        await remove_rows(ctx.session, ctx.project.schema, content_type, [row.id for row in gone])
        await raise_versions(ctx.session, [content_type.uid])


async def _none(_: RequestContext) -> list[DocumentRow]:
    return []


async def _write(ctx: RequestContext, content_type: ContentType, params: Params, body: JSON, find: Find) -> bytes:
    """Write what a body says into the document whose rows are found, or into a new one."""
    api_status(params)
    data = _data(ctx, content_type, body)
    writer, hashes = _writer(ctx, content_type), hashes_for(ctx, content_type, data)
    async with ctx.session.transaction():
        known = await locales(ctx.session)
        draft = Draft(
            content_type=content_type,
            data=data,
            locale=_locale(content_type, params, known),
            locales=known,
            hashes=hashes,
            forgiving=False,
        )
        return await _written(ctx, writer, draft, await find(writer), params)


async def _written(
    ctx: RequestContext, writer: RequestContext, draft: Draft, rows: list[DocumentRow], params: Params
) -> bytes:
    """Save a draft, publish it unless only the draft is meant, and return what the caller may see of it."""
    content_type = draft.content_type
    saved = await save(writer, draft, rows, rights_on(writer, content_type, actions.UPDATE, actions.PUBLISH))
    names = saved.fields & shared_names(content_type)
    await share(writer, content_type, saved.row_id, drafts_beside(draft, rows), names)
    publishes = content_type.draft_and_publish and api_status(params) is Version.PUBLISHED
    if publishes:
        await _publish(writer, draft, rows, saved)
        await announce_published(ctx, draft, saved)
    else:
        await announce_saved(ctx, draft, saved)
    await raise_versions(ctx.session, [content_type.uid])
    return await _answer(ctx, draft, saved, params, is_draft=content_type.draft_and_publish and not publishes)


async def _publish(writer: RequestContext, draft: Draft, rows: list[DocumentRow], saved: Saved) -> None:
    content_type = draft.content_type
    old = version_in(content_type, rows, draft.locale, is_published=True)
    new_id = await publish_row(writer, content_type, saved, draft.locale, old)
    siblings = [row.id for row in rows if row.is_published and row.locale != draft.locale]
    await share(writer, content_type, new_id, siblings, shared_names(content_type))


async def _answer(ctx: RequestContext, draft: Draft, saved: Saved, params: Params, *, is_draft: bool) -> bytes:
    content_type = draft.content_type
    asked = {name: params[name] for name in ("fields", "populate") if name in params}
    statement = answers_of(ctx.project.schema).api_document(
        content_type.uid,
        None if content_type.is_single else saved.document_id,
        {**asked, "status": "draft" if is_draft else "published"},
        reader_of(ctx),
        locales=[draft.locale] if draft.locale else (),
        root=_whole(),
    )
    row = await ctx.session.row(statement)
    if row is None:
        raise LookupError(saved.document_id)
    body: bytes = row[0]
    return body


def _whole() -> Grant | None:
    """Return the right to see all of a document: what one has just written is shown to whoever wrote it."""
    grant = Ability(SUPER_ADMIN, frozenset({_WRITTEN})).grant(*_WRITTEN)
    return grant if isinstance(grant, Grant) else None


def _data(ctx: RequestContext, content_type: ContentType, body: JSON) -> Mapping[str, JSON]:
    """Return what is to be written, or refuse a body without it and keys that may not be there."""
    data = body.get("data") if isinstance(body, dict) else None
    if isinstance(data, list):
        cast = (
            f"this must be a `object` type, but the final value was: `null` (cast from the value `{value_text(data)}`)."
        )
        raise ValidationError.of([Violation((), cast, None)])
    if not isinstance(data, dict):
        raise ValidationError(_MISSING)
    refused = refused_key(ctx.project.schema, content_type, data, may_link=lambda link: _may_link(ctx, link))
    if refused is not None:
        raise refused.error()
    return data


def _may_link(ctx: RequestContext, link: Attribute) -> bool:
    """Tell whether a relation may be written: when its entries may be found; files are linked by whoever writes."""
    if not isinstance(link, Relation) or link.target is None:
        return True
    target = ctx.project.schema.content_types.get(link.target)
    return target is not None and asking(ctx).ability.allows(action_of(target, FIND))


def _writer(ctx: RequestContext, content_type: ContentType) -> RequestContext:
    """
    Return the context in which the server itself writes documents of one type.

    The route has found the right to the action; nothing else than documents of this type is within reach.
    """
    rules = frozenset(Rule(action, content_type.uid) for action in _WRITING)
    known = known_questions(ctx.project.catalogue, ctx.project.schema.content_types)
    return replace(ctx, principal=System(name="content api", ability=Ability(rules, known)))


def _locale(content_type: ContentType, params: Params, known: Locales) -> str | None:
    """Return the locale that is written, the default one if the query names none; what the body says is overlooked."""
    if not content_type.localized:
        return None
    asked = params.get("locale") or known.default
    if not isinstance(asked, str) or asked == _EVERY:
        raise ValidationError(f"Invalid locale param {asked} provided. Document locales must be strings.")
    if asked not in known.codes:
        raise ApplicationError("This locale doesn't exist")
    return asked
