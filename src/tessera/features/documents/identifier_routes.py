"""The HTTP door of unique identifiers."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ConfigDict, Field

from tessera.errors import ABSENT
from tessera.features.documents import identifiers
from tessera.features.documents.answers import Availability, LocaleAsked
from tessera.features.documents.dimensions import check_dimensions
from tessera.identity.context import RequestContext
from tessera.web.envelopes import Data
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, SIGNED_IN, route
from tessera.web.shapes import TerseShape


class _Open(TerseShape):
    """A body that may hold other keys."""

    model_config = ConfigDict(extra="ignore")


class Wish(_Open):
    """An identifier to be made from other attributes of an entry."""

    content_type_uid: str = Field(alias="contentTypeUID")
    field: str
    data: dict[str, Any]


class Proposal(_Open):
    """An identifier that may be taken."""

    content_type_uid: str = Field(alias="contentTypeUID")
    field: str
    value: str


@route(
    "POST",
    "/content-manager/uid/generate",
    audience=ADMIN,
    action=SIGNED_IN,
    body=Wish,
    query=LocaleAsked,
    answer=Data[str],
)
async def make_identifier(request: Request, ctx: RequestContext) -> Response:
    """Make a free identifier; only for those who may read or write the type."""
    asked = await request.read(Wish)
    field = _field(request, asked.content_type_uid, asked.field)
    return ok({"data": await identifiers.make_identifier(ctx, field, asked.data)})


@route(
    "POST",
    "/content-manager/uid/check-availability",
    audience=ADMIN,
    action=SIGNED_IN,
    body=Proposal,
    query=LocaleAsked,
    answer=Availability,
)
async def check_identifier(request: Request, ctx: RequestContext) -> Response:
    """Tell whether an identifier is free, and name one that is."""
    asked = await request.read(Proposal)
    field = _field(request, asked.content_type_uid, asked.field)
    is_free, suggestion = await identifiers.check_identifier(ctx, field, asked.value)
    return ok({"isAvailable": is_free, "suggestion": suggestion})


def _field(request: Request, uid: str, name: str) -> identifiers.Field:
    check_dimensions(request.query)
    locale = request.query.get("locale", ABSENT)
    return identifiers.Field(uid=uid, name=name, locale=locale if isinstance(locale, str) else None)


ROUTES: Final = (make_identifier, check_identifier)
