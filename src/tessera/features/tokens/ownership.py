"""Who may do what with which admin token, and what such a token may hold at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tessera.authz.limits import (
    Exceeding,
    Localized,
    exceeding,
    exceeding_message,
    exceeding_owner,
    inherit_conditions,
)
from tessera.authz.permission import Permission
from tessera.engine.session import Session
from tessera.errors import ValidationError
from tessera.features.tokens.repository import Token
from tessera.identity.administrators import Administrator
from tessera.identity.context import RequestContext
from tessera.identity.permissions import ROLE, TOKEN, permissions_of
from tessera.identity.principal import TokenBearer


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that a token may hold: what its owner holds, and a token that sets it if one does; None is no bound."""

    owner: tuple[Permission, ...] | None
    caller: tuple[Permission, ...] | None
    localized: Localized

    def bound(self, wanted: Sequence[Permission]) -> tuple[Permission, ...]:
        """Return the permissions with the owner's conditions; refuse those that exceed a bound, naming them all."""
        given = tuple(wanted)
        if self.owner is not None:
            _refuse(exceeding_owner(given, self.owner, self.localized))
            given = inherit_conditions(given, self.owner)
        if self.caller is not None:
            _refuse(exceeding(given, self.caller))
        return given


def may_manage(ctx: RequestContext, token: Token) -> bool:
    """Tell whether the caller owns the token or is a super admin."""
    return owns(ctx, token) or ctx.admin.user.is_super_admin


def owns(ctx: RequestContext, token: Token) -> bool:
    """Tell whether the caller, or the owner of the key it uses, owns the token."""
    return token.owner is not None and token.owner.id == ctx.admin.user.id


async def ceiling_for(ctx: RequestContext, owner: Administrator) -> Ceiling:
    """Return what a token of that owner may hold when the caller sets its permissions."""
    mine = ctx.admin
    return Ceiling(
        owner=None if owner.is_super_admin else await permissions_of_roles(ctx.session, owner.role_ids),
        caller=await permissions_of_token(ctx.session, mine.token_id) if isinstance(mine, TokenBearer) else None,
        localized=ctx.project.is_localized,
    )


async def holds_all_of(ctx: RequestContext, token: Token) -> bool:
    """Tell whether the caller, if it is itself an admin token, may do whatever that token may."""
    if not isinstance(ctx.admin, TokenBearer):
        return True
    mine = await permissions_of_token(ctx.session, ctx.admin.token_id)
    return not exceeding(await permissions_of_token(ctx.session, token.id), mine)


async def permissions_of_roles(session: Session, role_ids: frozenset[int]) -> tuple[Permission, ...]:
    """Return what some roles hold together."""
    return tuple(stored.permission for stored in await permissions_of(session, ROLE, sorted(role_ids)))


async def permissions_of_token(session: Session, token_id: int) -> tuple[Permission, ...]:
    """Return what a token holds."""
    return tuple(stored.permission for stored in await permissions_of(session, TOKEN, (token_id,)))


def _refuse(too_much: Sequence[Exceeding]) -> None:
    if too_much:
        raise ValidationError(exceeding_message(too_much))
