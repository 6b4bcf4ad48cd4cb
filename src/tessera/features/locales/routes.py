"""The HTTP door of locales; it answers bare values, as the reference does."""

from __future__ import annotations

from typing import Annotated

from tessera.errors import NotFoundError
from tessera.features.locales import actions, service
from tessera.features.locales.answers import KnownLocale, Locale, TranslationSettings
from tessera.features.locales.known import known_locales
from tessera.identity.context import RequestContext
from tessera.web.envelopes import Data
from tessera.web.fields import Flag, Text
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, SIGNED_IN, route
from tessera.web.shapes import Shape

_LONGEST_NAME = 50


class NewLocale(Shape):
    """A locale to add."""

    name: Annotated[str | None, Text(nullable=True, max=_LONGEST_NAME)] = None
    code: Annotated[str, Text(one_of=tuple(known_locales()), required=True)]
    is_default: Annotated[bool, Flag(required=True)]


class LocaleChanges(Shape):
    """What is to be different about a locale."""

    name: Annotated[str | None, Text(nullable=True, min=1, max=_LONGEST_NAME)] = None
    is_default: Annotated[bool, Flag()] = False


class LocaleSettings(Shape):
    """How entries are translated; machine translation is not part of this edition."""

    ai_localizations: Annotated[bool, Flag(required=True)]


@route("GET", "/i18n/locales", audience=ADMIN, action=SIGNED_IN, answer=list[Locale])
async def list_locales(_: Request, ctx: RequestContext) -> Response:
    """List the locales of the project."""
    return ok(await service.list_locales(ctx))


@route("GET", "/i18n/iso-locales", audience=ADMIN, action=SIGNED_IN, answer=list[KnownLocale])
async def list_known(_: Request, __: RequestContext) -> Response:
    """List the locales that can be added."""
    return ok([{"code": code, "name": name} for code, name in known_locales().items()])


@route("POST", "/i18n/locales", audience=ADMIN, action=actions.CREATE, body=NewLocale, answer=Locale)
async def create_locale(request: Request, ctx: RequestContext) -> Response:
    """Add a locale."""
    asked = await request.read(NewLocale)
    return ok(await service.create_locale(ctx, asked.code, asked.name, is_default=asked.is_default))


@route("PUT", "/i18n/locales/{id}", audience=ADMIN, action=actions.UPDATE, body=LocaleChanges, answer=Locale)
async def change_locale(request: Request, ctx: RequestContext) -> Response:
    """Rename a locale, or make it the default one."""
    asked = await request.read(LocaleChanges)
    return ok(await service.change_locale(ctx, _id(request), asked.given()))


@route("DELETE", "/i18n/locales/{id}", audience=ADMIN, action=actions.DELETE, answer=Locale)
async def delete_locale(request: Request, ctx: RequestContext) -> Response:
    """Remove a locale with everything written in it."""
    return ok(await service.delete_locale(ctx, _id(request)))


@route("GET", "/i18n/settings", audience=ADMIN, action=SIGNED_IN, answer=Data[TranslationSettings | None])
async def read_settings(_: Request, ctx: RequestContext) -> Response:
    """Show how entries are translated."""
    return ok({"data": await service.read_settings(ctx)})


@route(
    "PUT",
    "/i18n/settings",
    audience=ADMIN,
    action=actions.UPDATE,
    body=LocaleSettings,
    answer=Data[TranslationSettings],
)
async def write_settings(request: Request, ctx: RequestContext) -> Response:
    """Set how entries are translated; only those who may change locales."""
    asked = await request.read(LocaleSettings)
    return ok({"data": await service.write_settings(ctx, {"aiLocalizations": asked.ai_localizations})})


def _id(request: Request) -> int:
    found = request.number("id")
    if found is None:
        raise NotFoundError("locale.notFound")
    return found
