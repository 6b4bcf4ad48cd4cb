"""What happens to admin tokens when their owners change."""

from __future__ import annotations

from collections.abc import Sequence

from tessera.authz.limits import clip
from tessera.authz.permission import Permission
from tessera.events import RolePermissionsChanged, RolesOfUserChanged, UsersDeleted
from tessera.features.tokens import repository
from tessera.features.tokens.repository import ADMIN, Token
from tessera.features.tokens.service import SUBJECT, permissions_of_owner, remove_with_permissions
from tessera.identity.administrators import Administrator, administrators, having_roles
from tessera.identity.announcing import record
from tessera.identity.context import RequestContext
from tessera.identity.permissions import TOKEN, add_permissions, remove_permissions
from tessera.sql.writes import marks


async def delete_tokens_of(ctx: RequestContext, event: UsersDeleted) -> None:
    """Delete the admin tokens of administrators that are being deleted."""
    for user_id in event.user_ids:
        tokens = await repository.tokens_of_kind(ctx.session, ADMIN, user_id)
        await remove_with_permissions(ctx, tokens)


async def clip_tokens_of_users(ctx: RequestContext, event: RolesOfUserChanged) -> None:
    """Take from the tokens of administrators what their new roles do not hold."""
    await _clip(ctx, await administrators(ctx.session, f"id IN ({marks(event.user_ids)})", event.user_ids))


async def clip_tokens_of_roles(ctx: RequestContext, event: RolePermissionsChanged) -> None:
    """Take from the tokens of everybody who has a role what the role no longer holds."""
    await _clip(ctx, await administrators(ctx.session, having_roles(event.role_ids), event.role_ids))


async def _clip(ctx: RequestContext, owners: Sequence[Administrator]) -> None:
    """Clip the stored permissions, as admin-tokens.txt says; the ceiling at each request holds without it."""
    for owner in owners:
        tokens = await repository.tokens_of_kind(ctx.session, ADMIN, owner.id)
        if tokens and not owner.is_super_admin:
            held = tuple(stored.permission for stored in await permissions_of_owner(ctx, owner))
            for token in tokens:
                await _clip_token(ctx, token, held)


async def _clip_token(ctx: RequestContext, token: Token, owner: tuple[Permission, ...]) -> None:
    before = [row.permission for row in token.held]
    after = clip(before, owner, ctx.project.is_localized)
    gone = [row.id for row in token.held if row.permission not in after]
    added = [permission for permission in after if permission not in before]
    await remove_permissions(ctx.session, gone)
    await add_permissions(ctx.session, TOKEN, token.id, added, now=ctx.now, randomness=ctx.project.randomness)
    if gone:
        await record(ctx, "admin-token.clip", SUBJECT, token.id, name=token.name)
