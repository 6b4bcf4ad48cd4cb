"""Dry runs: the same code at work in a transaction that is given up, so that what it would do is known for certain."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

import orjson

from tessera.engine.joined import Joined
from tessera.identity.context import RequestContext

T = TypeVar("T")


class _GivenUp(Exception):  # noqa: N818 - not an error: only an exception ends a transaction without keeping it
    def __init__(self, result: Any) -> None:  # noqa: ANN401 - whatever the work returned
        self.result = result


async def rehearsed(ctx: RequestContext, work: Callable[[RequestContext], Awaitable[T]]) -> T:
    """Do some work and leave no trace of it, neither in the database nor after the answer."""
    try:
        async with ctx.session.transaction():
            raise _GivenUp(await work(replace(ctx, session=Joined(ctx.session), after=[], later=[])))  # noqa: TRY301
    except _GivenUp as ending:
        done: T = ending.result
        return done


def with_difference(after: bytes, before: bytes | None, code: str | None) -> bytes:
    """Return the answer of a dry run, which tells what would become of each field of the document."""
    answer: dict[str, Any] = orjson.loads(after)
    old = (orjson.loads(before).get("data") or {}) if before else {}
    new = answer.get("data") or {}
    names = [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
    changes = {name: {"before": old.get(name), "after": new.get(name)} for name in names}
    told: dict[str, Any] = {"kept": False, "changes": changes}
    if code is not None:
        told["confirm"] = code  # what makes the call come true, as long as nothing has changed
    return orjson.dumps({**answer, "dryRun": told})
