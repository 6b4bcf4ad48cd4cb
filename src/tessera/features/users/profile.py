"""Use cases of one's own account."""

from __future__ import annotations

from dataclasses import dataclass

from tessera.errors import BadRequestError, UnauthorizedError
from tessera.features.users.service import Changes, columns
from tessera.identity.accounts import change_account, is_email_taken, password_of
from tessera.identity.administrators import Administrator, administrator
from tessera.identity.announcing import USER, record
from tessera.identity.context import RequestContext
from tessera.identity.passwords import hash_password, verify_password
from tessera.identity.permissions import ROLE, StoredPermission, permissions_of
from tessera.identity.sessions import end_sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChanges:
    """What somebody changes about itself; a new password comes with the current one."""

    changes: Changes
    current_password: str | None


async def read_profile(ctx: RequestContext) -> Administrator:
    """Return the caller's own account; of an admin token, its owner's."""
    user = await administrator(ctx.session, "id", ctx.admin.user.id)
    if user is None:
        raise UnauthorizedError
    return user


async def change_profile(ctx: RequestContext, wanted: ProfileChanges) -> Administrator:
    """
    Change one's own account.

    A new password ends all of one's sign-in sessions, this one too; admin tokens stay, which have keys of their own.
    """
    user_id, changes = ctx.admin.user.id, wanted.changes
    hashed = None
    if changes.password is not None:
        await _check_password(ctx, wanted.current_password or "")
        hashed = hash_password(changes.password)
    async with ctx.session.transaction():
        if changes.email is not None and await is_email_taken(ctx.session, changes.email, but=user_id):
            raise BadRequestError("ValidationError", {"email": ["Email already taken"]})
        await change_account(ctx.session, user_id, columns(ctx, changes, hashed))
        if hashed is not None:
            await end_sessions(ctx.session, user_id)
        await record(ctx, "user.update", USER, user_id, **changes.told())
        return await read_profile(ctx)


async def own_permissions(ctx: RequestContext) -> list[StoredPermission]:
    """Return what the caller holds through its roles; of an admin token, what its owner holds."""
    return await permissions_of(ctx.session, ROLE, ctx.admin.user.role_ids)


async def _check_password(ctx: RequestContext, password: str) -> None:
    hashed = await password_of(ctx.session, ctx.admin.user.id)
    if not verify_password(password, hashed):
        raise BadRequestError("ValidationError", {"currentPassword": ["Invalid credentials"]})
