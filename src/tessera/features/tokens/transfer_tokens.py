"""Use cases of transfer tokens: keys that move a project's data from one server to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tessera.errors import ApplicationError, NotFoundError
from tessera.features.tokens import transfer_repository as repository
from tessera.features.tokens.transfer_repository import TransferToken
from tessera.identity.announcing import record
from tessera.identity.context import RequestContext
from tessera.identity.secrets import KeyKind, digest, new_key
from tessera.sql.statement import Value

_SUBJECT: Final = "admin::transfer-token"
_NOT_FOUND: Final = "Transfer token not found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a new transfer token is to be."""

    name: str
    description: str
    lifespan: int | None
    actions: tuple[str, ...]


async def list_tokens(ctx: RequestContext) -> list[TransferToken]:
    """Return all transfer tokens by name."""
    return await repository.all_tokens(ctx.session)


async def find_token(ctx: RequestContext, token_id: int) -> TransferToken:
    """Return one transfer token."""
    token = await repository.token_by_id(ctx.session, token_id)
    if token is None:
        raise NotFoundError(_NOT_FOUND)
    return token


async def create_token(ctx: RequestContext, draft: Draft) -> tuple[TransferToken, str]:
    """Create a transfer token and return it with its key, which nobody sees again."""
    async with ctx.session.transaction():
        await _refuse_taken(ctx, draft.name)
        key = new_key(KeyKind.TRANSFER, ctx.project.randomness)
        values: dict[str, Value] = {
            "name": draft.name,
            "description": draft.description,
            "access_key": _digest(ctx, key),
            "lifespan": draft.lifespan,
            "expires_at": None if draft.lifespan is None else ctx.now + draft.lifespan,
        }
        token_id = await repository.add_token(ctx.session, values, ctx.now, ctx.project.randomness)
        await repository.link(ctx.session, token_id, draft.actions, ctx.now, ctx.project.randomness)
        await record(ctx, "transfer-token.create", _SUBJECT, token_id, name=draft.name)
        return await find_token(ctx, token_id), key


async def change_token(
    ctx: RequestContext, token_id: int, changes: dict[str, Value], actions: tuple[str, ...] | None
) -> TransferToken:
    """Change a transfer token's name, description or permissions."""
    async with ctx.session.transaction():
        token = await find_token(ctx, token_id)
        if "name" in changes:
            await _refuse_taken(ctx, str(changes["name"]), but=token_id)
        if actions is not None:
            await repository.unlink(ctx.session, token_id)
            await repository.link(ctx.session, token_id, actions, ctx.now, ctx.project.randomness)
        await repository.change_token(ctx.session, token_id, {**changes, "updated_at": ctx.now})
        await record(ctx, "transfer-token.update", _SUBJECT, token_id, name=changes.get("name", token.name))
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
        await repository.change_token(ctx.session, token_id, values)
        await record(ctx, "transfer-token.regenerate", _SUBJECT, token_id, name=token.name)
        return key


async def delete_token(ctx: RequestContext, token_id: int) -> TransferToken:
    """Delete a transfer token and its permissions."""
    async with ctx.session.transaction():
        token = await find_token(ctx, token_id)
        await repository.remove_token(ctx.session, token_id)
        await record(ctx, "transfer-token.delete", _SUBJECT, token_id, name=token.name)
        return token


def _digest(ctx: RequestContext, key: str) -> str:
    return digest(key, ctx.project.settings.admin.transfer_token_salt)


async def _refuse_taken(ctx: RequestContext, name: str, but: int | None = None) -> None:
    if await repository.is_name_taken(ctx.session, name, but):
        raise ApplicationError("Name already taken")
