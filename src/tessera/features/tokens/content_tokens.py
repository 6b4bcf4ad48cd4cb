"""Use cases of API tokens: keys to the Content API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tessera.errors import ApplicationError, NotFoundError, ValidationError
from tessera.features.tokens import content_repository, repository
from tessera.features.tokens.repository import CONTENT, Token
from tessera.identity.announcing import record
from tessera.identity.content_actions import content_actions
from tessera.identity.context import RequestContext
from tessera.identity.secrets import KeyKind, decrypt, digest, encrypt, new_key
from tessera.sql.statement import Value

CUSTOM: Final = "custom"
_SUBJECT: Final = "admin::api-token"
_NOT_FOUND: Final = "API Token not found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a new API token is to be."""

    name: str
    description: str
    type: str
    lifespan: int | None  # milliseconds; none never ends
    actions: tuple[str, ...] | None  # only custom tokens have any


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is to be different about an API token; what is absent stays."""

    name: str | None = None
    description: str | None = None
    type: str | None = None
    actions: tuple[str, ...] | None = None


def shown(token: Token) -> dict[str, Any]:
    """Return an API token as clients see it."""
    return {**token.shown(), "type": token.type, "permissions": list(token.actions)}


async def list_tokens(ctx: RequestContext) -> list[Token]:
    """Return all API tokens by name."""
    return await repository.tokens_of_kind(ctx.session, CONTENT)


async def read_token(ctx: RequestContext, token_id: int) -> tuple[Token, str | None]:
    """Return one API token, and its key where an encryption key kept it readable."""
    token = await find_token(ctx, token_id)
    return token, decrypt(token.encrypted_key, ctx.project.settings.admin.encryption_key)


async def create_token(ctx: RequestContext, draft: Draft) -> tuple[Token, str]:
    """Create an API token and return it with its key."""
    async with ctx.session.transaction():
        return await add_token(ctx, draft)


async def add_token(ctx: RequestContext, draft: Draft) -> tuple[Token, str]:
    """Create an API token within a transaction that is open already."""
    await _refuse_taken(ctx, draft.name)
    actions = _actions(ctx, draft.type, draft.actions)
    key = new_key(KeyKind.CONTENT, ctx.project.randomness)
    values: dict[str, Value] = {
        "name": draft.name,
        "description": draft.description,
        "kind": CONTENT,
        "type": draft.type,
        "lifespan": draft.lifespan,
        "expires_at": None if draft.lifespan is None else ctx.now + draft.lifespan,
        **_key_columns(ctx, key),
    }
    token_id = await repository.add_token(ctx.session, values, None, ctx.now, ctx.project.randomness)
    await _link(ctx, token_id, actions)
    await record(ctx, "api-token.create", _SUBJECT, token_id, name=draft.name, type=draft.type)
    return await find_token(ctx, token_id), key


async def change_token(ctx: RequestContext, token_id: int, changes: Changes) -> Token:
    """Change an API token; one that is no longer custom has no actions left."""
    async with ctx.session.transaction():
        token = await find_token(ctx, token_id)
        if changes.name is not None:
            await _refuse_taken(ctx, changes.name, but=token_id)
        type_ = changes.type or token.type
        if changes.type is not None or changes.actions is not None:
            await _replace(ctx, token, type_, changes)
        values: dict[str, Value] = {"updated_at": ctx.now, "type": type_}
        if changes.name is not None:
            values["name"] = changes.name
        if changes.description is not None:
            values["description"] = changes.description
        await repository.change_token(ctx.session, token_id, values)
        await record(ctx, "api-token.update", _SUBJECT, token_id, name=changes.name or token.name, type=type_)
        return await find_token(ctx, token_id)


async def regenerate_key(ctx: RequestContext, token_id: int) -> tuple[Token, str]:
    """Give an API token a new key and life."""
    async with ctx.session.transaction():
        token = await find_token(ctx, token_id)
        key = new_key(KeyKind.CONTENT, ctx.project.randomness)
        expires = None if token.lifespan is None else ctx.now + token.lifespan
        values: dict[str, Value] = {"updated_at": ctx.now, "expires_at": expires, **_key_columns(ctx, key)}
        await repository.change_token(ctx.session, token_id, values)
        await record(ctx, "api-token.regenerate", _SUBJECT, token_id, name=token.name)
        return token, key


async def delete_token(ctx: RequestContext, token_id: int) -> Token | None:
    """Delete an API token and its actions; return what it was, or None if there was none."""
    async with ctx.session.transaction():
        token = await repository.token_of_kind(ctx.session, CONTENT, token_id)
        if token is None:
            return None
        await content_repository.unlink(ctx.session, token_id)
        await repository.remove_tokens(ctx.session, [token_id])
        await record(ctx, "api-token.delete", _SUBJECT, token_id, name=token.name)
        return token


def _actions(ctx: RequestContext, type_: str, asked: tuple[str, ...] | None) -> tuple[str, ...]:
    if type_ != CUSTOM:
        if asked:
            raise ValidationError("Non-custom tokens should not reference permissions")
        return ()
    if asked is None:
        raise ValidationError("Missing permissions attribute for custom token")
    known = content_actions(ctx.project.schema)
    if unknown := [action for action in asked if action not in known]:
        raise ValidationError(f"Unknown permissions provided: {', '.join(unknown)}")
    return tuple(dict.fromkeys(asked))


async def _replace(ctx: RequestContext, token: Token, type_: str, changes: Changes) -> None:
    if type_ == CUSTOM and changes.actions is None and token.type == CUSTOM:
        return
    actions = _actions(ctx, type_, changes.actions)
    await content_repository.unlink(ctx.session, token.id)
    await _link(ctx, token.id, actions)


async def _link(ctx: RequestContext, token_id: int, actions: Sequence[str]) -> None:
    await content_repository.link(ctx.session, token_id, actions, ctx.now, ctx.project.randomness)


def _key_columns(ctx: RequestContext, key: str) -> dict[str, Value]:
    admin = ctx.project.settings.admin
    return {
        "access_key": digest(key, admin.api_token_salt),
        "encrypted_key": encrypt(key, admin.encryption_key, ctx.project.randomness),
    }


async def find_token(ctx: RequestContext, token_id: int) -> Token:
    """Return a token's row, whosoever it is; refuses when there is none of this kind."""
    token = await repository.token_of_kind(ctx.session, CONTENT, token_id)
    if token is None:
        raise NotFoundError(_NOT_FOUND)
    return token


async def _refuse_taken(ctx: RequestContext, name: str, but: int | None = None) -> None:
    if await repository.is_name_taken(ctx.session, name, but):
        raise ApplicationError("Name already taken")
