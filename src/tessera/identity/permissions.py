"""Permissions as rows: those of roles and those of admin tokens, read and replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from tessera.authz.permission import Permission
from tessera.engine.rows import standard_values
from tessera.engine.session import Row, Session
from tessera.runtime import Randomness, iso
from tessera.sql.statement import Statement
from tessera.sql.writes import delete, insert, marks

_COLUMNS: Final = (
    "p.id, p.document_id, p.action, p.action_parameters, p.subject, p.properties, p.conditions, "
    "p.created_at, p.updated_at, p.published_at, p.locale"
)


@dataclass(frozen=True, slots=True)
class Holder:
    """What permissions may be linked to, and the link table that does it."""

    table: str
    column: str


ROLE: Final = Holder("admin_permissions_role_lnk", "role_id")
TOKEN: Final = Holder("admin_permissions_api_token_lnk", "api_token_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPermission:
    """A permission as its row has it, and who holds it."""

    id: int
    holder_id: int
    document_id: str
    permission: Permission
    action_parameters: Any  # a JSON object, `{}` in practice
    created_at: int
    updated_at: int
    published_at: int | None
    locale: str | None

    def shown(self) -> dict[str, Any]:
        """Return the permission as the routes of roles show it."""
        return {"id": self.id, "actionParameters": self.action_parameters, **self.permission.stored()}

    def shown_in_full(self) -> dict[str, Any]:
        """Return the permission as the routes of admin tokens show it, with the columns of every row."""
        return {
            **self.shown(),
            "documentId": self.document_id,
            "createdAt": iso(self.created_at),
            "updatedAt": iso(self.updated_at),
            "publishedAt": None if self.published_at is None else iso(self.published_at),
            "locale": self.locale,
        }


async def permissions_of(session: Session, holder: Holder, ids: Iterable[int]) -> list[StoredPermission]:
    """Return the permissions of some roles, or of some tokens, in their order."""
    wanted = tuple(ids)
    if not wanted:
        return []
    text = (
        f"SELECT l.{holder.column}, {_COLUMNS} FROM {holder.table} l"
        " JOIN admin_permissions p ON p.id = l.permission_id"
        f" WHERE l.{holder.column} IN ({marks(wanted)}) ORDER BY l.{holder.column}, l.permission_ord, p.id"
    )
    return [_stored(row) for row in await session.rows(Statement(text, wanted))]


def held_column(holder: Holder, id_: str) -> str:
    """Return the column of what a role or token holds, as JSON, for `held_in`; `id_` is the SQL of its id."""
    pairs = _COLUMNS.replace("p.", "held.")
    return (
        f"(SELECT json_group_array(json_array(held.{holder.column}, {pairs})) FROM"
        f" (SELECT l.{holder.column}, {_COLUMNS} FROM {holder.table} l JOIN admin_permissions p"
        f" ON p.id = l.permission_id WHERE l.{holder.column} = {id_} ORDER BY l.permission_ord, p.id) held)"
    )


def held_in(column: str) -> tuple[StoredPermission, ...]:
    """Return the permissions that such a column holds."""
    return tuple(_stored(tuple(row)) for row in orjson.loads(column))


async def add_permissions(
    session: Session,
    holder: Holder,
    holder_id: int,
    permissions: Sequence[Permission],
    *,
    now: int,
    randomness: Randomness,
) -> list[StoredPermission]:
    """Insert permissions and link them to a role or a token; return them with their ids."""
    added: list[StoredPermission] = []
    text = f"SELECT max(permission_ord) FROM {holder.table} WHERE {holder.column} = ?1"
    last = await session.scalar(Statement(text, (holder_id,)))
    for order, permission in enumerate(permissions, int(last or 0) + 1):
        columns = standard_values(now, randomness)
        permission_id = await session.insert(insert("admin_permissions", {**columns, **permission.row()}))
        link = {"permission_id": permission_id, holder.column: holder_id, "permission_ord": float(order)}
        await session.insert(insert(holder.table, link))
        added.append(
            StoredPermission(
                id=permission_id,
                holder_id=holder_id,
                document_id=str(columns["document_id"]),
                permission=permission,
                action_parameters={},
                created_at=now,
                updated_at=now,
                published_at=now,
                locale=None,
            )
        )
    return added


async def remove_permissions(session: Session, ids: Sequence[int]) -> None:
    """Delete permissions by id; their links go with them."""
    if ids:
        await session.execute(delete("admin_permissions", {"id": tuple(ids)}))


def _stored(row: Row) -> StoredPermission:
    return StoredPermission(
        holder_id=row[0],
        id=row[1],
        document_id=row[2],
        permission=Permission.of_row(row[3], row[5], row[6], row[7]),
        action_parameters=orjson.loads(row[4] or "{}"),
        created_at=row[8],
        updated_at=row[9],
        published_at=row[10],
        locale=row[11],
    )
