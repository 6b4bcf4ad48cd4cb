"""Use cases of administrators: what others do with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tessera.errors import ApplicationError
from tessera.events import RolesOfUserChanged, UsersDeleted
from tessera.features.users import actions, repository
from tessera.features.users.authority import (
    refuse_own_account,
    refuse_roles_beyond,
    refuse_takeover,
    refuse_to_lose_super_admins,
)
from tessera.features.users.conditions import reachable, refuse_beyond_reach
from tessera.features.users.finding import plan, search_of
from tessera.identity.accounts import add_account, change_account, is_email_taken, new_once_token, set_roles
from tessera.identity.administrators import SUPER_ADMIN, Administrator, administrators
from tessera.identity.announcing import USER, record
from tessera.identity.context import RequestContext
from tessera.identity.passwords import hash_password
from tessera.identity.sessions import end_refreshing, end_sessions
from tessera.query.params import Params
from tessera.sql.dialects.sqlite import SQLITE
from tessera.sql.reads import compile_read
from tessera.sql.statement import Value
from tessera.sql.writes import marks

_UNKNOWN: Final = "User does not exist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Who is to become an administrator; the address is in lower case."""

    email: str
    firstname: str
    lastname: str | None
    prefered_language: str | None
    roles: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is to be different about an administrator; what is None stays."""

    columns: Mapping[str, str | None] = field(default_factory=dict)  # names and language, as they are kept
    email: str | None = None
    password: str | None = None
    is_active: bool | None = None
    roles: tuple[int, ...] | None = None

    def told(self) -> dict[str, Any]:
        """Return what the audit log tells: which fields change and which roles are given, never a password."""
        fields = [*self.columns, *(name for name in ("email", "password") if getattr(self, name) is not None)]
        given = {"isActive": self.is_active, "roles": None if self.roles is None else list(self.roles)}
        return {"fields": fields, **{name: value for name, value in given.items() if value is not None}}


async def read_user(ctx: RequestContext, user_id: int | None) -> Administrator:
    """Return one administrator."""
    return await reachable(ctx, actions.READ, user_id, _UNKNOWN)


async def find_users(ctx: RequestContext, params: Params) -> bytes:
    """Return a page of administrators with their roles, as JSON."""
    schema = ctx.project.schema
    search = search_of(params, schema)
    statement = compile_read(plan(schema, ctx.admin.ability, search), schema, SQLITE)
    found: bytes = await ctx.session.scalar(statement.statement(search.question.values, {"start": search.page.start}))
    return found


async def invite_user(ctx: RequestContext, invitation: Invitation) -> Administrator:
    """Add an administrator who has still to choose a password, with the token that lets it do so."""
    async with ctx.session.transaction():
        if await is_email_taken(ctx.session, invitation.email):
            raise ApplicationError("Email already taken")
        await refuse_roles_beyond(ctx, invitation.roles)
        values: dict[str, Value] = {
            "firstname": invitation.firstname,
            "lastname": invitation.lastname,
            "email": invitation.email,
            "prefered_language": invitation.prefered_language,
            "registration_token": new_once_token(ctx.project.randomness),
            "is_active": 0,
        }
        user_id = await add_account(ctx.session, values, ctx.now, ctx.project.randomness)
        await set_roles(ctx.session, user_id, invitation.roles)
        await record(ctx, "user.create", USER, user_id, roles=list(invitation.roles))
        return await _kept(ctx, user_id)


async def change_user(ctx: RequestContext, user_id: int | None, changes: Changes) -> Administrator:
    """
    Change an administrator.

    A password that somebody else chose ends what renews its sign-in sessions; open ones run out within the life of an
    access token (admin_users.editing). Its admin tokens stay: they have keys of their own.
    """
    # Hashing takes long on purpose, and nobody else should wait for it.
    hashed = None if changes.password is None else hash_password(changes.password)
    async with ctx.session.transaction():
        user = await reachable(ctx, actions.UPDATE, user_id, _UNKNOWN)
        refuse_own_account(ctx, user)
        await _refuse(ctx, user, changes)
        await change_account(ctx.session, user.id, columns(ctx, changes, hashed))
        if changes.roles is not None and set(changes.roles) != user.role_ids:
            await set_roles(ctx.session, user.id, changes.roles)
            await ctx.publish(ctx, RolesOfUserChanged((user.id,)))
        if hashed is not None:
            await _end_sessions(ctx, user)
        await record(ctx, "user.update", USER, user.id, **changes.told())
        return await _kept(ctx, user.id)


async def delete_user(ctx: RequestContext, user_id: int | None) -> Administrator:
    """Delete an administrator, its sign-in sessions and its admin tokens."""
    async with ctx.session.transaction():
        user = await reachable(ctx, actions.DELETE, user_id, "User not found")
        await refuse_to_lose_super_admins(ctx, [user])
        _refuse_own(ctx, [user.id])
        await _delete(ctx, [user])
        return user


async def delete_users(ctx: RequestContext, user_ids: Sequence[int]) -> list[Administrator]:
    """Delete several administrators, and return those that there were."""
    if not user_ids:
        return []
    _refuse_own(ctx, user_ids)
    async with ctx.session.transaction():
        users = await administrators(ctx.session, f"id IN ({marks(user_ids)})", tuple(user_ids))
        await refuse_beyond_reach(ctx, actions.DELETE, users)
        await refuse_to_lose_super_admins(ctx, users)
        await _delete(ctx, users)
        return users


def columns(ctx: RequestContext, changes: Changes, hashed: str | None) -> dict[str, Value]:
    """Return what changes write into an administrator's row."""
    values: dict[str, Value] = {**changes.columns, "updated_at": ctx.now}
    if changes.email is not None:
        values["email"] = changes.email
    if changes.is_active is not None:
        values["is_active"] = int(changes.is_active)
    if hashed is not None:
        values["password"] = hashed
    return values


async def _kept(ctx: RequestContext, user_id: int) -> Administrator:
    """Return an administrator as it is kept now."""
    return (await administrators(ctx.session, "id = ?1", (user_id,)))[0]


async def _refuse(ctx: RequestContext, user: Administrator, changes: Changes) -> None:
    if changes.email is not None and await is_email_taken(ctx.session, changes.email, but=user.id):
        raise ApplicationError("A user with this email address already exists")
    if changes.password is not None or changes.email not in (None, user.email):
        await refuse_takeover(ctx, user)
    kept = user.role_ids if changes.roles is None else set(changes.roles)
    await refuse_roles_beyond(ctx, sorted(kept - user.role_ids))
    loses_role = any(role.code == SUPER_ADMIN and role.id not in kept for role in user.roles)
    if loses_role or changes.is_active is False:
        await refuse_to_lose_super_admins(ctx, [user])


async def _end_sessions(ctx: RequestContext, user: Administrator) -> None:
    if user.id == ctx.admin.user.id:
        await end_sessions(ctx.session, user.id)
    else:
        await end_refreshing(ctx.session, user.id)


def _refuse_own(ctx: RequestContext, user_ids: Sequence[int]) -> None:
    if ctx.admin.user.id in user_ids:
        raise ApplicationError("You cannot delete your own user")


async def _delete(ctx: RequestContext, users: Sequence[Administrator]) -> None:
    ids = tuple(user.id for user in users)
    if not ids:
        return
    await ctx.publish(ctx, UsersDeleted(ids))
    for user_id in ids:
        await end_sessions(ctx.session, user_id)
    await repository.remove_users(ctx.session, ids)
    await record(ctx, "user.delete", USER, *ids)
