"""The HTTP doors to the roles of end users: the same at the Admin API and at the Content API."""

from __future__ import annotations

from typing import Final

from tessera.features.end_users import actions, roles
from tessera.features.end_users.answers import ActionsListed, OneRole, PoliciesListed, RolesListed, RoutesListed
from tessera.features.end_users.roles import Wanted, grid
from tessera.features.end_users.shapes import RoleBody, filled
from tessera.identity.content_actions import routes_view
from tessera.identity.context import RequestContext
from tessera.web.envelopes import Done
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, CONTENT, SIGNED_IN, Route, route
from tessera.web.shapes import check

_WORDS: Final = ("name", "description")
_DONE: Final = {"ok": True}


async def list_roles(_: Request, ctx: RequestContext) -> Response:
    """List the roles of end users, and how many have each."""
    return ok({"roles": [role.shown() for role in await roles.list_roles(ctx)]})


async def read_role(request: Request, ctx: RequestContext) -> Response:
    """Show a role with every action there is."""
    return ok({"role": await roles.read_role(ctx, request.number("id"))})


async def create_role(request: Request, ctx: RequestContext) -> Response:
    """Add a role."""
    await roles.create_role(ctx, _wanted(request))
    return ok(_DONE)


async def change_role(request: Request, ctx: RequestContext) -> Response:
    """Change a role; it then holds what is switched on and nothing else."""
    await roles.change_role(ctx, request.number("id"), _wanted(request))
    return ok(_DONE)


async def delete_role(request: Request, ctx: RequestContext) -> Response:
    """Delete a role; those who had it are left with the public one."""
    await roles.delete_role(ctx, request.number("id"))
    return ok(_DONE)


async def list_actions(_: Request, ctx: RequestContext) -> Response:
    """List every action of the Content API."""
    return ok({"permissions": grid(ctx.project.schema)})


@route("GET", "/users-permissions/routes", audience=ADMIN, action=SIGNED_IN, answer=RoutesListed)
async def list_routes(_: Request, ctx: RequestContext) -> Response:
    """List the routes of the Content API and the action that opens each."""
    return ok({"routes": routes_view(ctx.project.schema, ctx.project.settings.api.prefix)})


@route("GET", "/users-permissions/policies", audience=ADMIN, action=SIGNED_IN, answer=PoliciesListed)
async def list_policies(_: Request, __: RequestContext) -> Response:
    """List the policies that a project adds to actions, which are none."""
    return ok({"policies": []})


_ALL: Final = "/users-permissions/roles"
_ONE: Final = f"{_ALL}/{{id}}"
_ACTIONS: Final = "/users-permissions/permissions"

ROUTES: Final[tuple[Route, ...]] = (
    route("GET", _ALL, audience=ADMIN, action=actions.ROLES_READ, answer=RolesListed)(list_roles),
    route("GET", _ONE, audience=ADMIN, action=actions.ROLES_READ, answer=OneRole)(read_role),
    route("POST", _ALL, audience=ADMIN, action=actions.ROLES_CREATE, body=RoleBody, answer=Done)(create_role),
    route("PUT", _ONE, audience=ADMIN, action=actions.ROLES_UPDATE, body=RoleBody, answer=Done)(change_role),
    route("DELETE", _ONE, audience=ADMIN, action=actions.ROLES_DELETE, answer=Done)(delete_role),
    route("GET", _ACTIONS, audience=ADMIN, action=SIGNED_IN, answer=ActionsListed)(list_actions),
    list_routes,
    list_policies,
    route("GET", f"/api{_ALL}", audience=CONTENT, action=actions.FIND_ROLES, answer=RolesListed)(list_roles),
    route("GET", f"/api{_ONE}", audience=CONTENT, action=actions.READ_ROLE, answer=OneRole)(read_role),
    route("POST", f"/api{_ALL}", audience=CONTENT, action=actions.CREATE_ROLE, body=RoleBody, answer=Done)(create_role),
    route("PUT", f"/api{_ONE}", audience=CONTENT, action=actions.CHANGE_ROLE, body=RoleBody, answer=Done)(change_role),
    route("DELETE", f"/api{_ONE}", audience=CONTENT, action=actions.DELETE_ROLE, answer=Done)(delete_role),
    route("GET", f"/api{_ACTIONS}", audience=CONTENT, action=actions.READ_PERMISSIONS, answer=ActionsListed)(
        list_actions
    ),
)


def _wanted(request: Request) -> Wanted:
    given = check(RoleBody, filled(request.json())).given()
    return Wanted(words={key: given[key] for key in _WORDS if key in given}, permissions=given.get("permissions"))
