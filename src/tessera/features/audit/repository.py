"""The rows of the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from tessera.engine.session import Row, Session
from tessera.events import Target
from tessera.features.audit.actors import Actor, display_name
from tessera.runtime import iso
from tessera.sql.additions import AUDIT
from tessera.sql.statement import Statement, Value

PRUNED: Final = 1000  # entries that are forgotten at once
_SESSION: Final = "(SELECT id FROM strapi_sessions WHERE session_id = ?10)"
_NAME: Final = (
    "coalesce(?7, (SELECT coalesce(nullif(username, ''), firstname || ' ' || lastname, email) FROM admin_users"
    " WHERE id = ?6 AND ?5 = 'administrator'))"
)
# One text however many targets there are. The oldest entry's moment tells whether something has to be forgotten.
_ADD: Final = (
    f"INSERT INTO {AUDIT} (at, action, target, locale, origin, outcome, subject, actor, actor_id, actor_name,"
    " credential, credential_id, credential_name, details)"
    " SELECT ?1, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), ?2, ?3, ?4,"
    f" ?5, ?6, {_NAME}, ?8, coalesce(?9, {_SESSION}), (SELECT name FROM strapi_api_tokens WHERE id = ?9), ?11"
    f" FROM json_each(?12) RETURNING (SELECT at FROM {AUDIT} ORDER BY id LIMIT 1)"
)
_PRUNE: Final = f"DELETE FROM {AUDIT} WHERE id IN (SELECT id FROM {AUDIT} ORDER BY id LIMIT {PRUNED}) AND at < ?1"
_COLUMNS: Final = (
    "a.id, a.at, a.action, a.origin, a.outcome, a.subject, a.target, a.locale, a.actor, a.actor_id, a.actor_name,"
    " a.credential, a.credential_id, a.credential_name, a.details, u.id, u.email, u.username, u.firstname, u.lastname"
)
_FROM: Final = f"FROM {AUDIT} a LEFT JOIN admin_users u ON u.id = a.actor_id AND a.actor = 'administrator'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is to be written down, for each action and target."""

    at: int  # milliseconds since 1970
    actions: Sequence[str]  # one after the other
    origin: str
    outcome: str
    actor: Actor
    subject: str | None
    targets: Sequence[Target]
    details: bytes | None  # JSON


async def add(session: Session, entry: Entry) -> int:
    """Write an entry for each action and target, and return the moment of the oldest one there is."""
    targets: list[tuple[str | None, str | None]] = [(target.id, target.locale) for target in entry.targets]
    told = [(action, *target) for action in entry.actions for target in targets or [(None, None)]]
    actor = entry.actor
    values: tuple[Value, ...] = (
        *(entry.at, entry.origin, entry.outcome, entry.subject),
        *(actor.kind, actor.id, actor.name, actor.credential, actor.token_id, actor.session_id),
        None if entry.details is None else entry.details.decode(),
        orjson.dumps(told).decode(),
    )
    oldest: int | None = await session.scalar(Statement(_ADD, values))
    return entry.at if oldest is None else oldest


async def prune(session: Session, before: int) -> int:
    """Forget some of the entries that are older than a moment; return how many."""
    return await session.execute(Statement(_PRUNE, (before,)))


async def page(
    session: Session, where: str, values: Sequence[Value], order: str, *, size: int, start: int
) -> tuple[list[dict[str, Any]], int]:
    """Return a page of entries and how many there are in all."""
    total: int = await session.scalar(Statement(f"SELECT count(*) {_FROM} WHERE {where}", tuple(values)))
    text = f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY {order} LIMIT {size:d} OFFSET {start:d}"
    return [_shown(row) for row in await session.rows(Statement(text, tuple(values)))], total


async def one(session: Session, id_: int) -> dict[str, Any] | None:
    """Return an entry."""
    row = await session.row(Statement(f"SELECT {_COLUMNS} {_FROM} WHERE a.id = ?1", (id_,)))
    return None if row is None else _shown(row)


def _shown(row: Row) -> dict[str, Any]:
    id_, at, action, origin, outcome, subject, target, locale, kind, actor_id, name, *rest = row
    credential, credential_id, credential_name, details, user_id, email, username, firstname, lastname = rest
    named = display_name(username, firstname, lastname, email)
    user = None if user_id is None else {"id": user_id, "email": email, "displayName": named}
    by = None if credential is None else {"type": credential, "id": credential_id, "name": credential_name}
    about = {} if subject is None else {"uid": subject}
    about |= {} if target is None else {"id": target}
    about |= {} if locale is None else {"locale": locale}
    return {
        "id": id_,
        "action": action,
        "date": iso(at),
        "payload": {**(orjson.loads(details) if details else {}), **about, "origin": origin, "outcome": outcome},
        "user": user,
        "actor": {"type": kind, "id": actor_id, "name": name},
        "credential": by,
        "origin": origin,
        "outcome": outcome,
        "subject": subject,
        "target": target,
        "locale": locale,
    }
