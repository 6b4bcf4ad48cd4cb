"""Use cases of roles: naming them, giving them permissions, and taking both away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from tessera.authz.permission import Permission
from tessera.errors import ApplicationError, NotFoundError, ValidationError, Violation
from tessera.events import RolePermissionsChanged
from tessera.features.roles import repository
from tessera.features.roles.repository import Role
from tessera.identity.administrators import SUPER_ADMIN
from tessera.identity.announcing import record, told
from tessera.identity.ceiling import refuse_beyond
from tessera.identity.context import RequestContext
from tessera.identity.permissions import ROLE, StoredPermission, add_permissions, permissions_of, remove_permissions
from tessera.sql.statement import Value

_NOT_FOUND: Final = "role.notFound"
_SUBJECT: Final = "admin::role"
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


async def read_role(ctx: RequestContext, role_id: int) -> Role:
    """Return one role."""
    role = await repository.role_by_id(ctx.session, role_id)
    if role is None:
        raise NotFoundError(_NOT_FOUND)
    return role


async def create_role(ctx: RequestContext, name: str, description: str | None) -> Role:
    """Create a role that holds nothing yet."""
    async with ctx.session.transaction():
        await _refuse_taken(ctx, name)
        code = f"{slug(name)}-{base36(ctx.now)}"
        role_id = await repository.add_role(
            ctx.session, name, code, description, now=ctx.now, randomness=ctx.project.randomness
        )
        await record(ctx, "role.create", _SUBJECT, role_id, name=name)
        return await read_role(ctx, role_id)


async def change_role(ctx: RequestContext, role_id: int, changes: dict[str, Value]) -> Role:
    """Change a role's name or description; the super admin's stays as it is."""
    async with ctx.session.transaction():
        role = await read_role(ctx, role_id)
        if role.code == SUPER_ADMIN:
            raise ApplicationError("Super admin can't be edited.")
        if "name" in changes:
            await _refuse_taken(ctx, str(changes["name"]), but=role_id)
        await repository.change_role(ctx.session, role_id, {**changes, "updated_at": ctx.now})
        await record(ctx, "role.update", _SUBJECT, role_id, name=changes.get("name", role.name))
        return await read_role(ctx, role_id)


async def delete_roles(ctx: RequestContext, ids: Sequence[int], place: str, sent: object) -> list[Role]:
    """
    Delete those of the roles that there are, with their permissions.

    Nothing is deleted when one of them is the super admin's or somebody still has it; `place` and `sent` say where
    the ids stood in the request.
    """
    async with ctx.session.transaction():
        found = {role.id: role for role in await repository.roles_by_ids(ctx.session, ids)}
        roles = [found[role_id] for role_id in dict.fromkeys(ids) if role_id in found]
        if any(role.code == SUPER_ADMIN for role in roles):
            raise ValidationError.of([Violation((place,), "You cannot delete the super admin role", sent)])
        if any(role.users for role in roles):
            raise ValidationError.of([Violation((place,), "Some roles are still assigned to some users", sent)])
        held = await permissions_of(ctx.session, ROLE, found)
        await remove_permissions(ctx.session, [permission.id for permission in held])
        if found:
            await repository.remove_roles(ctx.session, tuple(found))
            names = [role.name for role in roles]
            await record(ctx, "role.delete", _SUBJECT, *(role.id for role in roles), names=names)
        return roles


async def permissions(ctx: RequestContext, role_id: int) -> list[StoredPermission]:
    """Return what a role holds."""
    held = await permissions_of(ctx.session, ROLE, (role_id,))
    if not held:
        await read_role(ctx, role_id)
    return held


async def set_permissions(ctx: RequestContext, role_id: int, wanted: Sequence[Permission]) -> list[StoredPermission]:
    """
    Replace what a role holds and return what is new to it; what stays keeps its rows.

    Nobody gives what it does not hold itself, but may leave what the role had.
    """
    async with ctx.session.transaction():
        role = await read_role(ctx, role_id)
        if role.code == SUPER_ADMIN:
            raise ApplicationError("Super admin permissions can't be edited.")
        before = await permissions_of(ctx.session, ROLE, (role_id,))
        held = [stored.permission for stored in before]
        await refuse_beyond(ctx, [permission for permission in wanted if permission not in held])
        return await _replace(ctx, role_id, before, wanted)


async def give_permissions(ctx: RequestContext, role_id: int, wanted: Sequence[Permission]) -> list[StoredPermission]:
    """Replace what a role holds, as the server itself; for seeds and commands, whoever runs them owns the database."""
    async with ctx.session.transaction():
        before = await permissions_of(ctx.session, ROLE, (role_id,))
        return await _replace(ctx, role_id, before, wanted)


async def _replace(
    ctx: RequestContext, role_id: int, before: Sequence[StoredPermission], wanted: Sequence[Permission]
) -> list[StoredPermission]:
    held = [stored.permission for stored in before]
    new = [permission for permission in wanted if permission not in held]
    await remove_permissions(ctx.session, [stored.id for stored in before if stored.permission not in wanted])
    added = await add_permissions(ctx.session, ROLE, role_id, new, now=ctx.now, randomness=ctx.project.randomness)
    await ctx.publish(ctx, RolePermissionsChanged((role_id,)))
    gone = [permission for permission in held if permission not in wanted]
    await record(ctx, "permission.update", _SUBJECT, role_id, added=told(new), removed=told(gone))
    return added


def slug(text: str) -> str:
    """Return a name as part of a code: ASCII letters and digits, joined by dashes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def base36(number: int) -> str:
    """Return a number that is not negative in base 36."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


async def _refuse_taken(ctx: RequestContext, name: str, but: int | None = None) -> None:
    if await repository.is_name_taken(ctx.session, name, but):
        raise ApplicationError(f"The name must be unique and a role with name `{name}` already exists.")
