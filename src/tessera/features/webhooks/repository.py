"""Webhooks as rows; their table has no columns of documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from tessera.engine.session import Row, Session
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import delete, insert, select, update

_TABLE: Final = "strapi_webhooks"
_COLUMNS: Final = ("id", "name", "url", "headers", "events", "enabled")
_ALL: Final = Statement(f"SELECT {', '.join(_COLUMNS)} FROM {_TABLE} ORDER BY id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A webhook's row; its headers may hold secrets of the server that it calls."""

    id: int
    name: str
    url: str
    headers: Mapping[str, Any]  # any JSON values, as the reference takes them
    events: Sequence[str]
    enabled: bool

    def shown(self) -> dict[str, Any]:
        """Return the webhook as clients see it; its id is text, as in the reference."""
        return {
            "id": str(self.id),
            "name": self.name,
            "url": self.url,
            "headers": self.headers,
            "events": self.events,
            "isEnabled": self.enabled,
        }


async def all_webhooks(session: Session) -> list[Webhook]:
    """Return the webhooks in the order they were added."""
    return [_webhook(row) for row in await session.rows(_ALL)]


async def webhook_of(session: Session, webhook_id: int) -> Webhook | None:
    """Return a webhook by its id."""
    row = await session.row(select(_TABLE, _COLUMNS, {"id": webhook_id}))
    return None if row is None else _webhook(row)


async def add_webhook(session: Session, values: Mapping[str, Any]) -> int:
    """Insert a webhook and return its id."""
    return await session.insert(insert(_TABLE, _columns(values)))


async def change_webhook(session: Session, webhook_id: int, values: Mapping[str, Any]) -> None:
    """Write some columns of a webhook."""
    await session.execute(update(_TABLE, _columns(values), {"id": webhook_id}))


async def remove_webhooks(session: Session, ids: Sequence[int]) -> None:
    """Delete webhooks; those that are not there are no error."""
    if ids:
        await session.execute(delete(_TABLE, {"id": ids}))


def _columns(values: Mapping[str, Any]) -> dict[str, Value]:
    return {
        name: orjson.dumps(value).decode() if name in ("headers", "events") else value for name, value in values.items()
    }


def _webhook(row: Row) -> Webhook:
    return Webhook(
        id=row[0],
        name=row[1] or "",
        url=row[2] or "",
        headers=orjson.loads(row[3] or "{}"),
        events=orjson.loads(row[4] or "[]"),
        enabled=bool(row[5]),
    )
