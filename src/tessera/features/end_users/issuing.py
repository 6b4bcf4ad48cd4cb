"""The tokens that an end user is given on signing in: one that lasts, or a short one and one that renews it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tessera.errors import NotFoundError
from tessera.identity.agents import device_name
from tessera.identity.content_jwt import sign_user
from tessera.identity.content_sessions import signing_of
from tessera.identity.context import RequestContext
from tessera.identity.jwt import sign_access, sign_refresh
from tessera.identity.sessions import Origin, SignInSession, begin_session
from tessera.runtime import iso
from tessera.settings import EndUserSettings

END_USERS: Final = Origin.END_USERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What proves from now on who asks; `refresh` is there where sign-in sessions are kept."""

    access: str = field(repr=False)
    refresh: str | None = field(default=None, repr=False)


def settings_of(ctx: RequestContext) -> EndUserSettings:
    """Return how end users sign in."""
    return ctx.project.settings.plugins.end_users


def refuse_without_sessions(ctx: RequestContext) -> None:
    """Refuse what is there only where sign-in sessions are kept."""
    if not settings_of(ctx).refresh:
        raise NotFoundError


def new_device(ctx: RequestContext) -> str:
    """Return a name for the device of somebody who gives it none."""
    return ctx.project.randomness.uuid()


async def issue(ctx: RequestContext, user_id: int, password: str | None, device_id: str | None) -> Issued:
    """Return tokens for somebody who has that hashed password, in the open transaction."""
    settings = settings_of(ctx)
    if not settings.refresh:
        return Issued(access=sign_user(user_id, password, settings, ctx.now))
    name = device_name(ctx.client.agent)
    begun = await begin_session(
        ctx.session,
        user_id=user_id,
        device_id=device_id,
        remembered=True,
        metadata={"loginAt": iso(ctx.now)} | ({"deviceName": name} if name else {}),
        lifespans=signing_of(settings).sessions,
        now=ctx.now,
        randomness=ctx.project.randomness,
        origin=END_USERS,
    )
    return issued_for(ctx, begun)


def issued_for(ctx: RequestContext, session: SignInSession) -> Issued:
    """Return the tokens of a sign-in session."""
    signing = signing_of(settings_of(ctx))
    return Issued(
        access=sign_access(session.claims, signing, ctx.now),
        refresh=sign_refresh(session.claims, signing, session.expires_at),
    )
