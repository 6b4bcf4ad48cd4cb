"""The API tokens that a new project comes with."""

from __future__ import annotations

from typing import Final

from tessera.features.tokens import content_tokens
from tessera.features.tokens.content_tokens import Draft
from tessera.identity.context import RequestContext
from tessera.sql.statement import Statement

_IS_NEW: Final = Statement(
    "SELECT NOT EXISTS (SELECT 1 FROM admin_users) AND NOT EXISTS (SELECT 1 FROM strapi_api_tokens)"
)
_DEFAULTS: Final = (
    ("Read Only", "read-only", "A default API token with read-only permissions, only used for accessing resources"),
    (
        "Full Access",
        "full-access",
        "A default API token with full access permissions, used for accessing or modifying resources",
    ),
)


async def start(ctx: RequestContext) -> None:
    """Create two API tokens where there is neither an administrator nor a token (database.md §13)."""
    if await ctx.session.scalar(_IS_NEW):
        for name, type_, description in _DEFAULTS:
            draft = Draft(name=name, description=description, type=type_, lifespan=None, actions=None)
            await content_tokens.add_token(ctx, draft)
