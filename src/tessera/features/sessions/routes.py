"""The HTTP door to signing up, in and out."""

from __future__ import annotations

from typing import Annotated, Final

from tessera.errors import ApplicationError
from tessera.features.sessions import own, recovery, service
from tessera.features.sessions.answers import (
    AccessToken,
    CredentialsBody,
    Invited,
    SessionsToEnd,
    SignedIn,
    SignedInAnew,
    SignInSession,
    SignOutBody,
)
from tessera.features.sessions.cookies import refresh_token_of, with_refresh_cookie, without_refresh_cookie
from tessera.features.sessions.service import Device, Opened, Person
from tessera.identity.context import RequestContext
from tessera.schema.model import JSON
from tessera.web.account import (
    Account,
    AccountWithRoles,
    DeviceId,
    LastName,
    NewEmail,
    NewFirstName,
    NewPassword,
    RememberMe,
)
from tessera.web.envelopes import Data, Empty
from tessera.web.fields import Text
from tessera.web.request import Request
from tessera.web.response import Response, no_content, ok
from tessera.web.routing import ADMIN, PUBLIC, SIGNED_IN, RateLimit, Route, route
from tessera.web.shapes import OpenShape, Shape

# An address is tried as often as `admin.rateLimit` says, and no client tries many addresses.
_BY_EMAIL: Final = RateLimit(by="email", client_attempts=100)
_PER_CLIENT: Final = RateLimit(attempts=50)  # whole offices register on their first day
_NAMES: Final = ("firstname", "lastname")
_MISSING: Final = "Missing credentials"


class DeviceBody(OpenShape):
    """Where somebody signs in; its address and password are looked at on their own."""

    device_id: DeviceId = ""
    remember_me: RememberMe = False


class FirstAdminBody(Shape):
    """Who registers first."""

    email: NewEmail
    firstname: NewFirstName
    lastname: LastName = None
    password: NewPassword
    device_id: DeviceId = ""
    remember_me: RememberMe = False


class UserInfo(Shape):
    """What an invited administrator says of itself."""

    firstname: NewFirstName
    lastname: LastName = None
    password: NewPassword


class RegistrationBody(Shape):
    """An invitation that is accepted."""

    registration_token: Annotated[str, Text(required=True)]
    user_info: UserInfo
    device_id: DeviceId = ""
    remember_me: RememberMe = False


class RegistrationQuery(Shape):
    """Whose invitation is looked at."""

    registration_token: Annotated[str, Text(required=True)]


class ForgottenBody(Shape):
    """Who has forgotten the password."""

    email: NewEmail


class ResetBody(Shape):
    """The new password, and the token that was sent."""

    reset_password_token: Annotated[str, Text(required=True)]
    password: NewPassword


@route(
    "POST",
    "/admin/register-admin",
    audience=ADMIN,
    action=PUBLIC,
    limit=_BY_EMAIL,
    body=FirstAdminBody,
    answer=Data[SignedIn[AccountWithRoles]],
)
async def register_first_admin(request: Request, ctx: RequestContext) -> Response:
    """Register the first administrator, who is a super admin."""
    body = await request.read(FirstAdminBody)
    opened = await service.register_first(ctx, body.email, _person(body), _device(body))
    return _signed_in(ctx, opened, opened.user.shown_with_roles())


@route(
    "POST",
    "/admin/login",
    audience=ADMIN,
    action=PUBLIC,
    limit=_BY_EMAIL,
    body=CredentialsBody,
    answer=Data[SignedIn[Account]],
)
async def sign_in(request: Request, ctx: RequestContext) -> Response:
    """Sign in with an address and a password."""
    device = _device(await request.read(DeviceBody))
    body = request.json()
    email, password = (_credential(body, key) for key in ("email", "password"))
    opened = await service.sign_in(ctx, email.lower(), password, device)
    return _signed_in(ctx, opened, opened.user.shown())


@route(
    "GET",
    "/admin/registration-info",
    audience=ADMIN,
    action=PUBLIC,
    limit=_PER_CLIENT,
    query=RegistrationQuery,
    answer=Data[Invited],
)
async def read_invitation(request: Request, ctx: RequestContext) -> Response:
    """Show whom an invitation is for."""
    user = await service.read_invitation(ctx, request.asked(RegistrationQuery).registration_token)
    return ok({"data": {"email": user.email, "firstname": user.firstname, "lastname": user.lastname}})


@route(
    "POST",
    "/admin/register",
    audience=ADMIN,
    action=PUBLIC,
    limit=_PER_CLIENT,
    body=RegistrationBody,
    answer=Data[SignedIn[AccountWithRoles]],
)
async def accept_invitation(request: Request, ctx: RequestContext) -> Response:
    """Register with an invitation, once."""
    body = await request.read(RegistrationBody)
    opened = await service.accept_invitation(ctx, body.registration_token, _person(body.user_info), _device(body))
    return _signed_in(ctx, opened, opened.user.shown_with_roles())


@route("POST", "/admin/forgot-password", audience=ADMIN, action=PUBLIC, limit=_BY_EMAIL, body=ForgottenBody, status=204)
async def forgot_password(request: Request, ctx: RequestContext) -> Response:
    """Send a link to choose a new password to whoever has that address; the answer does not say whether anybody has."""
    await recovery.ask_for_new_password(ctx, (await request.read(ForgottenBody)).email)
    return no_content()


@route(
    "POST",
    "/admin/reset-password",
    audience=ADMIN,
    action=PUBLIC,
    limit=_PER_CLIENT,
    body=ResetBody,
    answer=Data[SignedInAnew[AccountWithRoles]],
)
async def reset_password(request: Request, ctx: RequestContext) -> Response:
    """Choose a new password with a link that was sent, and sign in; all other sessions end."""
    body = await request.read(ResetBody)
    opened = await recovery.reset_password(ctx, body.reset_password_token, body.password)
    answer = ok({"data": {"token": opened.tokens.access, "user": opened.user.shown_with_roles()}})
    return with_refresh_cookie(answer, opened.tokens, ctx)


@route("POST", "/admin/access-token", audience=ADMIN, action=PUBLIC, answer=Data[AccessToken])
async def exchange(request: Request, ctx: RequestContext) -> Response:
    """Exchange the refresh cookie, once, for a new access token and a new cookie."""
    tokens = await service.exchange(ctx, refresh_token_of(request, ctx))
    return with_refresh_cookie(ok({"data": {"token": tokens.access}}), tokens, ctx)


@route("POST", "/admin/logout", audience=ADMIN, action=SIGNED_IN, tokens=False, body=SignOutBody, answer=Data[Empty])
async def sign_out(request: Request, ctx: RequestContext) -> Response:
    """Sign out on this device, if the body has a deviceId, or everywhere."""
    body = request.json()
    named = body.get("deviceId") if isinstance(body, dict) else None
    await own.sign_out(ctx, this_device=isinstance(named, str) and bool(named))
    return without_refresh_cookie(ok({"data": {}}), ctx)


@route("GET", "/admin/users/me/sessions", audience=ADMIN, action=SIGNED_IN, answer=Data[list[SignInSession]])
async def list_sessions(_: Request, ctx: RequestContext) -> Response:
    """List one's own sign-in sessions; to an admin token, its owner's."""
    return ok({"data": [session.shown() for session in await own.list_sessions(ctx)]})


@route(
    "DELETE",
    "/admin/users/me/sessions",
    audience=ADMIN,
    action=SIGNED_IN,
    tokens=False,
    query=SessionsToEnd,
    answer=Data[Empty],
)
async def end_sessions(request: Request, ctx: RequestContext) -> Response:
    """End one's own sign-in sessions; `keepCurrent=true` keeps this one."""
    await own.end_sessions(ctx, keep_current=request.query.get("keepCurrent") in ("true", "1"))
    return ok({"data": {}})


@route("DELETE", "/admin/users/me/sessions/{id}", audience=ADMIN, action=SIGNED_IN, tokens=False, answer=Data[Empty])
async def end_session(request: Request, ctx: RequestContext) -> Response:
    """End one of one's own sign-in sessions."""
    await own.end_session(ctx, request.params["id"])
    return ok({"data": {}})


ROUTES: Final[tuple[Route, ...]] = (
    register_first_admin,
    sign_in,
    read_invitation,
    accept_invitation,
    forgot_password,
    reset_password,
    exchange,
    sign_out,
    list_sessions,
    end_sessions,
    end_session,
)


def _device(body: DeviceBody | FirstAdminBody | RegistrationBody) -> Device:
    return Device(id=body.device_id or None, remembered=body.remember_me)


def _person(body: FirstAdminBody | UserInfo) -> Person:
    given = body.given()
    return Person(names={key: given[key] for key in _NAMES if key in given}, password=body.password)


def _credential(body: JSON, key: str) -> str:
    """Return a credential; only a text that is not empty is one (F50)."""
    value = body.get(key) if isinstance(body, dict) else None
    if not isinstance(value, str) or not value:
        raise ApplicationError(_MISSING)
    return value


def _signed_in(ctx: RequestContext, opened: Opened, user: dict[str, JSON]) -> Response:
    access = opened.tokens.access
    answer = ok({"data": {"token": access, "accessToken": access, "user": user}})
    return with_refresh_cookie(answer, opened.tokens, ctx)
