"""The HTTP door to the settings of end users."""

from __future__ import annotations

from typing import Final

from tessera.features.end_users import actions, roles, settings
from tessera.features.end_users.answers import Provider, ProvidersBody, RegistrationRulesShown, Template, TemplatesBody
from tessera.features.end_users.shapes import AdvancedBody, filled
from tessera.identity.context import RequestContext
from tessera.web.envelopes import Done
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, Route, route
from tessera.web.shapes import check

_DONE: Final = {"ok": True}


@route(
    "GET", "/users-permissions/advanced", audience=ADMIN, action=actions.ADVANCED_READ, answer=RegistrationRulesShown
)
async def read_advanced(_: Request, ctx: RequestContext) -> Response:
    """Show who may register, and how, with the roles to choose from."""
    listed = [{**role.shown(), "locale": role.locale} for role in await roles.list_roles(ctx)]
    return ok({"settings": (await settings.read_advanced(ctx)).shown(), "roles": listed})


@route(
    "PUT", "/users-permissions/advanced", audience=ADMIN, action=actions.ADVANCED_UPDATE, body=AdvancedBody, answer=Done
)
async def change_advanced(request: Request, ctx: RequestContext) -> Response:
    """Change who may register, and how."""
    await settings.change_advanced(ctx, check(AdvancedBody, filled(request.json())).given())
    return ok(_DONE)


@route(
    "GET",
    "/users-permissions/email-templates",
    audience=ADMIN,
    action=actions.TEMPLATES_READ,
    answer=dict[str, Template],
)
async def read_templates(_: Request, ctx: RequestContext) -> Response:
    """Show the templates of messages to end users."""
    return ok(await settings.read_templates(ctx))


@route(
    "PUT",
    "/users-permissions/email-templates",
    audience=ADMIN,
    action=actions.TEMPLATES_UPDATE,
    body=TemplatesBody,
    answer=Done,
)
async def change_templates(request: Request, ctx: RequestContext) -> Response:
    """Change the templates of messages to end users."""
    await settings.change_templates(ctx, filled(request.json()).get("email-templates"))
    return ok(_DONE)


@route("GET", "/users-permissions/providers", audience=ADMIN, action=actions.PROVIDERS_READ, answer=dict[str, Provider])
async def read_providers(_: Request, ctx: RequestContext) -> Response:
    """Show the ways of signing in."""
    return ok(await settings.read_providers(ctx))


@route(
    "PUT",
    "/users-permissions/providers",
    audience=ADMIN,
    action=actions.PROVIDERS_UPDATE,
    body=ProvidersBody,
    answer=Done,
)
async def change_providers(request: Request, ctx: RequestContext) -> Response:
    """Switch signing in with a password on or off."""
    await settings.change_providers(ctx, filled(request.json()).get("providers"))
    return ok(_DONE)


ROUTES: Final[tuple[Route, ...]] = (
    read_advanced,
    change_advanced,
    read_templates,
    change_templates,
    read_providers,
    change_providers,
)
