"""What is to be delivered, noted in the transaction of the write that it tells of: one statement, whatever it tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tessera.identity.context import RequestContext
from tessera.query.plan import ListPlan
from tessera.runtime import iso
from tessera.schema.model import Schema
from tessera.sql.additions import DELIVERIES
from tessera.sql.dialects.sqlite import SQLITE
from tessera.sql.reads import CompiledRead, compile_read
from tessera.sql.statement import Statement, Value

# Another program may have written what is no list: it listens to nothing, and no write fails for it.
_LISTED: Final = "CASE WHEN json_valid(w.events) THEN w.events ELSE '[]' END"
WAITING: Final = "waiting"
_FORMS: Final = 500  # of what is told, that are kept compiled


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event, and which rows it is about."""

    event: str
    plan: ListPlan
    named: Mapping[str, Any]  # the values of the plan's slots
    key: str  # under which a row stands in the body: `entry` or `media`
    uid: str | None = None
    model: str | None = None
    document_id: str | None = None


@dataclass(slots=True)
class _Shelf:
    """The compiled statements of the schema that is served."""

    schema: Schema
    reads: dict[ListPlan, CompiledRead] = field(default_factory=dict)


_shelves: Final[list[_Shelf]] = []


async def note(ctx: RequestContext, told: Told) -> None:
    """Note a delivery of each row for each webhook that is turned on and listens to the event."""
    read = _compiled(ctx.project.schema, told.plan).statement((), told.named)
    values = list(read.values)

    def bind(value: Value) -> str:
        values.append(value)
        return f"?{len(values)}"

    event, now = bind(told.event), bind(ctx.now)
    about = "" if told.uid is None else f"'model', {bind(told.model)}, 'uid', {bind(told.uid)}, "
    body = f"json_object('event', {event}, 'createdAt', {bind(iso(ctx.now))}, {about}'{told.key}', json(e.value))"
    message = f"'msg_' || {bind(ctx.project.randomness.uuid())} || '_' || w.id || '_' || e.key"
    text = (
        f"INSERT INTO {DELIVERIES} (webhook_id, message, event, uid, document_id, body, state, attempts, created_at,"
        f" due_at, leased_until) SELECT w.id, {message}, {event}, {bind(told.uid)}, {bind(told.document_id)}, {body},"
        f" '{WAITING}', 0, {now}, {now}, 0"
        f" FROM strapi_webhooks w CROSS JOIN json_each(CAST(({read.text}) AS TEXT)) e"
        f" WHERE w.enabled AND EXISTS (SELECT 1 FROM json_each({_LISTED}) WHERE value = {event})"
    )
    await ctx.session.execute(Statement(text, tuple(values)))


def _compiled(schema: Schema, plan: ListPlan) -> CompiledRead:
    shelf = next((each for each in _shelves if each.schema is schema), None)
    if shelf is None:
        shelf = _Shelf(schema)
        _shelves[:] = [shelf, *_shelves[:1]]
    if plan not in shelf.reads:
        if len(shelf.reads) >= _FORMS:
            shelf.reads.clear()
        shelf.reads[plan] = compile_read(plan, schema, SQLITE)
    return shelf.reads[plan]
