"""Deliveries as rows of our own table: the queue and the log in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from tessera.engine.session import Row, Session
from tessera.features.webhooks.outbox_repository import WAITING
from tessera.runtime import iso
from tessera.sql.additions import DELIVERIES
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import delete, update

DELIVERED: Final = "delivered"
FAILED: Final = "failed"
_TAKEN: Final = 2  # for one webhook, where no more are under way: a slow one does not keep the others waiting

# For each webhook the deliveries that wait longest, as far as it is not busy; those that were tried come last.
_DUE: Final = f"""
    SELECT d.id, d.webhook_id, d.message, d.event, d.body, d.attempts, w.url, w.headers
    FROM strapi_webhooks w CROSS JOIN {DELIVERIES} d ON d.id IN (
        SELECT x.id FROM {DELIVERIES} x
        WHERE x.webhook_id = w.id AND x.state = '{WAITING}' AND x.due_at <= ?1 AND x.leased_until <= ?1
        ORDER BY x.due_at, x.id LIMIT {_TAKEN})
    WHERE w.enabled AND {_TAKEN} >= (
        SELECT count(*) FROM {DELIVERIES} b
        WHERE b.webhook_id = w.id AND b.state = '{WAITING}' AND b.leased_until > ?1)
    ORDER BY d.attempts, d.id LIMIT ?2"""
_COLUMNS: Final = (
    "id, webhook_id, event, uid, document_id, state, attempts, created_at, due_at,"
    " tried_at, milliseconds, status, error"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A delivery to make now, with what its webhook says at this moment; it may hold secrets of the other server."""

    id: int
    webhook_id: int
    message: str
    event: str
    body: bytes
    attempts: int  # before this one
    url: str
    headers: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A delivery as the log shows it: neither what was sent nor what was answered."""

    id: int
    webhook_id: int
    event: str
    uid: str | None
    document_id: str | None
    state: str
    attempts: int
    created_at: int
    due_at: int
    tried_at: int | None
    milliseconds: int | None
    status: int | None
    error: str | None

    def shown(self) -> dict[str, Any]:
        """Return what clients see."""
        return {
            "id": self.id,
            "webhookId": str(self.webhook_id),
            "event": self.event,
            "uid": self.uid,
            "documentId": self.document_id,
            "state": self.state,
            "attempts": self.attempts,
            "createdAt": iso(self.created_at),
            "nextAttemptAt": iso(self.due_at) if self.state == WAITING else None,
            "lastAttemptAt": None if self.tried_at is None else iso(self.tried_at),
            "durationMs": self.milliseconds,
            "statusCode": self.status,
            "error": self.error,
        }


async def due(session: Session, now: int, most: int) -> list[Due]:
    """Return deliveries that wait for nobody else."""
    return [_due(row) for row in await session.rows(Statement(_DUE, (now, most)))]


async def lease(session: Session, ids: Sequence[int], until: int) -> None:
    """Keep deliveries for whoever asks; a process that ends without a word gives them back when the time is over."""
    if ids:
        await session.execute(update(DELIVERIES, {"leased_until": until}, {"id": tuple(ids)}))


async def settle(session: Session, delivery_id: int, leased_until: int, columns: Mapping[str, Any]) -> None:
    """Note how an attempt ended, unless somebody else has taken the delivery over meanwhile."""
    where = {"id": delivery_id, "leased_until": leased_until}
    await session.execute(update(DELIVERIES, {**columns, "leased_until": 0}, where))


async def page_of(session: Session, webhook_id: int, start: int, size: int) -> tuple[list[Delivery], int]:
    """Return a page of a webhook's deliveries, the newest first, and how many there are."""
    where = f"FROM {DELIVERIES} WHERE webhook_id = ?1"
    total = await session.scalar(Statement(f"SELECT count(*) {where}", (webhook_id,)))
    text = f"SELECT {_COLUMNS} {where} ORDER BY id DESC LIMIT ?2 OFFSET ?3"
    rows = await session.rows(Statement(text, (webhook_id, size, start)))
    return [Delivery(**dict(zip(_COLUMNS.split(", "), row, strict=True))) for row in rows], int(total)


async def delivery_of(session: Session, webhook_id: int, delivery_id: int) -> Delivery | None:
    """Return one delivery of a webhook."""
    text = f"SELECT {_COLUMNS} FROM {DELIVERIES} WHERE webhook_id = ?1 AND id = ?2"
    row = await session.row(Statement(text, (webhook_id, delivery_id)))
    return None if row is None else Delivery(**dict(zip(_COLUMNS.split(", "), row, strict=True)))


async def send_again(session: Session, delivery_id: int, now: int) -> None:
    """Put a delivery into the queue as if it had never been tried."""
    columns: dict[str, Value] = {
        "state": WAITING,
        "attempts": 0,
        "due_at": now,
        "leased_until": 0,
        "error": None,
        "status": None,
    }
    await session.execute(update(DELIVERIES, columns, {"id": delivery_id}))


async def forget_deliveries_of(session: Session, webhook_ids: Sequence[int]) -> None:
    """Delete the deliveries of webhooks that are no more."""
    if webhook_ids:
        await session.execute(delete(DELIVERIES, {"webhook_id": tuple(webhook_ids)}))


async def has_older(session: Session, before: int) -> bool:
    """Tell whether something is older than deliveries are kept."""
    oldest = await session.scalar(Statement(f"SELECT created_at FROM {DELIVERIES} ORDER BY id LIMIT 1"))
    return oldest is not None and oldest < before


async def forget_older(session: Session, before: int) -> None:
    """Delete what is older than deliveries are kept, whatever became of it."""
    await session.execute(Statement(f"DELETE FROM {DELIVERIES} WHERE created_at < ?1", (before,)))


def _due(row: Row) -> Due:
    delivery_id, webhook_id, message, event, body, attempts, url, headers = row
    return Due(
        id=delivery_id,
        webhook_id=webhook_id,
        message=message,
        event=event,
        body=body.encode(),
        attempts=attempts,
        url=url or "",
        headers=_headers(headers),
    )


def _headers(text: str | None) -> Mapping[str, Any]:
    """Return the headers of a webhook; another program may have written what is none."""
    try:
        found = orjson.loads(text or "{}")
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}
