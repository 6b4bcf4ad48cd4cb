"""Use cases of sign-in sessions, where they are kept: renewing them, seeing them, ending them."""

from __future__ import annotations

from typing import Any

from tessera.errors import BadRequestError, NotFoundError, UnauthorizedError
from tessera.features.end_users.issuing import END_USERS, Issued, issued_for, refuse_without_sessions, settings_of
from tessera.identity import sessions
from tessera.identity.content_sessions import signing_of
from tessera.identity.context import RequestContext
from tessera.identity.jwt import Claims, TokenType, read_token
from tessera.identity.principal import EndUser
from tessera.identity.sessions import SignInSession
from tessera.runtime import iso


async def renew(ctx: RequestContext, refresh: Any) -> Issued:  # noqa: ANN401 - any JSON
    """Return the successors of a refresh token, which is good for one use."""
    refuse_without_sessions(ctx)
    if not isinstance(refresh, str) or not refresh:
        raise BadRequestError("Missing refresh token")
    signing = signing_of(settings_of(ctx))
    claims = read_token(refresh, TokenType.REFRESH, signing, ctx.now)
    if claims is None:
        raise UnauthorizedError("Invalid refresh token")
    async with ctx.session.transaction():
        renewed = await sessions.renew_session(
            ctx.session,
            claims,
            lifespans=signing.sessions,
            now=ctx.now,
            randomness=ctx.project.randomness,
            origin=END_USERS,
        )
    if renewed is None:
        raise UnauthorizedError("Invalid refresh token")
    return issued_for(ctx, renewed)


async def list_sessions(ctx: RequestContext) -> list[dict[str, Any]]:
    """Return the caller's sessions, the current one first."""
    user = signed_in(ctx)
    found = await sessions.sessions_of(ctx.session, user.id, ctx.now, END_USERS)
    listed = [_shown(session, user.session_id) for session in found]
    return sorted(listed, key=lambda shown: not shown["current"])


async def end_session(ctx: RequestContext, session_id: str) -> None:
    """End one of the caller's sessions."""
    user = signed_in(ctx)
    async with ctx.session.transaction():
        if not await sessions.end_session(ctx.session, Claims(user.id, session_id), END_USERS):
            raise NotFoundError("Session not found")


async def sign_out(ctx: RequestContext, *, everywhere: bool, device_id: str | None, refresh: str | None) -> None:
    """End the caller's sessions: all of them, those of a device, or the one that asks."""
    user = signed_in(ctx)
    claims = read_token(refresh, TokenType.REFRESH, signing_of(settings_of(ctx)), ctx.now) if refresh else None
    own = claims if claims is not None and claims.user_id == user.id else None
    current = own.session_id if own else user.session_id
    async with ctx.session.transaction():
        if everywhere or (device_id is None and current is None):
            await sessions.end_sessions(ctx.session, user.id, origin=END_USERS)
        elif device_id is not None:
            await sessions.end_device(ctx.session, user.id, device_id, END_USERS)
        elif current is not None:
            await sessions.end_session(ctx.session, Claims(user.id, current), END_USERS)


def signed_in(ctx: RequestContext) -> EndUser:
    """Return the end user that asks, where sessions are kept."""
    refuse_without_sessions(ctx)
    if not isinstance(ctx.principal, EndUser):
        raise UnauthorizedError("Missing authentication")
    return ctx.principal


def _shown(session: SignInSession, current: str | None) -> dict[str, Any]:
    told = session.metadata
    return {
        "id": session.session_id,
        "deviceId": session.device_id,
        **{key: told[key] for key in ("deviceName", "loginAt") if isinstance(told.get(key), str)},
        "current": session.session_id == current,
        "lastActiveAt": iso(session.created_at),
    }
