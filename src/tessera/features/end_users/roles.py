"""Use cases of the roles of end users."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.errors import ApplicationError, NotFoundError
from tessera.features.end_users import repository
from tessera.features.end_users.finding import ROLE
from tessera.features.end_users.repository import Role
from tessera.identity.announcing import record
from tessera.identity.content_actions import content_actions, permissions_view
from tessera.identity.content_authority import PUBLIC_ROLE
from tessera.identity.context import RequestContext
from tessera.schema.model import Schema
from tessera.schema.naming import snake
from tessera.sql.statement import Value

JSON = Any  # any JSON value
_UNKNOWN: Final = "Role not found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a role is to be; of the words only those that are named are written."""

    words: Mapping[str, str | None]  # name, description
    permissions: JSON  # as `grid` shows them; None: as they are


async def list_roles(ctx: RequestContext) -> list[Role]:
    """Return all roles."""
    return await repository.roles(ctx.session)


async def read_role(ctx: RequestContext, role_id: int | None) -> dict[str, JSON]:
    """Return a role with every action there is, and which of them it holds."""
    role = await _role(ctx, role_id)
    held = await repository.actions_of(ctx.session, role.id)
    return {**role.shown(), "permissions": grid(ctx.project.schema, held)}


async def create_role(ctx: RequestContext, wanted: Wanted) -> None:
    """Add a role; its type is made of its name, and is nothing that others could not have."""
    async with ctx.session.transaction():
        name = wanted.words.get("name")
        values: dict[str, Value] = {
            "name": name,
            "description": wanted.words.get("description"),
            "type": snake((name or "").lower()),
        }
        role_id = await repository.add_role(ctx.session, values, ctx.now, ctx.project.randomness)
        await _hold(ctx, role_id, wanted.permissions)
        await record(ctx, "end-user-role.create", ROLE, role_id, name=name)


async def change_role(ctx: RequestContext, role_id: int | None, wanted: Wanted) -> None:
    """Change a role."""
    async with ctx.session.transaction():
        role = await _role(ctx, role_id)
        await repository.change_role(ctx.session, role.id, {**wanted.words, "updated_at": ctx.now})
        await _hold(ctx, role.id, wanted.permissions)
        await record(ctx, "end-user-role.update", ROLE, role.id, permissions=wanted.permissions is not None)


async def delete_role(ctx: RequestContext, role_id: int | None) -> None:
    """Delete a role; those who had it keep what the public may do."""
    async with ctx.session.transaction():
        role = await _role(ctx, role_id)
        public = await repository.role_of_type(ctx.session, PUBLIC_ROLE)
        if public is None or role.id == public:
            raise ApplicationError("Cannot delete public role")
        await repository.move_members(ctx.session, role.id, public)
        held = await repository.actions_of(ctx.session, role.id)
        await repository.remove_permissions(ctx.session, list(held.values()))
        await repository.remove_role(ctx.session, role.id)
        await record(ctx, "end-user-role.delete", ROLE, role.id)


def grid(schema: Schema, held: Collection[str] = ()) -> dict[str, JSON]:
    """Return every action of the Content API by group and controller, and whether it is held."""
    return {
        group: {
            "controllers": {
                controller: {verb: {"enabled": f"{group}.{controller}.{verb}" in held, "policy": ""} for verb in verbs}
                for controller, verbs in part["controllers"].items()
            }
        }
        for group, part in permissions_view(schema).items()
    }


async def _role(ctx: RequestContext, role_id: int | None) -> Role:
    role = None if role_id is None else await repository.role(ctx.session, role_id)
    if role is None:
        raise NotFoundError(_UNKNOWN)
    return role


async def _hold(ctx: RequestContext, role_id: int, permissions: JSON) -> None:
    """Let a role do what is switched on and nothing else; what the project does not know is overlooked."""
    if permissions is None:
        return
    known = content_actions(ctx.project.schema)
    wanted = list(dict.fromkeys(action for action in _switched_on(permissions) if action in known))
    held = await repository.actions_of(ctx.session, role_id)
    await repository.remove_permissions(ctx.session, [held[action] for action in held if action not in wanted])
    missing = [action for action in wanted if action not in held]
    await repository.add_permissions(ctx.session, role_id, missing, ctx.now, ctx.project.randomness)


def _switched_on(permissions: JSON) -> Iterator[str]:
    for group, part in _pairs(permissions):
        for controller, verbs in _pairs(part.get("controllers") if isinstance(part, dict) else None):
            for verb, state in _pairs(verbs):
                if isinstance(state, dict) and state.get("enabled") is True:
                    yield f"{group}.{controller}.{verb}"


def _pairs(value: JSON) -> Iterator[tuple[str, JSON]]:
    return iter(value.items() if isinstance(value, dict) else ())
