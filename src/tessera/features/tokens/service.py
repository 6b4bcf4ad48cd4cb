"""Use cases of admin tokens: keys that may do part of what their owner may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tessera.authz.permission import Permission
from tessera.errors import ApplicationError, ForbiddenError, NotFoundError
from tessera.features.tokens import repository
from tessera.features.tokens.ownership import ceiling_for, holds_all_of, may_manage, owns
from tessera.features.tokens.repository import ADMIN, Token
from tessera.identity.administrators import Administrator, administrator
from tessera.identity.announcing import record, told
from tessera.identity.context import RequestContext
from tessera.identity.permissions import (
    ROLE,
    TOKEN,
    StoredPermission,
    add_permissions,
    permissions_of,
    remove_permissions,
)
from tessera.identity.principal import TokenBearer
from tessera.identity.resolve import is_use_to_be_noted
from tessera.identity.secrets import KeyKind, digest, new_key
from tessera.sql.statement import Value

SUBJECT: Final = "admin::api-token"
_NOT_FOUND: Final = "API Token not found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a new admin token is to be."""

    name: str
    description: str
    lifespan: int | None  # milliseconds; none never ends
    permissions: tuple[Permission, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is to be different about an admin token; what is absent stays."""

    name: str | None = None
    description: str | None = None
    permissions: tuple[Permission, ...] | None = None


async def list_tokens(ctx: RequestContext) -> list[Token]:
    """Return the caller's admin tokens, or everybody's to a super admin."""
    user = ctx.admin.user
    tokens = await repository.tokens_of_kind(ctx.session, ADMIN, None if user.is_super_admin else user.id)
    return [_with_this_use(ctx, token) for token in tokens]


async def read_token(ctx: RequestContext, token_id: int) -> Token:
    """Return one admin token; those of others do not exist for anybody but a super admin."""
    token = await find_token(ctx, token_id)
    if not may_manage(ctx, token):
        raise NotFoundError(_NOT_FOUND)
    return _with_this_use(ctx, token)


async def owner_permissions(ctx: RequestContext, token_id: int) -> list[StoredPermission]:
    """Return what the owner of a token holds through its roles, which bounds what the token may be given."""
    token = await repository.token_of_kind(ctx.session, ADMIN, token_id)
    if token is None or token.owner is None:
        raise NotFoundError("apiToken.notFound")
    if not may_manage(ctx, token):
        raise ForbiddenError
    owner = await _owner(ctx, token.owner.id)
    return await permissions_of_owner(ctx, owner)


async def create_token(ctx: RequestContext, draft: Draft) -> tuple[Token, str]:
    """Create an admin token of the caller's and return it with its key, which nobody sees again."""
    async with ctx.session.transaction():
        return await make_token(ctx, draft)


async def make_token(ctx: RequestContext, draft: Draft) -> tuple[Token, str]:
    """Create an admin token of the caller's within the open transaction; return it with its key."""
    await _refuse_taken(ctx, draft.name)
    owner = await _owner(ctx, ctx.admin.user.id)
    permissions = (await ceiling_for(ctx, owner)).bound(draft.permissions)
    key = new_key(KeyKind.ADMIN, ctx.project.randomness)
    values: dict[str, Value] = {
        "name": draft.name,
        "description": draft.description,
        "kind": ADMIN,
        "type": "read-only",
        "access_key": digest(key, ctx.project.settings.admin.api_token_salt),
        "encrypted_key": None,
        "lifespan": draft.lifespan,
        "expires_at": None if draft.lifespan is None else ctx.now + draft.lifespan,
    }
    token_id = await repository.add_token(ctx.session, values, owner.id, ctx.now, ctx.project.randomness)
    await _give(ctx, token_id, permissions)
    await record(ctx, "admin-token.create", SUBJECT, token_id, name=draft.name, permissions=told(permissions))
    return await _now(ctx, token_id), key


async def change_token(ctx: RequestContext, token_id: int, changes: Changes) -> Token:
    """Change an admin token's name, description or permissions; only its owner and super admins may."""
    async with ctx.session.transaction():
        token = await find_token(ctx, token_id)
        if changes.name is not None:
            await _refuse_taken(ctx, changes.name, but=token_id)
        if not may_manage(ctx, token):
            raise ForbiddenError
        if changes.permissions is not None:
            await _replace(ctx, token, changes.permissions)
        await repository.change_token(ctx.session, token_id, _columns(ctx, changes))
        given = {} if changes.permissions is None else {"permissions": told(changes.permissions)}
        await record(ctx, "admin-token.update", SUBJECT, token_id, name=changes.name or token.name, **given)
        return await _now(ctx, token_id)


async def regenerate_key(ctx: RequestContext, token_id: int) -> tuple[Token, str]:
    """Give an admin token a new key and life; only its owner may, and a key only within its own rights."""
    async with ctx.session.transaction():
        token = await find_token(ctx, token_id)
        if not owns(ctx, token) or not await holds_all_of(ctx, token):
            raise ForbiddenError
        if await repository.is_granted(ctx.session, token_id):
            raise ApplicationError("This token was granted by OAuth and has no key of its own")
        key = new_key(KeyKind.ADMIN, ctx.project.randomness)
        values: dict[str, Value] = {
            "access_key": digest(key, ctx.project.settings.admin.api_token_salt),
            "encrypted_key": None,
            "expires_at": None if token.lifespan is None else ctx.now + token.lifespan,
            "updated_at": ctx.now,
        }
        await repository.change_token(ctx.session, token_id, values)
        await record(ctx, "admin-token.regenerate", SUBJECT, token_id, name=token.name)
        return token, key


async def delete_token(ctx: RequestContext, token_id: int) -> Token:
    """Delete an admin token and its permissions; only its owner and super admins may."""
    async with ctx.session.transaction():
        token = await find_token(ctx, token_id)
        if not may_manage(ctx, token):
            raise ForbiddenError
        await remove_with_permissions(ctx, [token])
        return replace(token, held=())


async def remove_with_permissions(ctx: RequestContext, tokens: Sequence[Token]) -> None:
    """Delete tokens together with what they hold."""
    if not tokens:
        return
    token_ids = [token.id for token in tokens]
    held = await permissions_of(ctx.session, TOKEN, token_ids)
    await remove_permissions(ctx.session, [permission.id for permission in held])
    await repository.remove_tokens(ctx.session, token_ids)
    await record(ctx, "admin-token.delete", SUBJECT, *token_ids, names=[token.name for token in tokens])


async def permissions_of_owner(ctx: RequestContext, owner: Administrator) -> list[StoredPermission]:
    """Return the rows of all roles of an administrator."""
    return await permissions_of(ctx.session, ROLE, sorted(owner.role_ids))


def _columns(ctx: RequestContext, changes: Changes) -> dict[str, Value]:
    values: dict[str, Value] = {"updated_at": ctx.now}
    if changes.name is not None:
        values["name"] = changes.name
    if changes.description is not None:
        values["description"] = changes.description
    return values


async def _replace(ctx: RequestContext, token: Token, wanted: tuple[Permission, ...]) -> None:
    if token.owner is None:
        raise ForbiddenError
    owner = await _owner(ctx, token.owner.id)
    permissions = (await ceiling_for(ctx, owner)).bound(wanted)
    await remove_permissions(ctx.session, [permission.id for permission in token.held])
    await _give(ctx, token.id, permissions)


async def _give(ctx: RequestContext, token_id: int, permissions: tuple[Permission, ...]) -> None:
    await add_permissions(ctx.session, TOKEN, token_id, permissions, now=ctx.now, randomness=ctx.project.randomness)


async def find_token(ctx: RequestContext, token_id: int) -> Token:
    """Return a token's row, whosoever it is; refuses when there is none of this kind."""
    token = await repository.token_of_kind(ctx.session, ADMIN, token_id)
    if token is None:
        raise NotFoundError(_NOT_FOUND)
    return token


async def _now(ctx: RequestContext, token_id: int) -> Token:
    return _with_this_use(ctx, await find_token(ctx, token_id))


def _with_this_use(ctx: RequestContext, token: Token) -> Token:
    """Return the token that asks as used now; its row says so once the answer is sent."""
    caller = ctx.principal
    if not isinstance(caller, TokenBearer) or caller.token_id != token.id or not is_use_to_be_noted(caller, ctx.now):
        return token
    return replace(token, last_used_at=ctx.now, updated_at=ctx.now)


async def _owner(ctx: RequestContext, user_id: int) -> Administrator:
    owner = await administrator(ctx.session, "id", user_id)
    if owner is None:
        raise NotFoundError(_NOT_FOUND)
    return owner


async def _refuse_taken(ctx: RequestContext, name: str, but: int | None = None) -> None:
    if await repository.is_name_taken(ctx.session, name, but):
        raise ApplicationError("Name already taken")
