"""The HTTP door to the settings of the media library."""

from __future__ import annotations

from typing import Final

from tessera.features.media import actions, settings
from tessera.features.media.answers import LibrarySettingsShown, LibraryViewShown
from tessera.features.media.shapes import LibrarySettings, LibraryView
from tessera.identity.context import RequestContext
from tessera.web.envelopes import Data
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, SIGNED_IN, Route, route


@route("GET", "/upload/settings", audience=ADMIN, action=actions.SETTINGS, answer=Data[LibrarySettingsShown])
async def read_settings(_: Request, ctx: RequestContext) -> Response:
    """Show what is done with pictures."""
    return ok({"data": await settings.read_settings(ctx)})


@route(
    "PUT",
    "/upload/settings",
    audience=ADMIN,
    action=actions.SETTINGS,
    body=LibrarySettings,
    answer=Data[LibrarySettingsShown],
)
async def change_settings(request: Request, ctx: RequestContext) -> Response:
    """Change what is done with pictures."""
    asked = await request.read(LibrarySettings)
    return ok({"data": await settings.change_settings(ctx, asked.model_dump(by_alias=True, exclude_unset=True))})


@route("GET", "/upload/configuration", audience=ADMIN, action=SIGNED_IN, answer=Data[LibraryViewShown])
async def read_view(_: Request, ctx: RequestContext) -> Response:
    """Show how the pages of the library look."""
    return ok({"data": await settings.read_view(ctx)})


@route(
    "PUT",
    "/upload/configuration",
    audience=ADMIN,
    action=actions.CONFIGURE,
    body=LibraryView,
    answer=Data[LibraryViewShown],
)
async def change_view(request: Request, ctx: RequestContext) -> Response:
    """Change how the pages of the library look."""
    asked = await request.read(LibraryView)
    return ok({"data": await settings.change_view(ctx, asked.model_dump(by_alias=True, exclude_unset=True))})


ROUTES: Final[tuple[Route, ...]] = (read_settings, change_settings, read_view, change_view)
