"""The HTTP door of translators."""

from __future__ import annotations

from typing import Annotated, Any, Final

from tessera.features.documents import actions, translating
from tessera.features.documents.answers import SharedFields, TakenOver
from tessera.features.documents.types import type_in
from tessera.identity.context import RequestContext
from tessera.web.envelopes import Data
from tessera.web.fields import Text
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, SIGNED_IN, route
from tessera.web.shapes import OpenShape, check

_COLLECTIONS: Final = "collection-types"
_SINGLES: Final = "single-types"


class SharedFieldsAsked(OpenShape):
    """Which entry's fields are asked for, as those of which locale."""

    model: Annotated[str, Text(required=True)]
    id: int | str | None = None
    locale: Annotated[str, Text(required=True)]


class SingleTakenOver(OpenShape):
    """From which locale to which a single type is taken over."""

    source_locale: Annotated[str, Text(required=True)]
    target_locale: Annotated[str, Text(required=True)]
    collection_type: Annotated[str, Text(required=True, one_of=(_COLLECTIONS, _SINGLES))]


class EntryTakenOver(OpenShape):
    """Which entry is taken over from one locale to another."""

    document_id: Annotated[str, Text(required=True)]
    source_locale: Annotated[str, Text(required=True)]
    target_locale: Annotated[str, Text(required=True)]
    collection_type: Annotated[str, Text(required=True, one_of=(_COLLECTIONS, _SINGLES))]


@route(
    "POST",
    "/i18n/content-manager/actions/get-non-localized-fields",
    audience=ADMIN,
    action=SIGNED_IN,
    body=SharedFieldsAsked,
    answer=SharedFields,
)
async def read_shared(request: Request, ctx: RequestContext) -> Response:
    """Show what a new locale of an entry has in common with the others; the type's own rights decide."""
    asked = await request.read(SharedFieldsAsked)
    row = int(str(asked.id)) if str(asked.id).isdecimal() else None
    return ok(await translating.shared_with_new(ctx, asked.model, row, asked.locale))


@route(
    "GET",
    "/i18n/content-manager/get-fill-from-locale/{uid}",
    audience=ADMIN,
    action=actions.READ,
    subject="uid",
    query=TakenOver,
    answer=Data[dict[str, Any]],
)
async def read_for_locale(request: Request, ctx: RequestContext) -> Response:
    """Show the content of one locale as the form of another may take it over."""
    content_type, query = type_in(request, ctx), dict(request.query)
    if query.get("collectionType") == _SINGLES:
        single = check(SingleTakenOver, query)
        source, target, document = single.source_locale, single.target_locale, None
    else:
        entry = check(EntryTakenOver, query)
        source, target, document = entry.source_locale, entry.target_locale, entry.document_id
    data = await translating.taken_from_locale(ctx, content_type, document, source=source, target=target)
    return ok({"data": data})


ROUTES: Final = (read_shared, read_for_locale)
