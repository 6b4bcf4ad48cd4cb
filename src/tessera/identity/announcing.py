"""Announcing what happened: within the open transaction, or once the request has been answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from tessera.authz.permission import Permission
from tessera.engine.session import Session
from tessera.events import Outcome, Recorded, Target
from tessera.identity.context import RequestContext

USER: Final = "admin::user"
_MOST: Final = 50  # permissions that an entry names


async def record(ctx: RequestContext, action: str, subject: str | None, *ids: object, **details: Any) -> None:  # noqa: ANN401 - any JSON
    """Put something that was done into the audit log, in the transaction that does it; never give it a secret."""
    targets = tuple(Target(id=str(id_)) for id_ in ids)
    await ctx.publish(ctx, Recorded(action=action, subject=subject, targets=targets, details=details))


def told(permissions: Sequence[Permission]) -> list[str]:
    """Return permissions as an entry of the log names them: each action, and what it is about."""
    names = [each.action + (f"@{each.subject}" if each.subject else "") for each in permissions[:_MOST]]
    return names if len(permissions) <= _MOST else [*names, f"and {len(permissions) - _MOST} more"]


async def record_entry(ctx: RequestContext, action: str, user_id: int) -> None:
    """Record that an administrator has proved who it is, in the transaction that lets it in."""
    target = Target(id=str(user_id))
    entry = Recorded(action=action, subject=USER, targets=(target,), administrator_id=user_id, details=_where_from(ctx))
    await ctx.publish(ctx, entry)


def record_refused_entry(ctx: RequestContext, action: str, user_id: int | None) -> None:
    """
    Record that somebody was not let in, once the refusal has been sent.

    What was sent is not told: people put passwords where addresses belong (F9).
    """
    targets = () if user_id is None else (Target(id=str(user_id)),)
    entry = Recorded(action=action, subject=USER, targets=targets, outcome=Outcome.REFUSED, details=_where_from(ctx))
    ctx.later.append(entry)


def _where_from(ctx: RequestContext) -> dict[str, str]:
    return {"address": ctx.client.address} if ctx.client.address else {}


async def announce_later(ctx: RequestContext, session: Session) -> None:
    """Announce what was left for after the answer, all of it in one transaction."""
    own = replace(ctx, session=session)
    async with session.transaction():
        while ctx.later:
            await ctx.publish(own, ctx.later.pop(0))
