"""Who may give which role, and who may lay hands on whose account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tessera.authz.limits import exceeding
from tessera.errors import ForbiddenError, PermissionCeilingError, ValidationError
from tessera.features.users import repository
from tessera.identity.administrators import SUPER_ADMIN, Administrator
from tessera.identity.ceiling import held_by, refuse_beyond
from tessera.identity.context import RequestContext
from tessera.identity.permissions import ROLE, permissions_of
from tessera.identity.principal import TokenBearer

_LAST: Final = "You must have at least one user with super admin role."


async def refuse_roles_beyond(ctx: RequestContext, role_ids: Sequence[int]) -> None:
    """Refuse to give roles that hold more than the caller, and the super admin's to all but super admins (F22, F23)."""
    if not role_ids:
        return
    codes = await repository.role_codes(ctx.session, role_ids)
    if missing := [str(role_id) for role_id in role_ids if role_id not in codes]:
        raise ValidationError(f"There is no role with the id {', '.join(missing)}")
    wanted = [stored.permission for stored in await permissions_of(ctx.session, ROLE, role_ids)]
    bounds = await held_by(ctx)
    if bounds and SUPER_ADMIN in codes.values():
        violations = [found.violation() for held in bounds for found in exceeding(wanted, held)]
        raise PermissionCeilingError("Only a super admin can give the super admin role", {"violations": violations})
    await refuse_beyond(ctx, wanted)


async def refuse_takeover(ctx: RequestContext, user: Administrator) -> None:
    """
    Refuse to change what an administrator signs in with when it holds more than the caller.

    Whoever could set the password or the address could sign in as that administrator.
    """
    if not await held_by(ctx):
        return
    if user.is_super_admin:
        raise PermissionCeilingError(
            "Only a super admin can change the address or the password of a super admin", {"violations": []}
        )
    await refuse_beyond(ctx, [stored.permission for stored in await permissions_of(ctx.session, ROLE, user.role_ids)])


def refuse_own_account(ctx: RequestContext, user: Administrator) -> None:
    """Refuse an admin token that reaches for its owner's account."""
    if isinstance(ctx.admin, TokenBearer) and ctx.admin.owner.id == user.id:
        raise ForbiddenError


async def refuse_to_lose_super_admins(ctx: RequestContext, users: Sequence[Administrator]) -> None:
    """Refuse to take the last super admins that can sign in."""
    taken = [user.id for user in users if user.is_super_admin]
    if taken and not await repository.other_super_admins(ctx.session, taken):
        raise ValidationError(_LAST)
