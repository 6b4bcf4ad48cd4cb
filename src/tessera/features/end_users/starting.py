"""What every project has for its end users: settings, two roles, and what these may do at first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tessera.engine.store import get_value
from tessera.features.end_users import repository
from tessera.features.end_users.advanced import (
    Advanced,
    has_providers,
    read_templates,
    write_advanced,
    write_local,
    write_templates,
)
from tessera.features.end_users.templates import DEFAULTS
from tessera.identity.content_authority import ADVANCED
from tessera.identity.context import RequestContext

_ROLES: Final = (
    ("authenticated", "Authenticated", "Default role given to authenticated user."),
    ("public", "Public", "Default role given to unauthenticated user."),
)
_ACTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "authenticated": ("auth.logout", "auth.getSessions", "auth.revokeSession", "user.me", "auth.changePassword"),
    "public": (
        "auth.callback",
        "auth.connect",
        "auth.forgotPassword",
        "auth.resetPassword",
        "auth.register",
        "auth.emailConfirmation",
        "auth.sendEmailConfirmation",
        "auth.refresh",
    ),
}


async def start(ctx: RequestContext) -> None:
    """Create what is missing; each step looks only at what it makes (database.md §10, §11)."""
    if await get_value(ctx.session, ADVANCED) is None:
        await write_advanced(ctx.session, Advanced())
    if not await read_templates(ctx.session):
        await write_templates(ctx.session, dict(DEFAULTS))
    if not await has_providers(ctx.session):
        await write_local(ctx.session, enabled=True)
    await _create_roles(ctx)
    await _give_permissions(ctx)


async def _create_roles(ctx: RequestContext) -> None:
    if await repository.role_ids(ctx.session):
        return
    for type_, name, description in _ROLES:
        values = {"type": type_, "name": name, "description": description}
        await repository.add_role(ctx.session, values, ctx.now, ctx.project.randomness)


async def _give_permissions(ctx: RequestContext) -> None:
    if await repository.has_permissions(ctx.session):
        return
    roles = await repository.role_ids(ctx.session)
    for type_, actions in _ACTIONS.items():
        if type_ in roles:
            uids = [f"plugin::users-permissions.{action}" for action in actions]
            await repository.add_permissions(ctx.session, roles[type_], uids, ctx.now, ctx.project.randomness)
