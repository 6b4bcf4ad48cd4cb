"""Whether the caller may do something to single files: to all of them, or the whole is refused."""

from __future__ import annotations

from collections.abc import Collection

from tessera.authz.ability import Ability, Refusal
from tessera.errors import ForbiddenError
from tessera.features.media.finding import Library
from tessera.filters import ALWAYS
from tessera.identity.context import RequestContext
from tessera.identity.principal import Principal, SignedIn, TokenBearer
from tessera.schema.naming import FILE


def require(ability: Ability, action: str) -> None:
    """Refuse whoever may not do something in the library at all."""
    if not ability.allows(action):
        raise ForbiddenError


async def require_files(ctx: RequestContext, action: str, ids: Collection[int]) -> None:
    """Refuse whoever may not do something to each of some files, all of which there are."""
    library = Library.of(ctx)
    grant = library.ability.grant(action)
    if isinstance(grant, Refusal):
        raise ForbiddenError
    if grant.filter == ALWAYS or not ids:
        return
    if await ctx.session.scalar(library.counted(FILE, ids, grant.filter)) < len(set(ids)):
        raise ForbiddenError


def author_of(principal: Principal) -> int | None:
    """Return the administrator whose name stands on what is made; what a site makes has none."""
    return principal.user.id if isinstance(principal, SignedIn | TokenBearer) else None
