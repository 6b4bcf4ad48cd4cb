"""The HTTP door of admin tokens."""

from __future__ import annotations

from typing import Annotated, Any, Final

from tessera.authz.permission import Permission
from tessera.errors import BadRequestError, NotFoundError
from tessera.features.tokens import actions, service
from tessera.features.tokens.answers import AdminToken, AdminTokenWithKey, DeletedAdminToken, NewKeyOfKind
from tessera.features.tokens.shapes import LIFESPANS, as_text
from tessera.identity.context import RequestContext
from tessera.identity.requested import Requests
from tessera.web.envelopes import Data
from tessera.web.fields import Number, Text
from tessera.web.granted import HeldPermission
from tessera.web.request import Request
from tessera.web.response import Response, created, ok
from tessera.web.routing import ADMIN, route
from tessera.web.shapes import OpenShape, Shape

_PERMISSIONS: Final = "adminPermissions"


class NewAdminToken(OpenShape):
    """A new admin token; keys that mean nothing here are overlooked, as in the reference."""

    name: Annotated[str, Text(min=1, required=True)]
    description: Annotated[str, Text()] = ""
    lifespan: Annotated[int | None, Number(nullable=True, one_of=LIFESPANS)] = None


class AdminTokenChanges(Shape):
    """What is to be different about an admin token; its life, owner and key are fixed."""

    name: Annotated[str, Text(min=1)] = ""
    description: Annotated[str | None, Text(nullable=True)] = None
    admin_permissions: Any = None


@route("GET", "/admin/admin-tokens", audience=ADMIN, action=actions.ADMIN_READ, answer=Data[list[AdminToken]])
async def list_tokens(_: Request, ctx: RequestContext) -> Response:
    """List the caller's admin tokens, or everybody's to a super admin."""
    return _data([token.shown_with_type() for token in await service.list_tokens(ctx)])


@route("GET", "/admin/admin-tokens/{id}", audience=ADMIN, action=actions.ADMIN_READ, answer=Data[AdminToken])
async def read_token(request: Request, ctx: RequestContext) -> Response:
    """Show one admin token, never its key."""
    return _data((await service.read_token(ctx, _id(request))).shown_in_full())


@route(
    "GET",
    "/admin/admin-tokens/{id}/owner-permissions",
    audience=ADMIN,
    action=actions.ADMIN_READ,
    answer=Data[list[HeldPermission]],
)
async def owner_permissions(request: Request, ctx: RequestContext) -> Response:
    """Show what the owner of a token holds, which bounds what the token may be given."""
    held = await service.owner_permissions(ctx, _id(request))
    return _data([permission.shown() for permission in held])


@route(
    "POST",
    "/admin/admin-tokens",
    audience=ADMIN,
    action=actions.ADMIN_CREATE,
    body=NewAdminToken,
    status=201,
    answer=Data[AdminTokenWithKey],
)
async def create_token(request: Request, ctx: RequestContext) -> Response:
    """Create an admin token of the caller's; the answer is the only one that has its key."""
    body = _body(request)
    body.setdefault("name", "")
    _refuse_fields_of_api_tokens(body)
    asked = await request.read(NewAdminToken)
    draft = service.Draft(
        name=asked.name,
        description=asked.description,
        lifespan=asked.lifespan,
        permissions=_permissions(ctx, body.get(_PERMISSIONS, [])),
    )
    token, key = await service.create_token(ctx, draft)
    return created({"data": {**token.shown_with_type(), "accessKey": key}})


@route(
    "PUT",
    "/admin/admin-tokens/{id}",
    audience=ADMIN,
    action=actions.ADMIN_UPDATE,
    body=AdminTokenChanges,
    answer=Data[AdminToken],
)
async def change_token(request: Request, ctx: RequestContext) -> Response:
    """Change an admin token's name, description or permissions."""
    await service.find_token(ctx, _id(request))
    _body(request)
    asked = (await request.read(AdminTokenChanges)).given()
    changes = service.Changes(
        name=asked.get("name"),
        description=(asked["description"] or "") if "description" in asked else None,
        permissions=_permissions(ctx, asked["admin_permissions"] or []) if "admin_permissions" in asked else None,
    )
    return _data((await service.change_token(ctx, _id(request), changes)).shown_with_type())


@route(
    "POST",
    "/admin/admin-tokens/{id}/regenerate",
    audience=ADMIN,
    action=actions.ADMIN_REGENERATE,
    status=201,
    answer=Data[NewKeyOfKind],
)
async def regenerate_key(request: Request, ctx: RequestContext) -> Response:
    """Give an admin token a new key; the old one dies at once."""
    token, key = await service.regenerate_key(ctx, _id(request))
    return created({"data": {"id": token.id, "kind": token.kind, "accessKey": key}})


@route(
    "DELETE", "/admin/admin-tokens/{id}", audience=ADMIN, action=actions.ADMIN_DELETE, answer=Data[DeletedAdminToken]
)
async def delete_token(request: Request, ctx: RequestContext) -> Response:
    """Delete an admin token."""
    gone = await service.delete_token(ctx, _id(request))
    return _data({**gone.shown_with_type(), "permissions": []})


def _body(request: Request) -> dict[str, Any]:
    """Return the body with its texts as the reference reads them: anything becomes text, without spaces around it."""
    body = request.json()
    if not isinstance(body, dict):
        return {}
    for key in ("name", "description"):
        if key in body:
            body[key] = as_text(body[key])
    return body


def _refuse_fields_of_api_tokens(body: dict[str, Any]) -> None:
    if "type" in body:
        raise BadRequestError("Type is not allowed for admin tokens")
    if "permissions" in body:
        raise BadRequestError("Permissions are not allowed for admin tokens")


def _permissions(ctx: RequestContext, asked: object) -> tuple[Permission, ...]:
    return Requests(project=ctx.project, place=_PERMISSIONS).read(asked)


def _id(request: Request) -> int:
    found = request.number("id")
    if found is None:
        raise NotFoundError("API Token not found")
    return found


def _data(content: object) -> Response:
    return ok({"data": content})
