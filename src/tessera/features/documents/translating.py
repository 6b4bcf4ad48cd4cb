"""Use cases of translators: what a new locale of an entry has in common with the others, or may take over from one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from tessera.engine.locales import locales
from tessera.errors import ApplicationError, ForbiddenError, NotFoundError
from tessera.features.documents import actions
from tessera.features.documents.located import draft_in, row_of, rows_of
from tessera.features.documents.reading import answers_of
from tessera.features.documents.rights import Rights, reader_of, rights_on
from tessera.features.documents.sharing import shared_names
from tessera.features.documents.taking_over import form_of
from tessera.identity.context import RequestContext
from tessera.query.permitted import as_new
from tessera.schema.model import JSON, ContentType
from tessera.sql.document_rows import DocumentRow

_TOLD: Final = ("id", "locale", "publishedAt")


async def shared_with_new(ctx: RequestContext, uid: str, row_id: int | None, locale: str) -> dict[str, JSON]:
    """Return what an entry has in common with its other locales, as far as the caller may read it there."""
    content_type = ctx.project.schema.content_types.get(uid)
    if content_type is None:
        raise ForbiddenError
    rights = rights_on(ctx, content_type, actions.READ)
    rights.require(actions.READ)
    if not content_type.localized:
        raise ApplicationError(f"Model {uid} is not localized")
    row = await _row(ctx, content_type, row_id, rights)
    data, meta = await _shown(ctx, content_type, row)
    in_locale = rights_on(ctx, content_type, actions.READ, locale=locale)
    names = shared_names(content_type) if in_locale.may(actions.READ) else frozenset()
    common = {name: value for name, value in data.items() if name in names}
    versions = [*meta["availableLocales"], data]
    return {
        "nonLocalizedFields": as_new(ctx.project.schema, content_type, common),
        "localizations": [{name: version[name] for name in _TOLD if name in version} for version in versions],
    }


async def taken_from_locale(
    ctx: RequestContext, content_type: ContentType, document: str | None, *, source: str, target: str
) -> dict[str, JSON]:
    """Return the content of one locale as a form in another may take it over; a single type has no id."""
    rights = rights_on(ctx, content_type, actions.READ)
    rows = await rows_of(ctx, content_type, None if content_type.is_single else [document or ""], rights)
    row = draft_in(content_type, rows, source)
    if row is None:
        raise NotFoundError
    data, _ = await _shown(ctx, content_type, row)
    return await form_of(ctx, content_type, data, source=source, target=target)


async def _row(ctx: RequestContext, content_type: ContentType, row_id: int | None, rights: Rights) -> DocumentRow:
    """Return a row by its id; of a single type any row does."""
    if not content_type.is_single:
        try:
            return await row_of(ctx, content_type, row_id or 0, rights)
        except LookupError:
            raise NotFoundError from None
    rows: Sequence[DocumentRow] = await rows_of(ctx, content_type, None, rights)
    if not rows:
        raise NotFoundError
    return rows[0]


async def _shown(
    ctx: RequestContext, content_type: ContentType, row: DocumentRow
) -> tuple[dict[str, Any], Mapping[str, Any]]:
    """Return a row as the content manager shows it to the caller, and what it tells beside it."""
    status = "published" if content_type.draft_and_publish and row.is_published else "draft"
    statement = answers_of(ctx.project.schema).managed_document(
        content_type.uid,
        row.document_id,
        {"status": status, "locale": row.locale},
        reader_of(ctx),
        default_locale=(await locales(ctx.session)).default,
    )
    body, shown = await ctx.session.row(statement) or (None, 0)
    if not shown or body is None:
        raise ForbiddenError
    answer = orjson.loads(body)
    return answer["data"], answer["meta"]
