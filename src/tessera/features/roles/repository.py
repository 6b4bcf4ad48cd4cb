"""Roles as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tessera.engine.rows import standard_values
from tessera.engine.session import Row, Session
from tessera.runtime import Randomness, iso
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import delete, insert, marks, update

_TABLE: Final = "admin_roles"
_SELECT: Final = (
    "SELECT r.id, r.document_id, r.name, r.code, r.description, r.created_at, r.updated_at, r.published_at,"
    " r.locale, (SELECT count(*) FROM admin_users_roles_lnk l WHERE l.role_id = r.id) FROM admin_roles r"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role's row and how many administrators have it."""

    id: int
    document_id: str
    name: str
    code: str
    description: str | None
    created_at: int
    updated_at: int
    published_at: int | None
    locale: str | None
    users: int = 0

    def shown(self) -> dict[str, Any]:
        """Return the role as clients see it where nobody counts."""
        return {
            "id": self.id,
            "documentId": self.document_id,
            "name": self.name,
            "code": self.code,
            "description": self.description,
            "createdAt": iso(self.created_at),
            "updatedAt": iso(self.updated_at),
            "publishedAt": None if self.published_at is None else iso(self.published_at),
            "locale": self.locale,
        }

    def shown_with_users(self) -> dict[str, Any]:
        """Return the role as lists show it."""
        return {**self.shown(), "usersCount": self.users}


async def roles_where(
    session: Session, condition: str, values: Sequence[Value] = (), order: str = "r.id"
) -> list[Role]:
    """Return the roles that match an SQL condition over `r`; the text never comes from a request."""
    rows = await session.rows(Statement(f"{_SELECT} WHERE {condition} ORDER BY {order}", tuple(values)))
    return [_role(row) for row in rows]


async def role_by_id(session: Session, role_id: int) -> Role | None:
    """Return one role."""
    found = await roles_where(session, "r.id = ?1", (role_id,))
    return found[0] if found else None


async def roles_by_ids(session: Session, ids: Sequence[int]) -> list[Role]:
    """Return those of the roles that there are, by id."""
    return await roles_where(session, f"r.id IN ({marks(ids)})", tuple(ids)) if ids else []


async def is_name_taken(session: Session, name: str, but: int | None = None) -> bool:
    """Tell whether another role has that name, letter for letter."""
    statement = Statement("SELECT 1 FROM admin_roles WHERE name = ?1 AND id IS NOT ?2", (name, but))
    return await session.scalar(statement) is not None


async def add_role(
    session: Session, name: str, code: str, description: str | None, *, now: int, randomness: Randomness
) -> int:
    """Insert a role and return its id."""
    values = {**standard_values(now, randomness), "name": name, "code": code, "description": description}
    return await session.insert(insert(_TABLE, values))


async def change_role(session: Session, role_id: int, values: dict[str, Value]) -> None:
    """Write some columns of a role."""
    await session.execute(update(_TABLE, values, {"id": role_id}))


async def remove_roles(session: Session, ids: Sequence[int]) -> None:
    """Delete roles; the links to permissions and administrators go with them."""
    await session.execute(delete(_TABLE, {"id": tuple(ids)}))


def _role(row: Row) -> Role:
    return Role(
        id=row[0],
        document_id=row[1],
        name=row[2],
        code=row[3],
        description=row[4],
        created_at=row[5],
        updated_at=row[6],
        published_at=row[7],
        locale=row[8],
        users=row[9],
    )
