"""What the audit log does about what other features announce: it writes it down, in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import orjson

from tessera.events import DocumentsChanged, Event, Recorded, Target, ToolCalled
from tessera.features.audit import repository
from tessera.features.audit.actors import Actor, actor_of
from tessera.features.audit.repository import Entry
from tessera.identity.context import RequestContext

_DAY: Final = 24 * 60 * 60 * 1000  # milliseconds
_TOOL_CALL: Final = "mcp.tool-call"
_MOST: Final = 60  # items of a list
_LONGEST: Final = 200  # characters of a name that somebody else has chosen


@dataclass(frozen=True, slots=True)
class LogAged(Event):
    """The audit log holds entries that are too old."""


async def documents_changed(ctx: RequestContext, event: DocumentsChanged) -> None:
    """Write down which documents were written, and by whom."""
    targets = tuple(Target(id=version.document_id, locale=version.locale) for version in event.versions)
    if targets:
        await recorded(ctx, Recorded(action=event.action, subject=event.uid, targets=targets, before=event.before))


async def tool_called(ctx: RequestContext, event: ToolCalled) -> None:
    """Write down that an agent called a tool."""
    targets = () if event.document_id is None else (Target(id=event.document_id, locale=event.locale),)
    told = Recorded(
        action=_TOOL_CALL,
        subject=event.subject,
        targets=targets,
        outcome=event.outcome,
        details={"tool": event.tool, "dryRun": event.dry_run, "error": event.reason},
    )
    await recorded(ctx, told)


async def recorded(ctx: RequestContext, event: Recorded) -> None:
    """Write down what another feature did or refused."""
    if not ctx.project.settings.admin.audit.enabled:
        return
    details = {key: _bounded(value) for key, value in event.details.items() if value is not None}
    entry = Entry(
        at=ctx.now,
        actions=(event.action,) if event.before is None else (event.before, event.action),
        origin=ctx.origin.value,
        outcome=event.outcome.value,
        actor=_actor(ctx, event),
        subject=event.subject,
        targets=event.targets,
        details=orjson.dumps(details) if details else None,
    )
    oldest = await repository.add(ctx.session, entry)
    if oldest < _cutoff(ctx) and LogAged() not in ctx.later:
        ctx.later.append(LogAged())


async def forget(ctx: RequestContext, _: Event) -> None:
    """Forget some entries that are too old; each write that finds more of them comes back for them."""
    await repository.prune(ctx.session, _cutoff(ctx))


async def start(ctx: RequestContext) -> None:
    """Forget what became too old while the server was off, as much as does not delay the start."""
    await repository.prune(ctx.session, _cutoff(ctx))


def _actor(ctx: RequestContext, event: Recorded) -> Actor:
    if event.administrator_id is None:
        return actor_of(ctx.principal)
    return Actor(kind="administrator", id=event.administrator_id)


def _bounded(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, str):
        return value[:_LONGEST]
    return [_bounded(item) for item in value[:_MOST]] if isinstance(value, list | tuple) else value


def _cutoff(ctx: RequestContext) -> int:
    return ctx.now - ctx.project.settings.admin.audit.days * _DAY
