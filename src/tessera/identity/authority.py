"""The one statement of every request that proves who asks: the credential's row, its owner, and all its permissions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import orjson

from tessera.engine.session import Row, Session
from tessera.identity.administrators import SUPER_ADMIN
from tessera.identity.jwt import Claims
from tessera.identity.principal import AdminUser
from tessera.sql.additions import GRANTS
from tessera.sql.statement import Statement

_FINGERPRINT: Final = (
    "count(*) || ' ' || coalesce(max(p.id), 0) || ' ' || coalesce(sum(p.id), 0) || ' ' || coalesce(max(l.id), 0)"
    " || ' ' || coalesce(max(p.updated_at), 0) || ' ' || coalesce(sum(octet_length(p.properties)), 0)"
    " || ' ' || coalesce(sum(octet_length(p.conditions)), 0)"
)
_ROWS: Final = "json_group_array(json_array(p.action, p.subject, p.properties, p.conditions))"
_OF_ROLES: Final = (
    "FROM admin_users_roles_lnk m JOIN admin_roles r ON r.id = m.role_id"
    " JOIN admin_permissions_role_lnk l ON l.role_id = r.id JOIN admin_permissions p ON p.id = l.permission_id"
    " WHERE m.user_id = asked.user_id"
)
_OF_KEY: Final = (
    "FROM admin_permissions_api_token_lnk l JOIN admin_permissions p ON p.id = l.permission_id"
    " WHERE l.api_token_id = asked.token_id"
)
HOOKED: Final = "EXISTS (SELECT 1 FROM strapi_webhooks WHERE enabled)"
_ROLES: Final = "FROM admin_users_roles_lnk m JOIN admin_roles r ON r.id = m.role_id WHERE m.user_id = asked.user_id"
_USER: Final = "u.id AS user_id, u.document_id, u.email, u.firstname, u.lastname, u.username, u.is_active, u.blocked"


def _statement(asked: str, of_token: str) -> str:
    """
    Return the statement for one kind of credential.

    The permissions come along only if their fingerprint is not the one that is known (?1). A super admin's are not
    looked at: its rule is that everything is allowed. Permissions are looked for from the one row of whoever asks, so
    that it does not matter how many others there are.
    """
    return f"""
        WITH asked AS MATERIALIZED ({asked}),
        prints AS MATERIALIZED (
            SELECT EXISTS (SELECT 1 {_ROLES} AND r.code = '{SUPER_ADMIN}') AS super,
                (SELECT json_group_array(id) FROM (SELECT r.id {_ROLES} ORDER BY r.id)) AS role_ids,
                {of_token} AS of_token
            FROM asked
        ),
        found AS MATERIALIZED (
            SELECT super, role_ids,
                coalesce(token_id, '') || '/' || coalesce(user_id, '') || '/' || super || role_ids || '/' || CASE
                    WHEN super THEN '' ELSE (SELECT {_FINGERPRINT} {_OF_ROLES}) END || '/' || of_token AS fingerprint
            FROM asked, prints
        )
        SELECT asked.*, super, role_ids, fingerprint,
            CASE WHEN fingerprint = ?1 OR super THEN NULL ELSE (SELECT {_ROWS} {_OF_ROLES}) END,
            CASE WHEN fingerprint = ?1 THEN NULL ELSE (SELECT {_ROWS} {_OF_KEY}) END, {HOOKED}
        FROM asked, found"""


_BY_SESSION: Final = _statement(
    f"""SELECT NULL AS token_id, NULL AS kind, NULL AS expires_at, NULL AS last_used_at, {_USER}
        FROM strapi_sessions s JOIN admin_users u ON u.id = ?3
        WHERE s.session_id = ?2 AND s.user_id = ?4 AND s.origin = 'admin'
            AND s.expires_at > ?5 AND coalesce(s.absolute_expires_at, 0) > ?5""",
    "''",
)
_BY_KEY: Final = _statement(
    f"""SELECT t.id AS token_id, t.kind, t.expires_at, t.last_used_at, {_USER}
        FROM strapi_api_tokens t LEFT JOIN strapi_api_tokens_admin_user_owner_lnk o ON o.api_token_id = t.id
        LEFT JOIN admin_users u ON u.id = o.user_id WHERE t.access_key = ?2""",
    f"(SELECT {_FINGERPRINT} {_OF_KEY})",
)

# A grant's access token opens what its admin token holds, and ends before it.
_BY_GRANT: Final = _statement(
    f"""SELECT t.id AS token_id, t.kind, min(coalesce(t.expires_at, g.access_expires_at), g.access_expires_at)
            AS expires_at, t.last_used_at, {_USER}
        FROM {GRANTS} g JOIN strapi_api_tokens t ON t.id = g.token_id
        LEFT JOIN strapi_api_tokens_admin_user_owner_lnk o ON o.api_token_id = t.id
        LEFT JOIN admin_users u ON u.id = o.user_id WHERE g.access_digest = ?2""",
    f"(SELECT {_FINGERPRINT} {_OF_KEY})",
)

StoredRow = tuple[object, object, object, object]  # action, subject, properties, conditions as the columns hold them


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """A token as its row has it."""

    id: int
    kind: str | None
    expires_at: int | None
    last_used_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What the database says of a credential at this instant."""

    token: TokenRow | None  # None for a sign-in session
    user: AdminUser | None  # None for a token without owner
    may_sign_in: bool
    fingerprint: str  # equal only for the same asker with the same permissions
    of_roles: tuple[StoredRow, ...] | None  # None where the fingerprint was known
    of_token: tuple[StoredRow, ...] | None
    hooked: bool  # whether any webhook is turned on


async def by_session(session: Session, claims: Claims, now: int, known: str | None) -> Authority | None:
    """Return the authority of a sign-in session that is not over."""
    values = (known, claims.session_id, claims.user_id, str(claims.user_id), now)
    return _only(await session.rows(Statement(_BY_SESSION, values)))


async def by_key(session: Session, digest: str, known: str | None) -> Authority | None:
    """Return the authority of the token with that digest, of whatever kind and however old."""
    return _only(await session.rows(Statement(_BY_KEY, (known, digest))))


async def by_grant(session: Session, digest: str, known: str | None) -> Authority | None:
    """Return the authority of the OAuth grant whose access token has that digest."""
    return _only(await session.rows(Statement(_BY_GRANT, (known, digest))))


def _only(rows: list[Row]) -> Authority | None:
    """Return the authority of one row; what two rows have in common is nobody's."""
    return _authority(rows[0]) if len(rows) == 1 else None


def _authority(row: Row) -> Authority:
    super_admin, role_ids, fingerprint, of_roles, of_token, hooked = row[12:]
    user_id, document_id, email, firstname, lastname, username, active, blocked = row[4:12]
    user = AdminUser(
        id=user_id,
        document_id=document_id,
        email=email,
        firstname=firstname,
        lastname=lastname,
        username=username,
        role_ids=tuple(orjson.loads(role_ids)),
        is_super_admin=bool(super_admin),
    )
    return Authority(
        token=None if row[0] is None else TokenRow(id=row[0], kind=row[1], expires_at=row[2], last_used_at=row[3]),
        user=None if user_id is None else user,
        may_sign_in=active == 1 and not blocked,
        fingerprint=fingerprint,
        of_roles=_stored(of_roles),
        of_token=_stored(of_token),
        hooked=bool(hooked),
    )


def _stored(rows: str | None) -> tuple[StoredRow, ...] | None:
    return None if rows is None else tuple(tuple(row) for row in orjson.loads(rows))
