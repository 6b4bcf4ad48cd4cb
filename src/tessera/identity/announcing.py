"""Announcing what happened: within the open transaction, or once the request has been answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tessera.engine.session import Session
from tessera.events import Outcome, Recorded, Target
from tessera.identity.context import RequestContext


async def record(ctx: RequestContext, action: str, subject: str | None, *ids: object, **details: Any) -> None:  # noqa: ANN401 - any JSON
    """Put something that was done into the audit log, in the transaction that does it; never give it a secret."""
    targets = tuple(Target(id=str(id_)) for id_ in ids)
    await ctx.publish(ctx, Recorded(action=action, subject=subject, targets=targets, details=details))


def record_refusal(ctx: RequestContext, action: str, subject: str | None, **details: Any) -> None:  # noqa: ANN401 - any JSON
    """Put something that was refused into the audit log, once the refusal has been sent; never give it a secret."""
    ctx.later.append(Recorded(action=action, subject=subject, outcome=Outcome.REFUSED, details=details))


async def announce_later(ctx: RequestContext, session: Session) -> None:
    """Announce what was left for after the answer, all of it in one transaction."""
    own = replace(ctx, session=session)
    async with session.transaction():
        while ctx.later:
            await ctx.publish(own, ctx.later.pop(0))
