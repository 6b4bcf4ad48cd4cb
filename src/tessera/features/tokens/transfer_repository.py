"""Transfer tokens as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tessera.engine.rows import standard_values
from tessera.engine.session import Row, Session
from tessera.runtime import Randomness, iso
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import delete, insert, update

_TABLE: Final = "strapi_transfer_tokens"
_PERMISSIONS: Final = "strapi_transfer_token_permissions"
_LINKS: Final = "strapi_transfer_token_permissions_token_lnk"
_SELECT: Final = (
    f"SELECT id, name, description, last_used_at, expires_at, lifespan, created_at, updated_at FROM {_TABLE}"
)
_SELECT_PERMISSIONS: Final = (
    "SELECT l.transfer_token_id, p.id, p.document_id, p.action, p.created_at, p.updated_at, p.published_at, p.locale"
    f" FROM {_LINKS} l JOIN {_PERMISSIONS} p ON p.id = l.transfer_token_permission_id"
    " ORDER BY l.transfer_token_id, p.action"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPermission:
    """One direction in which a token may move data."""

    id: int
    document_id: str
    action: str
    created_at: int
    updated_at: int
    published_at: int | None
    locale: str | None

    def shown(self) -> dict[str, Any]:
        """Return the row as the answer to a deletion shows it."""
        return {
            "id": self.id,
            "documentId": self.document_id,
            "action": self.action,
            "createdAt": iso(self.created_at),
            "updatedAt": iso(self.updated_at),
            "publishedAt": None if self.published_at is None else iso(self.published_at),
            "locale": self.locale,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferToken:
    """A transfer token's row and permissions; never its key."""

    id: int
    name: str
    description: str
    last_used_at: int | None
    expires_at: int | None
    lifespan: int | None  # milliseconds
    created_at: int
    updated_at: int
    permissions: tuple[TransferPermission, ...]

    def shown(self) -> dict[str, Any]:
        """Return the token as clients see it."""
        return {
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "lastUsedAt": None if self.last_used_at is None else iso(self.last_used_at),
            "expiresAt": None if self.expires_at is None else iso(self.expires_at),
            "lifespan": None if self.lifespan is None else str(self.lifespan),
            "createdAt": iso(self.created_at),
            "updatedAt": iso(self.updated_at),
            "permissions": [permission.action for permission in self.permissions],
        }


async def all_tokens(session: Session) -> list[TransferToken]:
    """Return all transfer tokens by name."""
    return await _tokens(session, "1 = 1", ())


async def token_by_id(session: Session, token_id: int) -> TransferToken | None:
    """Return one transfer token."""
    found = await _tokens(session, "id = ?1", (token_id,))
    return found[0] if found else None


async def is_name_taken(session: Session, name: str, but: int | None = None) -> bool:
    """Tell whether another transfer token has that name."""
    statement = Statement(f"SELECT 1 FROM {_TABLE} WHERE name = ?1 AND id IS NOT ?2", (name, but))
    return await session.scalar(statement) is not None


async def add_token(session: Session, values: dict[str, Value], now: int, randomness: Randomness) -> int:
    """Insert a transfer token and return its id."""
    return await session.insert(insert(_TABLE, {**standard_values(now, randomness), **values}))


async def change_token(session: Session, token_id: int, values: dict[str, Value]) -> None:
    """Write some columns of a transfer token."""
    await session.execute(update(_TABLE, values, {"id": token_id}))


async def remove_token(session: Session, token_id: int) -> None:
    """Delete a transfer token and what it may do."""
    await unlink(session, token_id)
    await session.execute(delete(_TABLE, {"id": token_id}))


async def link(session: Session, token_id: int, actions: Sequence[str], now: int, randomness: Randomness) -> None:
    """Let a transfer token do some actions, each once."""
    for order, action in enumerate(dict.fromkeys(actions), 1):
        columns = {**standard_values(now, randomness), "action": action}
        permission_id = await session.insert(insert(_PERMISSIONS, columns))
        values = {
            "transfer_token_permission_id": permission_id,
            "transfer_token_id": token_id,
            "transfer_token_permission_ord": float(order),
        }
        await session.insert(insert(_LINKS, values))


async def unlink(session: Session, token_id: int) -> None:
    """Take from a transfer token all that it may do."""
    linked = Statement(f"SELECT transfer_token_permission_id FROM {_LINKS} WHERE transfer_token_id = ?1", (token_id,))
    if ids := tuple(row[0] for row in await session.rows(linked)):
        await session.execute(delete(_PERMISSIONS, {"id": ids}))


async def _tokens(session: Session, condition: str, values: tuple[Value, ...]) -> list[TransferToken]:
    rows = await session.rows(Statement(f"{_SELECT} WHERE {condition} ORDER BY name, id", values))
    permissions: dict[int, tuple[TransferPermission, ...]] = {}
    for row in await session.rows(Statement(_SELECT_PERMISSIONS)):
        permissions[row[0]] = (*permissions.get(row[0], ()), _permission(row))
    return [_token(row, permissions.get(row[0], ())) for row in rows]


def _permission(row: Row) -> TransferPermission:
    return TransferPermission(
        id=row[1],
        document_id=row[2],
        action=row[3],
        created_at=row[4],
        updated_at=row[5],
        published_at=row[6],
        locale=row[7],
    )


def _token(row: Row, permissions: tuple[TransferPermission, ...]) -> TransferToken:
    return TransferToken(
        id=row[0],
        name=row[1],
        description=row[2] or "",
        last_used_at=row[3],
        expires_at=row[4],
        lifespan=row[5],
        created_at=row[6],
        updated_at=row[7],
        permissions=permissions,
    )
