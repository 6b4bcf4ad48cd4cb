"""Use cases of transfer tokens: keys that move a project's data from one server to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tessera.engine.rows import standard_values
from tessera.engine.session import Row
from tessera.errors import ApplicationError, NotFoundError
from tessera.identity.context import RequestContext
from tessera.identity.secrets import KeyKind, digest, new_key
from tessera.runtime import iso
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import delete, insert, update

_TABLE: Final = "strapi_transfer_tokens"
_PERMISSIONS: Final = "strapi_transfer_token_permissions"
_LINKS: Final = "strapi_transfer_token_permissions_token_lnk"
_NOT_FOUND: Final = "Transfer token not found"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a new transfer token is to be."""

    name: str
    description: str
    lifespan: int | None
    actions: tuple[str, ...]


async def list_tokens(ctx: RequestContext) -> list[TransferToken]:
    """Return all transfer tokens by name."""
    return await _tokens(ctx, "1 = 1", ())


async def find_token(ctx: RequestContext, token_id: int) -> TransferToken:
    """Return one transfer token."""
    found = await _tokens(ctx, "id = ?1", (token_id,))
    if not found:
        raise NotFoundError(_NOT_FOUND)
    return found[0]


async def create_token(ctx: RequestContext, draft: Draft) -> tuple[TransferToken, str]:
    """Create a transfer token and return it with its key, which nobody sees again."""
    async with ctx.session.transaction():
        await _refuse_taken(ctx, draft.name)
        key = new_key(KeyKind.TRANSFER, ctx.project.randomness)
        values: dict[str, Value] = {
            **standard_values(ctx.now, ctx.project.randomness),
            "name": draft.name,
            "description": draft.description,
            "access_key": _digest(ctx, key),
            "lifespan": draft.lifespan,
            "expires_at": None if draft.lifespan is None else ctx.now + draft.lifespan,
        }
        token_id = await ctx.session.insert(insert(_TABLE, values))
        await _link(ctx, token_id, draft.actions)
        return await find_token(ctx, token_id), key


async def change_token(
    ctx: RequestContext, token_id: int, changes: dict[str, Value], actions: tuple[str, ...] | None
) -> TransferToken:
    """Change a transfer token's name, description or permissions."""
    async with ctx.session.transaction():
        await find_token(ctx, token_id)
        if "name" in changes:
            await _refuse_taken(ctx, str(changes["name"]), but=token_id)
        if actions is not None:
            await _unlink(ctx, token_id)
            await _link(ctx, token_id, actions)
        await ctx.session.execute(update(_TABLE, {**changes, "updated_at": ctx.now}, {"id": token_id}))
        return await find_token(ctx, token_id)


async def regenerate_key(ctx: RequestContext, token_id: int) -> str:
    """Give a transfer token a new key and life."""
    async with ctx.session.transaction():
        token = await find_token(ctx, token_id)
        key = new_key(KeyKind.TRANSFER, ctx.project.randomness)
        values: dict[str, Value] = {
            "access_key": _digest(ctx, key),
            "updated_at": ctx.now,
            "expires_at": None if token.lifespan is None else ctx.now + token.lifespan,
        }
        await ctx.session.execute(update(_TABLE, values, {"id": token_id}))
        return key


async def delete_token(ctx: RequestContext, token_id: int) -> TransferToken:
    """Delete a transfer token and its permissions."""
    async with ctx.session.transaction():
        token = await find_token(ctx, token_id)
        await _unlink(ctx, token_id)
        await ctx.session.execute(delete(_TABLE, {"id": token_id}))
        return token


def _digest(ctx: RequestContext, key: str) -> str:
    return digest(key, ctx.project.settings.admin.transfer_token_salt)


async def _link(ctx: RequestContext, token_id: int, actions: Sequence[str]) -> None:
    for order, action in enumerate(dict.fromkeys(actions), 1):
        columns = {**standard_values(ctx.now, ctx.project.randomness), "action": action}
        permission_id = await ctx.session.insert(insert(_PERMISSIONS, columns))
        link = {
            "transfer_token_permission_id": permission_id,
            "transfer_token_id": token_id,
            "transfer_token_permission_ord": float(order),
        }
        await ctx.session.insert(insert(_LINKS, link))


async def _unlink(ctx: RequestContext, token_id: int) -> None:
    linked = Statement(f"SELECT transfer_token_permission_id FROM {_LINKS} WHERE transfer_token_id = ?1", (token_id,))
    if ids := tuple(row[0] for row in await ctx.session.rows(linked)):
        await ctx.session.execute(delete(_PERMISSIONS, {"id": ids}))


async def _tokens(ctx: RequestContext, condition: str, values: tuple[Value, ...]) -> list[TransferToken]:
    rows = await ctx.session.rows(Statement(f"{_SELECT} WHERE {condition} ORDER BY name, id", values))
    permissions: dict[int, tuple[TransferPermission, ...]] = {}
    for row in await ctx.session.rows(Statement(_SELECT_PERMISSIONS)):
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


async def _refuse_taken(ctx: RequestContext, name: str, but: int | None = None) -> None:
    statement = Statement(f"SELECT 1 FROM {_TABLE} WHERE name = ?1 AND id IS NOT ?2", (name, but))
    if await ctx.session.scalar(statement) is not None:
        raise ApplicationError("Name already taken")
