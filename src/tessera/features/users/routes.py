"""The HTTP door to administrators and to one's own account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final

import pydantic

from tessera.errors import ValidationError
from tessera.features.users import actions, profile, service
from tessera.features.users.answers import InvitedAccount
from tessera.features.users.profile import ProfileChanges
from tessera.features.users.service import Changes, Invitation
from tessera.identity.administrators import Administrator
from tessera.identity.context import RequestContext
from tessera.web.account import (
    AccountWithRoles,
    Email,
    FirstName,
    Language,
    LastName,
    NewEmail,
    NewFirstName,
    Password,
    Username,
    with_lower_email,
)
from tessera.web.envelopes import Data, Listing, Results
from tessera.web.fields import Flag, Id, Items, Text
from tessera.web.granted import HeldPermission
from tessera.web.request import Request
from tessera.web.response import Response, created, ok, raw
from tessera.web.routing import ADMIN, SIGNED_IN, Route, route
from tessera.web.shapes import Shape, check

_COLUMNS: Final = ("firstname", "lastname", "username", "prefered_language")
_MOST: Final = 1000  # administrators or roles in one request
_GREATEST_ID: Final = 2**53  # beyond it JavaScript cannot tell numbers apart

RowIds = Annotated[list[Annotated[int | str, Id()]], Items(min=1, max=_MOST)]


class InvitationBody(Shape):
    """Who is invited."""

    email: NewEmail
    firstname: NewFirstName
    lastname: Annotated[str, Text()] = ""
    roles: RowIds = pydantic.Field(default_factory=list)
    prefered_language: Language = None


class UserBody(Shape):
    """What is to be different about an administrator."""

    email: Email = ""
    firstname: FirstName = ""
    lastname: LastName = None
    username: Username = None
    password: Password = ""
    is_active: Annotated[bool, Flag()] = False
    roles: RowIds = pydantic.Field(default_factory=list)


class ProfileBody(Shape):
    """What is to be different about one's own account."""

    email: Email = ""
    firstname: FirstName = ""
    lastname: LastName = None
    username: Username = None
    password: Password = ""
    current_password: Annotated[str, Text()] = ""
    prefered_language: Language = None


class ProfileWithPasswordBody(ProfileBody):
    """The same with a new password, which needs the current one."""

    current_password: Annotated[str, Text(required=True)]


class UserIds(Shape):
    """Which administrators are to be deleted."""

    ids: RowIds


@route("GET", "/admin/users/me", audience=ADMIN, action=SIGNED_IN, answer=Data[AccountWithRoles])
async def read_me(_: Request, ctx: RequestContext) -> Response:
    """Show one's own account; to an admin token, its owner's."""
    return ok({"data": (await profile.read_profile(ctx)).shown_with_roles()})


@route(
    "PUT",
    "/admin/users/me",
    audience=ADMIN,
    action=SIGNED_IN,
    tokens=False,
    body=ProfileBody,
    answer=Data[AccountWithRoles],
)
async def change_me(request: Request, ctx: RequestContext) -> Response:
    """Change one's own account; a new password ends all sessions."""
    body = with_lower_email(request.json())
    asks_for_password = isinstance(body, dict) and "password" in body
    given = check(ProfileWithPasswordBody if asks_for_password else ProfileBody, body).given()
    wanted = ProfileChanges(changes=_changes(given), current_password=given.get("current_password"))
    return ok({"data": (await profile.change_profile(ctx, wanted)).shown_with_roles()})


@route("GET", "/admin/users/me/permissions", audience=ADMIN, action=SIGNED_IN, answer=Data[list[HeldPermission]])
async def list_my_permissions(_: Request, ctx: RequestContext) -> Response:
    """Show what one's roles hold; to an admin token, what its owner's hold."""
    return ok({"data": [stored.shown() for stored in await profile.own_permissions(ctx)]})


@route(
    "GET", "/admin/users", audience=ADMIN, action=actions.READ, query=Listing, answer=Data[Results[AccountWithRoles]]
)
async def list_users(request: Request, ctx: RequestContext) -> Response:
    """Find administrators page by page, sorted, filtered and searched."""
    return raw(b'{"data":' + await service.find_users(ctx, request.query) + b"}")


@route(
    "POST",
    "/admin/users",
    audience=ADMIN,
    action=actions.CREATE,
    body=InvitationBody,
    status=201,
    answer=Data[InvitedAccount],
)
async def invite_user(request: Request, ctx: RequestContext) -> Response:
    """Invite an administrator; the answer alone has the token to register with."""
    body = check(InvitationBody, with_lower_email(request.json(), absent=""))
    invitation = Invitation(
        email=body.email,
        firstname=body.firstname,
        lastname=body.lastname if "lastname" in body.model_fields_set else None,
        prefered_language=body.prefered_language,
        roles=_role_ids(body.roles),
    )
    user = await service.invite_user(ctx, invitation)
    return created({"data": {**user.shown_with_roles(), "registrationToken": user.registration_token}})


@route("GET", "/admin/users/{id}", audience=ADMIN, action=actions.READ, answer=Data[AccountWithRoles])
async def read_user(request: Request, ctx: RequestContext) -> Response:
    """Show an administrator."""
    return _shown(await service.read_user(ctx, _id(request.params["id"])))


@route("PUT", "/admin/users/{id}", audience=ADMIN, action=actions.UPDATE, body=UserBody, answer=Data[AccountWithRoles])
async def change_user(request: Request, ctx: RequestContext) -> Response:
    """Change an administrator."""
    given = check(UserBody, with_lower_email(request.json())).given()
    return _shown(await service.change_user(ctx, _id(request.params["id"]), _changes(given)))


@route("DELETE", "/admin/users/{id}", audience=ADMIN, action=actions.DELETE, answer=Data[AccountWithRoles])
async def delete_user(request: Request, ctx: RequestContext) -> Response:
    """Delete an administrator, its sessions and its admin tokens."""
    return _shown(await service.delete_user(ctx, _id(request.params["id"])))


@route(
    "POST",
    "/admin/users/batch-delete",
    audience=ADMIN,
    action=actions.DELETE,
    body=UserIds,
    answer=Data[list[AccountWithRoles]],
)
async def delete_users(request: Request, ctx: RequestContext) -> Response:
    """Delete several administrators."""
    ids = [row_id for given in (await request.read(UserIds)).ids if (row_id := _id(given)) is not None]
    return ok({"data": [user.shown_with_roles() for user in await service.delete_users(ctx, ids)]})


ROUTES: Final[tuple[Route, ...]] = (
    read_me,
    change_me,
    list_my_permissions,
    list_users,
    invite_user,
    read_user,
    change_user,
    delete_user,
    delete_users,
)


def _changes(given: dict[str, Any]) -> Changes:
    return Changes(
        columns={key: given[key] for key in _COLUMNS if key in given},
        email=given.get("email"),
        password=given.get("password"),
        is_active=given.get("is_active"),
        roles=_role_ids(given["roles"]) if "roles" in given else None,
    )


def _role_ids(given: Sequence[int | str]) -> tuple[int, ...]:
    ids = dict.fromkeys(_id(role) for role in given)
    if None in ids:
        raise ValidationError("A role is named by its id")
    return tuple(role_id for role_id in ids if role_id is not None)


def _id(given: int | str) -> int | None:
    """Return the id of a row, or None for what can be nobody's."""
    text = str(given)
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(_GREATEST_ID)):
        return None
    return min(int(text), _GREATEST_ID)


def _shown(user: Administrator) -> Response:
    return ok({"data": user.shown_with_roles()})
