"""What a caller may give to others at most: what it holds itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tessera.authz.limits import Exceeding, exceeding
from tessera.authz.permission import Permission
from tessera.errors import PermissionCeilingError
from tessera.identity.context import RequestContext
from tessera.identity.permissions import ROLE, TOKEN, StoredPermission, permissions_of
from tessera.identity.principal import TokenBearer


async def held_by(ctx: RequestContext) -> tuple[tuple[Permission, ...], ...]:
    """
    Return the bounds on what the caller may give: one list for each who must hold it too.

    A super admin's own session has none; an admin token is bounded by what it holds, and by its owner's roles.
    """
    bounds: list[tuple[Permission, ...]] = []
    user = ctx.admin.user
    if not user.is_super_admin:
        bounds.append(_permissions(await permissions_of(ctx.session, ROLE, user.role_ids)))
    if isinstance(ctx.admin, TokenBearer):
        bounds.append(_permissions(await permissions_of(ctx.session, TOKEN, (ctx.admin.token_id,))))
    return tuple(bounds)


async def refuse_beyond(ctx: RequestContext, wanted: Sequence[Permission]) -> None:
    """Refuse permissions that the caller does not hold, naming every one of them."""
    too_much = [found for held in await held_by(ctx) for found in exceeding(wanted, held)]
    if too_much:
        raise ceiling_error(too_much)


def ceiling_error(too_much: Iterable[Exceeding]) -> PermissionCeilingError:
    """Return the refusal that names each violation once."""
    unique = list(dict.fromkeys(too_much))
    named = ", ".join(dict.fromkeys(found.described() for found in unique))
    violations = [found.violation() for found in unique]
    return PermissionCeilingError(f"Cannot give permissions beyond your own: {named}", {"violations": violations})


def _permissions(stored: Iterable[StoredPermission]) -> tuple[Permission, ...]:
    return tuple(row.permission for row in stored)
