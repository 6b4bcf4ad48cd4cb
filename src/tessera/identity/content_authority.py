"""The one statement of a request to the Content API: the row of whoever asks, and the actions that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import orjson

from tessera.engine.session import Row, Session
from tessera.identity.authority import HOOKED
from tessera.identity.jwt import Claims
from tessera.identity.sessions import Origin
from tessera.sql.statement import Statement, Value

ADVANCED: Final = "plugin_users-permissions_advanced"  # the settings of end users in the settings table
PUBLIC_ROLE: Final = "public"

_FINGERPRINT: Final = (
    "count(*) || ' ' || coalesce(max(p.id), 0) || ' ' || coalesce(sum(p.id), 0) || ' ' || coalesce(max(l.id), 0)"
    " || ' ' || coalesce(max(p.updated_at), 0)"
)
_OF_MEMBER: Final = (
    "FROM up_permissions_role_lnk l JOIN up_permissions p ON p.id = l.permission_id WHERE l.role_id = asked.role_id"
)
_OF_BEARER: Final = (
    "FROM strapi_api_token_permissions_token_lnk l JOIN strapi_api_token_permissions p"
    " ON p.id = l.api_token_permission_id WHERE l.api_token_id = asked.token_id"
)


def _statement(asked: str, holder: str, held: str) -> str:
    """Return the statement for one kind of asker; the actions come along unless their fingerprint is known (?1)."""
    return f"""
        WITH asked AS MATERIALIZED ({asked}),
        found AS MATERIALIZED (
            SELECT '{holder} ' || {holder}_id || '/' || (SELECT {_FINGERPRINT} {held}) AS fingerprint FROM asked
        )
        SELECT asked.*, fingerprint,
            CASE WHEN fingerprint = ?1 THEN NULL ELSE (SELECT json_group_array(p.action) {held}) END,
            {HOOKED}
        FROM asked, found"""


# Whether accounts have to be confirmed is looked up only where it matters.
_USER: Final = f"""
    (SELECT l.role_id FROM up_users_role_lnk l WHERE l.user_id = u.id ORDER BY l.id LIMIT 1) AS role_id,
    u.id, u.document_id, u.username, u.email, u.password, u.updated_at, u.blocked,
    CASE WHEN u.confirmed THEN NULL ELSE (
        SELECT value FROM strapi_core_store_settings WHERE key = '{ADVANCED}' ORDER BY id LIMIT 1) END AS advanced"""
_BY_KEY: Final = _statement(
    "SELECT id AS token_id, kind, type, expires_at, last_used_at FROM strapi_api_tokens WHERE access_key = ?2",
    "token",
    _OF_BEARER,
)
_BY_USER: Final = _statement(f"SELECT {_USER} FROM up_users u WHERE u.id = ?2", "role", _OF_MEMBER)
_BY_SESSION: Final = _statement(
    f"""SELECT {_USER} FROM strapi_sessions s JOIN up_users u ON u.id = ?3
        WHERE s.session_id = ?2 AND s.user_id = ?4 AND s.origin = '{Origin.END_USERS.value}'
            AND s.expires_at > ?5 AND coalesce(s.absolute_expires_at, 0) > ?5""",
    "role",
    _OF_MEMBER,
)
_OF_VISITOR: Final = _statement(
    f"SELECT id AS role_id FROM up_roles WHERE type = '{PUBLIC_ROLE}' ORDER BY id LIMIT 1", "role", _OF_MEMBER
)


@dataclass(frozen=True, slots=True)
class Held:
    """The actions that somebody holds."""

    fingerprint: str  # equal only for the same holder with the same actions
    actions: tuple[str, ...] | None  # None where the fingerprint was known
    hooked: bool  # whether any webhook is turned on


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenAuthority:
    """What the database says of a token at this instant, whatever its kind."""

    id: int
    kind: str | None
    type: str | None
    expires_at: int | None
    last_used_at: int | None
    held: Held


@dataclass(frozen=True, slots=True, kw_only=True)
class UserAuthority:
    """What the database says of an end user at this instant."""

    id: int
    document_id: str
    username: str
    email: str
    password: str | None = field(repr=False)  # hashed
    updated_at: int
    may_sign_in: bool
    role_id: int | None
    held: Held | None  # None for somebody without a role


async def by_key(session: Session, digest: str, known: str | None) -> TokenAuthority | None:
    """Return the authority of the token with that digest, of whatever kind and however old."""
    row = await _only(session, _BY_KEY, (known, digest))
    if row is None:
        return None
    token_id, kind, type_, expires_at, last_used_at, fingerprint, actions, hooked = row
    return TokenAuthority(
        id=token_id,
        kind=kind,
        type=type_,
        expires_at=expires_at,
        last_used_at=last_used_at,
        held=Held(fingerprint, _actions(actions), bool(hooked)),
    )


async def by_user(session: Session, user_id: int, known: str | None) -> UserAuthority | None:
    """Return the authority of an end user."""
    return _user(await _only(session, _BY_USER, (known, user_id)))


async def by_session(session: Session, claims: Claims, now: int, known: str | None) -> UserAuthority | None:
    """Return the authority of an end user's sign-in session that is not over."""
    values = (known, claims.session_id, claims.user_id, str(claims.user_id), now)
    return _user(await _only(session, _BY_SESSION, values))


async def of_visitor(session: Session, known: str | None) -> Held | None:
    """Return what anybody may do; None without a public role."""
    row = await _only(session, _OF_VISITOR, (known,))
    return None if row is None else Held(row[1], _actions(row[2]), bool(row[3]))


async def _only(session: Session, text: str, values: Sequence[Value]) -> Row | None:
    """Return the row that answers; what two rows have in common is nobody's."""
    rows = await session.rows(Statement(text, tuple(values)))
    return rows[0] if len(rows) == 1 else None


def _user(row: Row | None) -> UserAuthority | None:
    if row is None:
        return None
    role_id, user_id, document_id, username, email, password, updated_at, blocked, advanced = row[:9]
    print_, actions, hooked = row[9:]
    return UserAuthority(
        id=user_id,
        document_id=document_id,
        username=username or "",
        email=email or "",
        password=password,
        updated_at=updated_at or 0,
        may_sign_in=not blocked and not _asks_for_confirmation(advanced),
        role_id=role_id,
        held=None if print_ is None else Held(print_, _actions(actions), bool(hooked)),
    )


def _asks_for_confirmation(advanced: str | None) -> bool:
    """Tell whether settings let only those in who have confirmed their address; of those they are not read."""
    settings = orjson.loads(advanced) if advanced else None
    return isinstance(settings, dict) and bool(settings.get("email_confirmation"))


def _actions(listed: str | None) -> tuple[str, ...] | None:
    return None if listed is None else tuple(orjson.loads(listed))
