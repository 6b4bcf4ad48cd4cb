"""
Which administrators a permission reaches, when it stands under conditions.

Actions on administrators have no subject, and the reference overlooks their conditions (F22). Nothing that can be
changed about an administrator decides a condition, so a row is the same before and after a change (F21).
"""

from __future__ import annotations

from collections.abc import Sequence

from tessera.authz.ability import Grant
from tessera.errors import NotFoundError, PolicyError
from tessera.features.users import repository
from tessera.filters import ALWAYS, Row, evaluate
from tessera.identity.administrators import Administrator, administrator
from tessera.identity.context import RequestContext


async def reachable(ctx: RequestContext, action: str, user_id: int | None, unknown: str) -> Administrator:
    """Return the administrator with that id, if the action reaches it; one out of reach is as unknown as none."""
    user = None if user_id is None else await administrator(ctx.session, "id", user_id)
    if user is None or not await _reaches(ctx, action, user):
        raise NotFoundError(unknown)
    return user


async def refuse_beyond_reach(ctx: RequestContext, action: str, users: Sequence[Administrator]) -> None:
    """Refuse an action on administrators that it does not all reach."""
    for user in users:
        if not await _reaches(ctx, action, user):
            raise PolicyError


async def _reaches(ctx: RequestContext, action: str, user: Administrator) -> bool:
    grant = ctx.admin.ability.grant(action)
    if not isinstance(grant, Grant):
        return False
    return grant.filter == ALWAYS or evaluate(grant.filter, await _row(ctx, user))


async def _row(ctx: RequestContext, user: Administrator) -> Row:
    creator_id = await repository.creator_of(ctx.session, user.id)
    creator = None if creator_id is None else await administrator(ctx.session, "id", creator_id)
    return {**_attributes(user), "createdBy": None if creator is None else _attributes(creator)}


def _attributes(user: Administrator) -> dict[str, object]:
    return {**user.shown(), "roles": [role.shown() for role in user.roles]}
