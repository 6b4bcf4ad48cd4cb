"""Roles of end users and their permissions as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from tessera.engine.rows import standard_values
from tessera.engine.session import Row, Session
from tessera.engine.versions import raise_versions
from tessera.features.end_users.finding import PERMISSION, ROLE, USER
from tessera.runtime import Randomness, iso
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import delete, insert, marks, update

_ROLES: Final = "up_roles"
_PERMISSIONS: Final = "up_permissions"
_LINKS: Final = "up_permissions_role_lnk"
_MEMBERS: Final = "up_users_role_lnk"
_COLUMNS: Final = (
    "r.id, r.document_id, r.name, r.description, r.type, r.created_at, r.updated_at, r.published_at, r.locale"
)
_HAS_PERMISSIONS: Final = Statement(f"SELECT EXISTS (SELECT 1 FROM {_PERMISSIONS})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role of end users, and how many have it where that was asked."""

    id: int
    document_id: str
    name: str | None
    description: str | None
    type: str | None
    created_at: int | None
    updated_at: int | None
    published_at: int | None
    locale: str | None
    users: int | None = None

    def shown(self) -> dict[str, Any]:
        """Return the role as clients see it."""
        shown: dict[str, Any] = {
            "id": self.id,
            "documentId": self.document_id,
            "name": self.name,
            "description": self.description,
            "type": self.type,
            "createdAt": _moment(self.created_at),
            "updatedAt": _moment(self.updated_at),
            "publishedAt": _moment(self.published_at),
        }
        return shown if self.users is None else {**shown, "nb_users": self.users}


_FIELDS: Final = tuple(each.name for each in fields(Role))


def _moment(milliseconds: int | None) -> str | None:
    return None if milliseconds is None else iso(milliseconds)


async def roles(session: Session) -> list[Role]:
    """Return all roles with how many have them."""
    users = f"(SELECT count(*) FROM {_MEMBERS} l WHERE l.role_id = r.id)"
    rows = await session.rows(Statement(f"SELECT {_COLUMNS}, {users} FROM {_ROLES} r ORDER BY r.id"))
    return [_role(row) for row in rows]


async def role(session: Session, role_id: int) -> Role | None:
    """Return one role."""
    row = await session.row(Statement(f"SELECT {_COLUMNS} FROM {_ROLES} r WHERE r.id = ?1", (role_id,)))
    return None if row is None else _role(row)


async def role_named(session: Session, document_id: str | None, role_id: int | None) -> int | None:
    """Return the id of the role that is named by its document or its id."""
    text = f"SELECT id FROM {_ROLES} WHERE document_id = ?1 OR id = ?2 ORDER BY id LIMIT 1"
    found: int | None = await session.scalar(Statement(text, (document_id, role_id)))
    return found


async def role_of_type(session: Session, type_: str | None) -> int | None:
    """Return the id of the first role of a type."""
    text = f"SELECT id FROM {_ROLES} WHERE type = ?1 ORDER BY id LIMIT 1"
    found: int | None = await session.scalar(Statement(text, (type_,)))
    return found


async def role_ids(session: Session) -> dict[str, int]:
    """Return the ids of the roles by their types."""
    return dict(await session.rows(Statement(f"SELECT type, id FROM {_ROLES} ORDER BY id DESC")))


async def has_permissions(session: Session) -> bool:
    """Tell whether any role of end users has ever been given something."""
    return bool(await session.scalar(_HAS_PERMISSIONS))


async def actions_of(session: Session, role_id: int) -> dict[str, int]:
    """Return the ids of the permissions of a role by their actions."""
    text = (
        f"SELECT p.action, p.id FROM {_LINKS} l JOIN {_PERMISSIONS} p ON p.id = l.permission_id"
        " WHERE l.role_id = ?1 ORDER BY l.permission_ord, p.id"
    )
    return dict(await session.rows(Statement(text, (role_id,))))


async def add_role(session: Session, values: Mapping[str, Value], now: int, randomness: Randomness) -> int:
    """Insert a role and return its id."""
    role_id = await session.insert(insert(_ROLES, {**standard_values(now, randomness), **values}))
    await raise_versions(session, (ROLE,))
    return role_id


async def change_role(session: Session, role_id: int, values: Mapping[str, Value]) -> None:
    """Write some columns of a role."""
    await session.execute(update(_ROLES, values, {"id": role_id}))
    await raise_versions(session, (ROLE,))


async def remove_role(session: Session, role_id: int) -> None:
    """Delete a role; links to it go with it."""
    await session.execute(delete(_ROLES, {"id": role_id}))
    await raise_versions(session, (ROLE,))


async def move_members(session: Session, role_id: int, to: int) -> None:
    """Give everybody who has a role another one."""
    order = f"(SELECT coalesce(max(user_ord), 0) FROM {_MEMBERS} WHERE role_id = ?2)"
    text = f"UPDATE {_MEMBERS} SET role_id = ?2, user_ord = {order} + coalesce(user_ord, 0) WHERE role_id = ?1"
    await session.execute(Statement(text, (role_id, to)))
    await raise_versions(session, (USER,))


async def add_permissions(
    session: Session, role_id: int, actions: Sequence[str], now: int, randomness: Randomness
) -> None:
    """Let a role do some actions that it could not do yet."""
    text = f"SELECT coalesce(max(permission_ord), 0) FROM {_LINKS} WHERE role_id = ?1"
    last = await session.scalar(Statement(text, (role_id,)))
    for order, action in enumerate(actions, int(last) + 1):
        values = {**standard_values(now, randomness), "action": action}
        permission_id = await session.insert(insert(_PERMISSIONS, values))
        link = {"permission_id": permission_id, "role_id": role_id, "permission_ord": float(order)}
        await session.insert(insert(_LINKS, link))
    await raise_versions(session, (PERMISSION,))


async def remove_permissions(session: Session, ids: Sequence[int]) -> None:
    """Delete permissions."""
    if ids:
        await session.execute(Statement(f"DELETE FROM {_PERMISSIONS} WHERE id IN ({marks(ids)})", tuple(ids)))
        await raise_versions(session, (PERMISSION,))


def _role(row: Row) -> Role:
    return Role(**dict(zip(_FIELDS, row, strict=False)))
