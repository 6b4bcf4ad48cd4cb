"""The HTTP door to registering, signing in and choosing passwords."""

from __future__ import annotations

from typing import Final

from tessera.errors import ApplicationError, NotFoundError
from tessera.features.end_users import actions, confirming, recovery, signing_in
from tessera.features.end_users.answers import SentConfirmation, SignedUpUser
from tessera.features.end_users.cookies import signed_in_answer
from tessera.features.end_users.service import read_user
from tessera.features.end_users.shapes import (
    AddressBody,
    ConfirmationBody,
    ConfirmationQuery,
    EndUserRegistration,
    EndUserReset,
    PasswordBody,
    SignInBody,
    refuse_unlike,
)
from tessera.features.end_users.signing_in import SignedUp
from tessera.identity.context import RequestContext
from tessera.schema.model import JSON
from tessera.web.envelopes import Done
from tessera.web.request import Request
from tessera.web.response import Response, ok, redirect
from tessera.web.routing import CONTENT, RateLimit, Route, route
from tessera.web.shapes import check

# As often as `ratelimit` of the settings says; no client tries many addresses.
_PER_CLIENT: Final = RateLimit()
_BY_EMAIL: Final = RateLimit(by="email", client_attempts=100)


@route(
    "POST",
    "/api/auth/local",
    audience=CONTENT,
    action=actions.SIGN_IN,
    limit=_PER_CLIENT,
    body=SignInBody,
    answer=SignedUpUser,
)
async def sign_in(request: Request, ctx: RequestContext) -> Response:
    """Sign in with a name or an address and a password."""
    body = await request.read(SignInBody)
    return await _answer(request, ctx, await signing_in.sign_in(ctx, body.identifier, body.password, _device(request)))


@route(
    "POST",
    "/api/auth/local/register",
    audience=CONTENT,
    action=actions.REGISTER,
    limit=_BY_EMAIL,
    body=EndUserRegistration,
    answer=SignedUpUser,
)
async def register(request: Request, ctx: RequestContext) -> Response:
    """Open an account and sign in, or have a link sent that confirms the address."""
    body = request.json()
    await signing_in.refuse_registration(ctx, _keys(body))
    check(EndUserRegistration, body)
    return await _answer(request, ctx, await signing_in.register(ctx, body, _device(request)))


@route(
    "POST",
    "/api/auth/forgot-password",
    audience=CONTENT,
    action=actions.FORGOT_PASSWORD,
    limit=_BY_EMAIL,
    body=AddressBody,
    answer=Done,
)
async def forgot_password(request: Request, ctx: RequestContext) -> Response:
    """Send a link to choose a new password; the answer does not say whether there is such an account."""
    await recovery.ask_for_new_password(ctx, (await request.read(AddressBody)).email)
    return ok({"ok": True})


@route(
    "POST",
    "/api/auth/reset-password",
    audience=CONTENT,
    action=actions.RESET_PASSWORD,
    limit=_PER_CLIENT,
    body=EndUserReset,
    answer=SignedUpUser,
)
async def reset_password(request: Request, ctx: RequestContext) -> Response:
    """Choose a new password with the code that was sent, and sign in."""
    body = await request.read(EndUserReset)
    refuse_unlike(body.password, body.password_confirmation)
    signed_up = await recovery.reset_password(ctx, body.code, body.password, _device(request))
    return await _answer(request, ctx, signed_up)


@route(
    "POST",
    "/api/auth/change-password",
    audience=CONTENT,
    action=actions.CHANGE_PASSWORD,
    limit=_PER_CLIENT,
    body=PasswordBody,
    answer=SignedUpUser,
)
async def change_password(request: Request, ctx: RequestContext) -> Response:
    """Change one's own password and sign in anew; what was signed in before ends."""
    body = await request.read(PasswordBody)
    refuse_unlike(body.password, body.password_confirmation)
    signed_up = await recovery.change_password(ctx, body.current_password, body.password, _device(request))
    return await _answer(request, ctx, signed_up)


@route(
    "GET",
    "/api/auth/email-confirmation",
    audience=CONTENT,
    action=actions.CONFIRM_EMAIL,
    query=ConfirmationQuery,
    status=302,
)
async def confirm_email(request: Request, ctx: RequestContext) -> Response:
    """Confirm an address with the link that was sent, and go on to the site."""
    page = await confirming.confirm(ctx, request.asked(ConfirmationQuery).confirmation)
    return redirect(page if page and page.isprintable() else "/")


@route(
    "POST",
    "/api/auth/send-email-confirmation",
    audience=CONTENT,
    action=actions.SEND_CONFIRMATION,
    limit=_BY_EMAIL,
    body=ConfirmationBody,
    answer=SentConfirmation,
)
async def send_confirmation(request: Request, ctx: RequestContext) -> Response:
    """Send the link that confirms an address once more."""
    email = await confirming.ask_again(ctx, (await request.read(ConfirmationBody)).email)
    return ok({"email": email, "sent": True})


@route("GET", "/api/auth/{provider}/callback", audience=CONTENT, action=actions.SIGN_IN, status=400)
async def sign_in_elsewhere(_: Request, __: RequestContext) -> Response:
    """Refuse to sign in by way of another service, none of which can be enabled."""
    raise ApplicationError("This provider is disabled")


@route("GET", "/api/connect/{provider*}", audience=CONTENT, action=actions.CONNECT, limit=_PER_CLIENT, status=400)
async def connect(request: Request, _: RequestContext) -> Response:
    """Refuse to begin to sign in by way of another service."""
    if not request.params["provider"]:
        raise NotFoundError
    raise ApplicationError("This provider is disabled")


ROUTES: Final[tuple[Route, ...]] = (
    sign_in,
    register,
    forgot_password,
    reset_password,
    change_password,
    confirm_email,
    send_confirmation,
    sign_in_elsewhere,
    connect,
)


def _keys(body: JSON) -> list[str]:
    """Return what a body names; the items of a list are named by their numbers, as in the reference."""
    if isinstance(body, list):
        return [str(index) for index in range(len(body))]
    return list(body) if isinstance(body, dict) else []


def _device(request: Request) -> str | None:
    """Return the device that a client says it is, where sessions are kept."""
    body = request.json()
    device = body.get("deviceId") if isinstance(body, dict) else None
    return device if isinstance(device, str) and device else None


async def _answer(request: Request, ctx: RequestContext, signed_up: SignedUp) -> Response:
    user = await read_user(ctx, signed_up.user_id, {})
    if signed_up.issued is None:
        return ok({"user": user})
    return signed_in_answer(request, ctx, signed_up.issued, {"user": user})
