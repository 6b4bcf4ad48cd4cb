"""What commands do with admin tokens: each acts as the token's owner, whose rights bound it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tessera.cli.opening import acting_as, find_administrator
from tessera.cli.wishes import Wish, permissions_of
from tessera.errors import NotFoundError
from tessera.features.tokens import service
from tessera.features.tokens.repository import ADMIN, Token, tokens_of_kind
from tessera.features.tokens.service import Draft
from tessera.features.tokens.shapes import DAY
from tessera.identity.context import RequestContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a new admin token is to be, and whose."""

    name: str
    description: str
    owner: str
    days: int | None  # none never ends
    wishes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class NewKey:
    """A token with its key, which is known only now."""

    token: Token
    key: str

    def shown(self) -> dict[str, Any]:
        """Return both as the Admin API does."""
        return {**self.token.shown_in_full(), "accessKey": self.key}


async def create_key(ctx: RequestContext, wanted: Wanted) -> NewKey:
    """Create an admin token."""
    owner = await find_administrator(ctx, wanted.owner)
    draft = Draft(
        name=wanted.name,
        description=wanted.description,
        lifespan=None if wanted.days is None else wanted.days * DAY,
        permissions=permissions_of(ctx.project, wanted.wishes),
    )
    return NewKey(*await service.create_token(acting_as(ctx, owner), draft))


async def all_tokens(ctx: RequestContext) -> list[Token]:
    """Return the admin tokens of everybody, by name."""
    return await tokens_of_kind(ctx.session, ADMIN)


async def revoke_key(ctx: RequestContext, named: str) -> Token:
    """Delete an admin token, and return what it was."""
    async with ctx.session.transaction():
        token = await _find(ctx, named)
        await service.remove_with_permissions(ctx, [token])
        return token


async def regenerate_key(ctx: RequestContext, named: str) -> NewKey:
    """Give an admin token a new key."""
    token = await _find(ctx, named)
    if token.owner is None:
        raise NotFoundError(f"The token {token.name} has no owner; revoke it")
    owner = await find_administrator(ctx, token.owner.email)
    renewed, key = await service.regenerate_key(acting_as(ctx, owner), token.id)
    return NewKey(await service.find_token(ctx, renewed.id), key)


def row(token: Token) -> dict[str, Any]:
    """Return a token as a line of a table."""
    stored = (each.permission for each in token.held)
    named = (f"{each.action}@{each.subject}" if each.subject else each.action for each in stored)
    owner = token.owner
    return {**token.shown(), "owner": owner.email if owner else None, "permissions": ", ".join(named)}


async def _find(ctx: RequestContext, named: str) -> Token:
    """Find a token by its id or its name; a name that looks like an id counts where no token has that id."""
    found = await tokens_of_kind(ctx.session, ADMIN)
    for token in (*(t for t in found if str(t.id) == named), *(t for t in found if t.name == named)):
        return token
    raise NotFoundError(f"There is no admin token with the id or name {named}; `tessera token list` shows all")
