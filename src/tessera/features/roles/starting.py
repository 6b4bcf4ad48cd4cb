"""What roles need at each start: the three that come with a project, and the super admin's permissions kept current."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from tessera.authz.permission import Permission
from tessera.engine.locales import locales
from tessera.engine.session import Session
from tessera.events import LocalesChanged
from tessera.features.roles import repository
from tessera.features.roles.defaults import (
    AUTHOR,
    EDITOR,
    SUPER_ADMIN,
    RoleText,
    author_permissions,
    editor_permissions,
    super_admin_permissions,
)
from tessera.identity.context import RequestContext
from tessera.identity.permissions import ROLE, add_permissions, permissions_of, remove_permissions
from tessera.schema.paths import editable_paths
from tessera.sql.statement import Statement
from tessera.sql.writes import insert, update

_LOG: Final = logging.getLogger(__name__)


async def start(ctx: RequestContext) -> None:
    """Create what is missing, bring the super admin's permissions up to date, and forget fields that are gone."""
    if not await repository.roles_where(ctx.session, "1 = 1"):
        await _create_roles(ctx)
    await forget_lost_fields(ctx)
    await _refresh_super_admin(ctx, (await locales(ctx.session)).codes)


async def follow_locales(ctx: RequestContext, event: LocalesChanged) -> None:
    """Let super admins' permissions name the locales that there are now."""
    await _refresh_super_admin(ctx, event.codes)


async def forget_lost_fields(ctx: RequestContext) -> None:
    """
    Take attribute paths that no longer exist out of every stored permission.

    A later attribute of the same name must not inherit them (field.md F44). Each one is logged.
    """
    every = Statement("SELECT id, action, subject, properties, conditions FROM admin_permissions")
    rows = await ctx.session.rows(every)
    for permission_id, *columns in rows:
        permission = Permission.of_row(*columns)
        content_type = ctx.project.schema.content_types.get(permission.subject or "")
        fields = permission.properties.get("fields")
        if content_type is None or not isinstance(fields, list):
            continue
        known = editable_paths(ctx.project.schema, content_type)
        lost = [path for path in fields if not _is_known(str(path), known)]
        if lost:
            names = ", ".join(map(str, lost))
            _LOG.warning("%s on %s no longer names %s", permission.action, permission.subject, names)
            await _keep_fields(ctx.session, permission_id, permission, [path for path in fields if path not in lost])


def _is_known(path: str, known: Sequence[str]) -> bool:
    return any(path == each or each.startswith(f"{path}.") for each in known)


async def _keep_fields(session: Session, permission_id: int, permission: Permission, fields: list[str]) -> None:
    kept = Permission(
        action=permission.action,
        subject=permission.subject,
        properties={**permission.properties, "fields": fields},
        conditions=permission.conditions,
    )
    await session.execute(update("admin_permissions", {"properties": kept.row()["properties"]}, {"id": permission_id}))


async def _create_roles(ctx: RequestContext) -> None:
    ids = {text.code: await _create_role(ctx, text) for text in (SUPER_ADMIN, EDITOR, AUTHOR)}
    users = await ctx.session.rows(Statement("SELECT id FROM admin_users ORDER BY id"))
    for order, (user_id,) in enumerate(users, 1):
        link = {"user_id": user_id, "role_id": ids[SUPER_ADMIN.code], "role_ord": 1.0, "user_ord": float(order)}
        await ctx.session.insert(insert("admin_users_roles_lnk", link))
    await _give(ctx, ids[EDITOR.code], editor_permissions(ctx.project.schema))
    await _give(ctx, ids[AUTHOR.code], author_permissions(ctx.project.schema))


async def _create_role(ctx: RequestContext, text: RoleText) -> int:
    return await repository.add_role(
        ctx.session, text.name, text.code, text.description, now=ctx.now, randomness=ctx.project.randomness
    )


async def _refresh_super_admin(ctx: RequestContext, codes: Sequence[str]) -> None:
    roles = await repository.roles_where(ctx.session, "r.code = ?1", (SUPER_ADMIN.code,))
    wanted = super_admin_permissions(ctx.project.schema, ctx.project.catalogue, codes)
    for role in roles:
        held = await permissions_of(ctx.session, ROLE, (role.id,))
        await remove_permissions(ctx.session, [stored.id for stored in held if stored.permission not in wanted])
        have = [stored.permission for stored in held]
        await _give(ctx, role.id, [permission for permission in wanted if permission not in have])


async def _give(ctx: RequestContext, role_id: int, permissions: Sequence[Permission]) -> None:
    await add_permissions(ctx.session, ROLE, role_id, permissions, now=ctx.now, randomness=ctx.project.randomness)
