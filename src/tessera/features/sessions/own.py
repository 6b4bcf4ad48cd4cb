"""Use cases of one's own sign-in sessions: seeing them, ending them, signing out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tessera.errors import NotFoundError
from tessera.identity import sessions
from tessera.identity.announcing import USER, record
from tessera.identity.context import RequestContext
from tessera.identity.jwt import Claims
from tessera.identity.principal import SignedIn
from tessera.identity.sessions import SignInSession
from tessera.runtime import iso


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session, and whether it is the one that asks."""

    session: SignInSession
    current: bool

    def shown(self) -> dict[str, Any]:
        """Return the session as clients see it; what is not known is left out."""
        told = self.session.metadata
        shown = {
            "id": self.session.session_id,
            "deviceId": self.session.device_id,
            "deviceName": told.get("deviceName"),
            "current": self.current,
            "loginAt": told.get("loginAt"),
            "lastActiveAt": iso(self.session.created_at),
        }
        return {key: value for key, value in shown.items() if value is not None}


async def list_sessions(ctx: RequestContext) -> list[OwnSession]:
    """Return the caller's sessions, the current one first; of an admin token, its owner's."""
    found = await sessions.sessions_of(ctx.session, ctx.admin.user.id, ctx.now)
    current = _current(ctx)
    listed = [OwnSession(session, session.session_id == current) for session in found]
    return sorted(listed, key=lambda own: not own.current)


async def end_session(ctx: RequestContext, session_id: str) -> None:
    """End one of the caller's sessions."""
    async with ctx.session.transaction():
        if not await sessions.end_session(ctx.session, Claims(ctx.admin.user.id, session_id)):
            raise NotFoundError("Session not found")
        await record(ctx, "admin.session-end", USER, ctx.admin.user.id)


async def end_sessions(ctx: RequestContext, *, keep_current: bool) -> None:
    """End the caller's sessions, this one too unless it is to be kept."""
    async with ctx.session.transaction():
        await sessions.end_sessions(ctx.session, ctx.admin.user.id, but=_current(ctx) if keep_current else None)
        await record(ctx, "admin.session-end", USER, ctx.admin.user.id, all=True)


async def sign_out(ctx: RequestContext, *, this_device: bool) -> None:
    """
    End the caller's sessions: on the device of the current one, or everywhere.

    Which device that is says the session and not the client, as in the reference.
    """
    user_id = ctx.admin.user.id
    async with ctx.session.transaction():
        claims = Claims(user_id, _current(ctx) or "")
        device = await sessions.device_of(ctx.session, claims) if this_device else None
        if device is None:
            await sessions.end_sessions(ctx.session, user_id)
        else:
            await sessions.end_device(ctx.session, user_id, device)
        await record(ctx, "admin.logout", USER, user_id)


def _current(ctx: RequestContext) -> str | None:
    return ctx.principal.session_id if isinstance(ctx.principal, SignedIn) else None
