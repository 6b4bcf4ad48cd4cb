"""Reading the history of a document, within what the caller may read of it now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from tessera.authz.reach import ALL, Fields
from tessera.engine.locales import locales
from tessera.engine.session import Row
from tessera.errors import ForbiddenError
from tessera.features.documents import actions
from tessera.features.documents.history import attributes_kept
from tessera.features.documents.history_links import Linked, linked
from tessera.features.documents.located import draft_in, rows_of
from tessera.features.documents.rights import rights_on
from tessera.identity.context import RequestContext
from tessera.query.permitted import permitted
from tessera.runtime import iso
from tessera.schema.model import ContentType
from tessera.sql.history_rows import counted, listed
from tessera.sql.statement import Statement

JSON = Any  # any JSON value
_LOCALE_NAMES: Final = Statement("SELECT code, name FROM i18n_locale")
_ALWAYS: Final = ("id", "documentId", "locale")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whose versions are asked for, and which page of them."""

    document: str | None  # None: the document of a single type
    locale: str | None
    page: int
    size: int


async def list_versions(ctx: RequestContext, content_type: ContentType, wanted: Wanted) -> dict[str, JSON]:
    """Return a page of versions, the newest first; a field that is hidden now is hidden in old versions too."""
    known = await locales(ctx.session)
    locale = (wanted.locale or known.default) if content_type.localized else None
    fields = await _readable(ctx, content_type, wanted.document, locale)
    total: int = await ctx.session.scalar(counted(content_type.uid, wanted.document, locale))
    start = (wanted.page - 1) * wanted.size
    rows = await ctx.session.rows(listed(content_type.uid, wanted.document, locale, size=wanted.size, start=start))
    kept = [_readable_data(ctx, content_type, row, fields) for row in rows]
    links = await linked(ctx, kept, content_type)
    names = {row[0]: row[1] for row in await ctx.session.rows(_LOCALE_NAMES)} if content_type.localized else {}
    shown = [_shown(content_type, row, data, links, names) for row, data in zip(rows, kept, strict=True)]
    paging = {"page": wanted.page, "pageSize": wanted.size, "pageCount": -(-total // wanted.size), "total": total}
    return {"data": shown, "meta": {"pagination": paging}}


async def _readable(ctx: RequestContext, content_type: ContentType, document: str | None, locale: str | None) -> Fields:
    """Return the fields that the caller may read of the document as it is now, or refuse."""
    rights_on(ctx, content_type, actions.READ, locale=locale).require(actions.READ)
    rights = rights_on(ctx, content_type, actions.READ)
    rows = await rows_of(ctx, content_type, None if document is None else [document], rights)
    row = draft_in(content_type, rows, locale)
    if row is None:
        # Nobody can tell whether a document that is gone was within somebody's reach.
        if rights.is_bounded(actions.READ):
            raise ForbiddenError
        return rights_on(ctx, content_type, actions.READ, locale=locale).fields(actions.READ)
    judged = rights.judge(row)
    judged.require(actions.READ)
    return judged.fields(actions.READ)


def _readable_data(ctx: RequestContext, content_type: ContentType, row: Row, fields: Fields) -> dict[str, JSON]:
    """Return what a version held, as far as it may be read; what the type no longer has only to who may read it all."""
    found, then = orjson.loads(row[5] or "{}"), orjson.loads(row[6] or "{}")
    known = permitted(ctx.project.schema, content_type, found, fields)
    gone = [name for name in found if name not in content_type.attributes and _is_plain(then.get(name))]
    names = [name for name in found if name in _ALWAYS or name in known or (fields is ALL and name in gone)]
    return {name: known.get(name, found[name]) for name in names}


def _is_plain(options: JSON) -> bool:
    """Tell whether an attribute that is gone held nothing that leads elsewhere or is secret."""
    kinds = ("password", "relation", "media", "component", "dynamiczone")
    return isinstance(options, dict) and options.get("type") not in kinds


def _shown(
    content_type: ContentType, row: Row, data: Mapping[str, JSON], links: Linked, names: Mapping[str, str]
) -> dict[str, JSON]:
    id_, uid, document, locale, status, _, schema, created, author, firstname, lastname, username, email = row
    then = orjson.loads(schema) if schema else {}
    now = attributes_kept(content_type)
    person = {"id": author, "firstname": firstname, "lastname": lastname, "username": username, "email": email}
    return {
        "id": id_,
        "contentType": uid,
        "relatedDocumentId": document,
        "locale": {"name": names[locale], "code": locale} if locale in names else None,
        "status": status,
        "data": links.shown(data, content_type),
        "schema": then,
        "createdAt": iso(created),
        **({} if author is None else {"createdBy": person}),
        "meta": {
            "unknownAttributes": {
                "added": {name: options for name, options in now.items() if name not in then},
                "removed": {name: options for name, options in then.items() if name not in now},
            }
        },
    }
