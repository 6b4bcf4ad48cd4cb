"""The HTTP door of roles."""

from __future__ import annotations

from typing import Annotated, Any

from tessera.engine.locales import locales
from tessera.errors import ABSENT, NotFoundError
from tessera.features.roles import actions, finding, service
from tessera.features.roles.answers import Grantable, Role, RoleWithUsers
from tessera.features.roles.catalogue_view import catalogue_view
from tessera.features.roles.checks import Check, answers
from tessera.identity.context import RequestContext
from tessera.identity.requested import Requests
from tessera.web.envelopes import Data, Listing
from tessera.web.fields import Ids, Items, Text
from tessera.web.granted import HeldPermission, PermissionBodies
from tessera.web.request import Request
from tessera.web.response import Response, created, ok
from tessera.web.routing import ADMIN, SIGNED_IN, route
from tessera.web.shapes import Shape


class NewRole(Shape):
    """What a new role is called."""

    name: Annotated[str, Text(min=1, required=True)]
    description: Annotated[str | None, Text(nullable=True)] = None


class RoleChanges(Shape):
    """What is to be different about a role."""

    name: Annotated[str, Text(min=1)] = ""
    description: Annotated[str | None, Text(nullable=True)] = None


class RoleIds(Shape):
    """The roles that something is done to."""

    ids: Ids


class Checks(Shape):
    """Questions whether the caller may do something."""

    permissions: Annotated[list[Check], Items()]


@route("GET", "/admin/roles", audience=ADMIN, action=actions.READ, query=Listing, answer=Data[list[RoleWithUsers]])
async def list_roles(request: Request, ctx: RequestContext) -> Response:
    """List the roles and how many administrators have each."""
    return _data(await finding.find_roles(ctx, request.query))


@route("GET", "/admin/roles/{id}", audience=ADMIN, action=actions.READ, answer=Data[RoleWithUsers])
async def read_role(request: Request, ctx: RequestContext) -> Response:
    """Show one role."""
    role = await service.read_role(ctx, _id(request))
    return _data(role.shown_with_users())


@route("POST", "/admin/roles", audience=ADMIN, action=actions.CREATE, body=NewRole, status=201, answer=Data[Role])
async def create_role(request: Request, ctx: RequestContext) -> Response:
    """Create a role that holds nothing yet."""
    asked = await request.read(NewRole)
    role = await service.create_role(ctx, asked.name, asked.description)
    return created({"data": role.shown()})


@route("PUT", "/admin/roles/{id}", audience=ADMIN, action=actions.UPDATE, body=RoleChanges, answer=Data[Role])
async def change_role(request: Request, ctx: RequestContext) -> Response:
    """Change a role's name or description."""
    await service.read_role(ctx, _id(request))
    asked = await request.read(RoleChanges)
    role = await service.change_role(ctx, _id(request), asked.given())
    return _data(role.shown())


@route("DELETE", "/admin/roles/{id}", audience=ADMIN, action=actions.DELETE, answer=Data[Role | None])
async def delete_role(request: Request, ctx: RequestContext) -> Response:
    """Delete a role that nobody has; none is no error, as in the reference."""
    gone = await service.delete_roles(ctx, [_id(request)], "id", _id(request))
    return _data(gone[0].shown() if gone else None)


@route(
    "POST", "/admin/roles/batch-delete", audience=ADMIN, action=actions.DELETE, body=RoleIds, answer=Data[list[Role]]
)
async def delete_roles(request: Request, ctx: RequestContext) -> Response:
    """Delete several roles that nobody has."""
    asked = await request.read(RoleIds)
    ids = [int(role_id) for role_id in asked.ids if str(role_id).isdecimal()]
    gone = await service.delete_roles(ctx, ids, "ids", asked.ids)
    return _data([role.shown() for role in gone])


@route("GET", "/admin/roles/{id}/permissions", audience=ADMIN, action=actions.READ, answer=Data[list[HeldPermission]])
async def list_permissions(request: Request, ctx: RequestContext) -> Response:
    """Show what a role holds."""
    held = await service.permissions(ctx, _id(request))
    return _data([permission.shown() for permission in held])


@route(
    "PUT",
    "/admin/roles/{id}/permissions",
    audience=ADMIN,
    action=actions.UPDATE,
    body=PermissionBodies,
    answer=Data[list[HeldPermission]],
)
async def set_permissions(request: Request, ctx: RequestContext) -> Response:
    """Replace what a role holds; answers what is new to it."""
    await service.read_role(ctx, _id(request))
    default = (await locales(ctx.session)).default
    body = request.json()
    asked = body.get("permissions", ABSENT) if isinstance(body, dict) else ABSENT
    requests = Requests(project=ctx.project, place="permissions", unique=True, default_locale=default)
    wanted = requests.read(asked)
    added = await service.set_permissions(ctx, _id(request), wanted)
    return _data([permission.shown() for permission in added])


@route("GET", "/admin/permissions", audience=ADMIN, action=SIGNED_IN, answer=Data[Grantable])
async def show_catalogue(_: Request, ctx: RequestContext) -> Response:
    """Show everything that can be granted."""
    shown = await finding.locales_of_matrix(ctx)
    return _data(catalogue_view(ctx.project.schema, ctx.project.catalogue, shown))


@route("POST", "/admin/permissions/check", audience=ADMIN, action=SIGNED_IN, body=Checks, answer=Data[list[bool]])
async def check_permissions(request: Request, ctx: RequestContext) -> Response:
    """Answer for each question whether the caller may."""
    asked = await request.read(Checks)
    return _data(answers(ctx, asked.permissions))


def _id(request: Request) -> int:
    found = request.number("id")
    if found is None:
        raise NotFoundError("role.notFound")
    return found


def _data(content: Any) -> Response:  # noqa: ANN401 - any JSON value
    return ok({"data": content})
