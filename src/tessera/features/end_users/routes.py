"""The HTTP door to the accounts of end users."""

from __future__ import annotations

from typing import Final

from tessera.features.end_users import actions, service
from tessera.features.end_users.answers import EndUser, EndUserAsked, EndUserListing
from tessera.features.end_users.shapes import EndUserBody, NewEndUserBody, object_of
from tessera.identity.context import RequestContext
from tessera.schema.model import JSON
from tessera.web.request import Request
from tessera.web.response import Response, created, no_content, ok
from tessera.web.routing import CONTENT, Route, route
from tessera.web.shapes import check


@route("GET", "/api/users", audience=CONTENT, action=actions.FIND_USERS, query=EndUserListing, answer=list[EndUser])
async def find_users(request: Request, ctx: RequestContext) -> Response:
    """Find end users."""
    return ok(await service.find_users(ctx, request.query))


@route("GET", "/api/users/count", audience=CONTENT, action=actions.COUNT_USERS, query=EndUserListing, answer=int)
async def count_users(request: Request, ctx: RequestContext) -> Response:
    """Count end users."""
    return ok(await service.count_users(ctx, request.query))


@route(
    "GET", "/api/users/me", audience=CONTENT, action=actions.ME, query=EndUserAsked, answer=EndUser, besides={204: None}
)
async def read_me(request: Request, ctx: RequestContext) -> Response:
    """Show one's own account."""
    return _found(await service.read_me(ctx, request.query))


@route(
    "GET",
    "/api/users/{id}",
    audience=CONTENT,
    action=actions.READ_USER,
    query=EndUserAsked,
    answer=EndUser,
    besides={204: None},
)
async def read_user(request: Request, ctx: RequestContext) -> Response:
    """Show an end user; of one that is unknown there is nothing to show."""
    return _found(await service.read_user(ctx, request.number("id"), request.query))


@route(
    "POST", "/api/users", audience=CONTENT, action=actions.CREATE_USER, body=NewEndUserBody, status=201, answer=EndUser
)
async def create_user(request: Request, ctx: RequestContext) -> Response:
    """Add an end user."""
    check(NewEndUserBody, request.json())
    return created(await service.create_user(ctx, object_of(request.json())))


@route("PUT", "/api/users/{id}", audience=CONTENT, action=actions.CHANGE_USER, body=EndUserBody, answer=EndUser)
async def change_user(request: Request, ctx: RequestContext) -> Response:
    """Change an end user."""
    account = await service.find_account(ctx, request.number("id"))
    check(EndUserBody, request.json())
    return ok(await service.change_user(ctx, account, object_of(request.json())))


@route("DELETE", "/api/users/{id}", audience=CONTENT, action=actions.DELETE_USER, answer=EndUser, besides={204: None})
async def delete_user(request: Request, ctx: RequestContext) -> Response:
    """Delete an end user with its sessions."""
    return _found(await service.delete_user(ctx, request.number("id")))


ROUTES: Final[tuple[Route, ...]] = (
    find_users,
    count_users,
    read_me,
    read_user,
    create_user,
    change_user,
    delete_user,
)


def _found(user: JSON) -> Response:
    return no_content() if user is None else ok(user)
