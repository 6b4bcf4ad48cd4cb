"""Sign-in sessions as rows: begun, renewed one use at a time, listed and ended (database.md §12.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

import orjson

from tessera.engine.rows import standard_values
from tessera.engine.session import Row, Session
from tessera.identity.jwt import Claims
from tessera.runtime import Randomness
from tessera.settings import SessionLifespans
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import insert

_TABLE: Final = "strapi_sessions"
_COLUMNS: Final = "session_id, user_id, device_id, type, status, metadata, created_at, expires_at, absolute_expires_at"
_HEX: Final = "0123456789abcdef"
_CLEANING: Final = 50  # every how many new sessions the dead ones are swept away


class Origin(Enum):
    """Whose sessions: both families have theirs in the same table, and ids in common."""

    ADMIN = "admin"
    END_USERS = "users-permissions"

    @property
    def of_user(self) -> str:
        """Return the condition that a session is one of a user of this family, whose id is the first parameter."""
        return f"user_id = ?1 AND origin = '{self.value}'"


class SessionType(Enum):
    """How long somebody wants to stay signed in."""

    SESSION = "session"
    REFRESH = "refresh"  # "remember me"

    def idle(self, lifespans: SessionLifespans) -> int:
        """Return after how many milliseconds a session that is not renewed ends."""
        seconds = lifespans.idle_refresh if self is SessionType.REFRESH else lifespans.idle_session
        return seconds * 1000

    def longest(self, lifespans: SessionLifespans) -> int:
        """Return after how many milliseconds a session ends, however often it is renewed."""
        seconds = lifespans.max_refresh if self is SessionType.REFRESH else lifespans.max_session
        return seconds * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInSession:
    """One stretch of a sign-in, from its beginning or last renewal to the next."""

    session_id: str
    user_id: int
    device_id: str | None
    type: SessionType
    active: bool  # not renewed or revoked yet
    metadata: Mapping[str, Any]  # JSON: loginAt, deviceName
    created_at: int
    expires_at: int
    absolute_expires_at: int

    @property
    def claims(self) -> Claims:
        """Return what its tokens say."""
        return Claims(self.user_id, self.session_id)

    def is_renewable(self, lifespans: SessionLifespans, now: int) -> bool:
        """Tell whether a refresh token of it is still good."""
        in_time = self.expires_at > now and self.absolute_expires_at > now
        return self.active and in_time and now - self.created_at <= self.type.idle(lifespans)


async def begin_session(
    session: Session,
    *,
    user_id: int,
    device_id: str | None,
    remembered: bool,
    metadata: Mapping[str, Any],
    lifespans: SessionLifespans,
    now: int,
    randomness: Randomness,
    origin: Origin = Origin.ADMIN,
) -> SignInSession:
    """Begin a sign-in session, in the open transaction."""
    type_ = SessionType.REFRESH if remembered else SessionType.SESSION
    begun = SignInSession(
        session_id=randomness.digits(_HEX, 32),
        user_id=user_id,
        device_id=device_id,
        type=type_,
        active=True,
        metadata=metadata,
        created_at=now,
        expires_at=now + type_.idle(lifespans),
        absolute_expires_at=now + type_.longest(lifespans),
    )
    await _add(session, begun, origin, now, randomness)
    return begun


async def renew_session(
    session: Session,
    claims: Claims,
    *,
    lifespans: SessionLifespans,
    now: int,
    randomness: Randomness,
    origin: Origin = Origin.ADMIN,
) -> SignInSession | None:
    """Replace a session by its successor, in the open transaction; a second use of the same token finds nothing."""
    text = f"SELECT {_COLUMNS} FROM {_TABLE} WHERE {origin.of_user} AND session_id = ?2"
    row = await session.row(Statement(text, (str(claims.user_id), claims.session_id)))
    parent = None if row is None else _session(row)
    if parent is None or not parent.is_renewable(lifespans, now):
        return None
    child = SignInSession(
        session_id=randomness.digits(_HEX, 32),
        user_id=parent.user_id,
        device_id=parent.device_id,
        type=parent.type,
        active=True,
        metadata=parent.metadata,
        created_at=now,
        expires_at=now + parent.type.idle(lifespans),
        absolute_expires_at=parent.absolute_expires_at,
    )
    await _add(session, child, origin, now, randomness)
    rotated = f"UPDATE {_TABLE} SET status = 'rotated', child_id = ?1, updated_at = ?2 WHERE session_id = ?3"
    await session.execute(Statement(rotated, (child.session_id, now, parent.session_id)))
    return child


async def sessions_of(session: Session, user_id: int, now: int, origin: Origin = Origin.ADMIN) -> list[SignInSession]:
    """Return the sessions of somebody that can be renewed, the newest first."""
    text = (
        f"SELECT {_COLUMNS} FROM {_TABLE} WHERE {origin.of_user} AND status = 'active' AND expires_at > ?2"
        " ORDER BY created_at DESC, id DESC"
    )
    return [_session(row) for row in await session.rows(Statement(text, (str(user_id), now)))]


async def device_of(session: Session, claims: Claims, origin: Origin = Origin.ADMIN) -> str | None:
    """Return the device that a session was begun on."""
    text = f"SELECT device_id FROM {_TABLE} WHERE {origin.of_user} AND session_id = ?2"
    found: str | None = await session.scalar(Statement(text, (str(claims.user_id), claims.session_id)))
    return found


async def end_session(session: Session, claims: Claims, origin: Origin = Origin.ADMIN) -> bool:
    """End one session of somebody, with those that it has replaced since the sign-in; tell whether there was one."""
    line = "coalesce(absolute_expires_at, 0), coalesce(device_id, '')"
    named = f"SELECT {line} FROM {_TABLE} WHERE {origin.of_user} AND session_id = ?2"
    text = f"DELETE FROM {_TABLE} WHERE {origin.of_user} AND ({line}) IN ({named})"
    return await session.execute(Statement(text, (str(claims.user_id), claims.session_id))) > 0


async def end_device(session: Session, user_id: int, device_id: str, origin: Origin = Origin.ADMIN) -> None:
    """End all that somebody began on one device, with what was renewed since."""
    text = f"DELETE FROM {_TABLE} WHERE {origin.of_user} AND device_id = ?2"
    await session.execute(Statement(text, (str(user_id), device_id)))


async def end_sessions(
    session: Session, user_id: int, *, but: str | None = None, origin: Origin = Origin.ADMIN
) -> None:
    """End all sessions of somebody, or all that can be renewed but one."""
    if but is None:
        await session.execute(Statement(f"DELETE FROM {_TABLE} WHERE {origin.of_user}", (str(user_id),)))
        return
    text = f"DELETE FROM {_TABLE} WHERE {origin.of_user} AND session_id <> ?2"
    await session.execute(Statement(text, (str(user_id), but)))


async def end_refreshing(session: Session, user_id: int, origin: Origin = Origin.ADMIN) -> None:
    """Let the sessions of somebody run out: their access tokens live on, and nothing renews them."""
    text = f"UPDATE {_TABLE} SET status = 'revoked' WHERE {origin.of_user} AND status = 'active'"
    await session.execute(Statement(text, (str(user_id),)))


async def _add(session: Session, begun: SignInSession, origin: Origin, now: int, randomness: Randomness) -> None:
    values: dict[str, Value] = {
        **standard_values(now, randomness),
        "user_id": str(begun.user_id),
        "session_id": begun.session_id,
        "child_id": None,
        "device_id": begun.device_id,
        "origin": origin.value,
        "expires_at": begun.expires_at,
        "absolute_expires_at": begun.absolute_expires_at,
        "status": "active",
        "type": begun.type.value,
        "metadata": orjson.dumps(begun.metadata).decode(),
    }
    row_id = await session.insert(insert(_TABLE, values))
    if row_id % _CLEANING == 0:
        await session.execute(Statement(f"DELETE FROM {_TABLE} WHERE absolute_expires_at < ?1", (now,)))


def _session(row: Row) -> SignInSession:
    metadata = orjson.loads(row[5]) if row[5] else {}
    return SignInSession(
        session_id=row[0],
        user_id=int(row[1]),
        device_id=row[2],
        type=SessionType.SESSION if row[3] == SessionType.SESSION.value else SessionType.REFRESH,
        active=row[4] == "active",
        metadata=metadata if isinstance(metadata, dict) else {},
        created_at=row[6],
        expires_at=row[7],
        absolute_expires_at=row[8] or 0,
    )
