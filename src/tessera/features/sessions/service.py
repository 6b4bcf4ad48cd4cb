"""Use cases of signing up, in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tessera.errors import ApplicationError, UnauthorizedError, ValidationError
from tessera.features.sessions import repository
from tessera.identity import sessions
from tessera.identity.accounts import add_account, change_account, is_once_token, set_roles
from tessera.identity.administrators import Administrator, administrator
from tessera.identity.agents import device_name
from tessera.identity.announcing import record_entry, record_refused_entry
from tessera.identity.context import RequestContext
from tessera.identity.jwt import TokenType, read_token, sign_access, sign_refresh
from tessera.identity.passwords import hash_password, verify_password
from tessera.identity.sessions import SignInSession
from tessera.runtime import iso
from tessera.sql.statement import Value

_REFUSED: Final = "Invalid credentials"
SIGNED_IN: Final = "admin.auth.success"
SIGN_IN_FAILED: Final = "admin.auth.failure"
_NO_INVITATION: Final = "Invalid registration info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Where somebody signs in: an id that the client keeps, and whether it wants to be remembered."""

    id: str | None = None
    remembered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What somebody says of itself on signing up; `names` are columns."""

    names: Mapping[str, str | None]
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """A session and the two tokens that belong to it."""

    session: SignInSession
    access: str = field(repr=False)
    refresh: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Somebody who has just signed in."""

    user: Administrator
    tokens: Tokens


ANYWHERE: Final = Device()


async def register_first(ctx: RequestContext, email: str, person: Person, device: Device) -> Opened:
    """Register the first administrator, a super admin; of several who try at once, one succeeds."""
    await _refuse_second(ctx)
    hashed = hash_password(person.password)
    async with ctx.session.transaction():
        await _refuse_second(ctx)
        role_id = await repository.super_admin_role(ctx.session)
        if role_id is None:
            raise ApplicationError("Cannot register the first admin because the super admin role doesn't exist.")
        values = {**person.names, "email": email, "password": hashed, "is_active": 1}
        user_id = await add_account(ctx.session, values, ctx.now, ctx.project.randomness)
        await set_roles(ctx.session, user_id, (role_id,))
        await record_entry(ctx, "user.create", user_id)
        return await open_session(ctx, user_id, device)


async def read_invitation(ctx: RequestContext, token: str) -> Administrator:
    """Return whom a token invites."""
    user = await _invited(ctx, token)
    if user is None:
        raise ValidationError("Invalid registrationToken")
    return user


async def accept_invitation(ctx: RequestContext, token: str, person: Person, device: Device) -> Opened:
    """Register with an invitation, which is used up by it."""
    if await _invited(ctx, token) is None:
        raise ValidationError(_NO_INVITATION)
    hashed = hash_password(person.password)
    async with ctx.session.transaction():
        user = await _invited(ctx, token)
        if user is None:
            raise ValidationError(_NO_INVITATION)
        values: dict[str, Value] = {
            **person.names,
            "password": hashed,
            "registration_token": None,
            "is_active": 1,
            "updated_at": ctx.now,
        }
        await change_account(ctx.session, user.id, values)
        await record_entry(ctx, "user.register", user.id)
        return await open_session(ctx, user.id, device)


async def sign_in(ctx: RequestContext, email: str, password: str, device: Device) -> Opened:
    """
    Sign in with an address and a password.

    Who is not active learns so only with the right password; one that is unknown takes as long as one that is (F60).
    """
    found = await repository.password_by_email(ctx.session, email)
    user_id, hashed = found or (None, None)
    if not verify_password(password, hashed) or user_id is None:
        record_refused_entry(ctx, SIGN_IN_FAILED, user_id)
        raise ApplicationError(_REFUSED)
    async with ctx.session.transaction():
        user = await administrator(ctx.session, "id", user_id)
        if user is None or not user.is_active or user.blocked:
            record_refused_entry(ctx, SIGN_IN_FAILED, user_id)
            raise ApplicationError("User not active")
        return await open_session(ctx, user_id, device)


async def exchange(ctx: RequestContext, refresh: str | None) -> Tokens:
    """
    Return the successors of a refresh token, which is good for one use.

    As in the reference, whoever is not active may exchange too; the new access token opens nothing.
    """
    if not refresh:
        raise UnauthorizedError("Missing refresh token")
    admin = ctx.project.settings.admin
    claims = read_token(refresh, TokenType.REFRESH, admin, ctx.now)
    if claims is None:
        raise UnauthorizedError("Invalid refresh token")
    async with ctx.session.transaction():
        renewed = await sessions.renew_session(
            ctx.session, claims, lifespans=admin.sessions, now=ctx.now, randomness=ctx.project.randomness
        )
    if renewed is None:
        raise UnauthorizedError("Invalid refresh token")
    return _tokens(ctx, renewed)


async def open_session(ctx: RequestContext, user_id: int, device: Device = ANYWHERE) -> Opened:
    """Begin a sign-in session of an administrator, in the open transaction."""
    name = device_name(ctx.client.agent)
    begun = await sessions.begin_session(
        ctx.session,
        user_id=user_id,
        device_id=device.id or ctx.project.randomness.uuid(),
        remembered=device.remembered,
        metadata={"loginAt": iso(ctx.now)} | ({"deviceName": name} if name else {}),
        lifespans=ctx.project.settings.admin.sessions,
        now=ctx.now,
        randomness=ctx.project.randomness,
    )
    user = await administrator(ctx.session, "id", user_id)
    if user is None:
        raise UnauthorizedError
    await record_entry(ctx, SIGNED_IN, user_id)
    return Opened(user=user, tokens=_tokens(ctx, begun))


def _tokens(ctx: RequestContext, session: SignInSession) -> Tokens:
    admin = ctx.project.settings.admin
    access = sign_access(session.claims, admin, ctx.now)
    return Tokens(session=session, access=access, refresh=sign_refresh(session.claims, admin, session.expires_at))


async def _refuse_second(ctx: RequestContext) -> None:
    if await repository.has_administrator(ctx.session):
        raise ApplicationError("You cannot register a new super admin")


async def _invited(ctx: RequestContext, token: str) -> Administrator | None:
    return await repository.invited(ctx.session, token) if is_once_token(token) else None
