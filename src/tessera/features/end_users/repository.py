"""Roles of end users and their permissions as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tessera.engine.rows import standard_values
from tessera.engine.session import Session
from tessera.runtime import Randomness
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import insert

_ROLES: Final = "up_roles"
_PERMISSIONS: Final = "up_permissions"
_LINKS: Final = "up_permissions_role_lnk"
_HAS_PERMISSIONS: Final = Statement(f"SELECT EXISTS (SELECT 1 FROM {_PERMISSIONS})")


async def role_ids(session: Session) -> dict[str, int]:
    """Return the ids of the roles by their types."""
    return dict(await session.rows(Statement(f"SELECT type, id FROM {_ROLES} ORDER BY id DESC")))


async def has_permissions(session: Session) -> bool:
    """Tell whether any role of end users has ever been given something."""
    return bool(await session.scalar(_HAS_PERMISSIONS))


async def add_role(session: Session, values: Mapping[str, Value], now: int, randomness: Randomness) -> int:
    """Insert a role and return its id."""
    return await session.insert(insert(_ROLES, {**standard_values(now, randomness), **values}))


async def add_permissions(
    session: Session, role_id: int, actions: Sequence[str], now: int, randomness: Randomness
) -> None:
    """Let a role that has nothing yet do some actions."""
    for order, action in enumerate(actions, 1):
        values = {**standard_values(now, randomness), "action": action}
        permission_id = await session.insert(insert(_PERMISSIONS, values))
        link = {"permission_id": permission_id, "role_id": role_id, "permission_ord": float(order)}
        await session.insert(insert(_LINKS, link))
