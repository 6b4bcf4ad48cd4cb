"""Admin tokens and API tokens as rows of one table, told apart by their kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from tessera.engine.rows import standard_values
from tessera.engine.session import Row, Session
from tessera.features.tokens.content_repository import actions_column
from tessera.identity.permissions import TOKEN, StoredPermission, held_column, held_in
from tessera.runtime import Randomness, iso
from tessera.sql.additions import GRANTS
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import delete, insert, update

ADMIN: Final = "admin"
CONTENT: Final = "content-api"
_TABLE: Final = "strapi_api_tokens"
_OWNERS: Final = "strapi_api_tokens_admin_user_owner_lnk"
_SELECT: Final = (
    "SELECT t.id, t.name, t.description, coalesce(t.kind, 'content-api'), t.type, t.last_used_at, t.expires_at,"
    " t.lifespan, t.created_at, t.updated_at, t.encrypted_key, u.id, u.firstname, u.lastname, u.username, u.email,"
    f" {held_column(TOKEN, 't.id')}, {actions_column('t.id')} FROM {_TABLE} t"
    f" LEFT JOIN {_OWNERS} l ON l.api_token_id = t.id LEFT JOIN admin_users u ON u.id = l.user_id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The administrator that an admin token belongs to."""

    id: int
    firstname: str | None
    lastname: str | None
    username: str | None
    email: str

    def shown(self) -> dict[str, Any]:
        """Return the owner as clients see it."""
        return {
            "id": self.id,
            "firstname": self.firstname,
            "lastname": self.lastname,
            "username": self.username,
            "email": self.email,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token's row; never its key or its key's digest."""

    id: int
    name: str
    description: str
    kind: str
    type: str
    last_used_at: int | None
    expires_at: int | None
    lifespan: int | None  # milliseconds
    created_at: int
    updated_at: int
    encrypted_key: str | None
    owner: Owner | None
    held: tuple[StoredPermission, ...]  # what an admin token may do
    actions: tuple[str, ...]  # what a custom API token may do

    def shown(self) -> dict[str, Any]:
        """Return what clients see of every kind of token; the lifespan is text, as big integers are."""
        return {
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "kind": self.kind,
            "lastUsedAt": _moment(self.last_used_at),
            "expiresAt": _moment(self.expires_at),
            "lifespan": None if self.lifespan is None else str(self.lifespan),
            "createdAt": iso(self.created_at),
            "updatedAt": iso(self.updated_at),
        }

    def shown_in_full(self) -> dict[str, Any]:
        """Return an admin token as a single read shows it."""
        return {
            **self.shown(),
            "adminPermissions": [permission.shown_in_full() for permission in self.held],
            "adminUserOwner": None if self.owner is None else self.owner.shown(),
        }

    def shown_with_type(self) -> dict[str, Any]:
        """Return an admin token as lists and writes show it; the type means nothing there."""
        return {**self.shown_in_full(), "type": self.type}


async def tokens_of_kind(session: Session, kind: str, owner_id: int | None = None) -> list[Token]:
    """Return the tokens of a kind by name, of one owner if an id is given."""
    condition, values = "coalesce(t.kind, 'content-api') = ?1", [kind]
    bound: list[Value] = list(values)
    if owner_id is not None:
        condition += " AND u.id = ?2"
        bound.append(owner_id)
    rows = await session.rows(Statement(f"{_SELECT} WHERE {condition} ORDER BY t.name, t.id", tuple(bound)))
    return [_token(row) for row in rows]


async def token_of_kind(session: Session, kind: str, token_id: int) -> Token | None:
    """Return one token, unless it is of another kind."""
    condition = "t.id = ?1 AND coalesce(t.kind, 'content-api') = ?2"
    row = await session.row(Statement(f"{_SELECT} WHERE {condition}", (token_id, kind)))
    return None if row is None else _token(row)


async def is_name_taken(session: Session, name: str, but: int | None = None) -> bool:
    """Tell whether another token of any kind has that name."""
    statement = Statement(f"SELECT 1 FROM {_TABLE} WHERE name = ?1 AND id IS NOT ?2", (name, but))
    return await session.scalar(statement) is not None


async def is_granted(session: Session, token_id: int) -> bool:
    """Tell whether a token is what an agent was granted by OAuth, whose key nobody has."""
    return await session.scalar(Statement(f"SELECT 1 FROM {GRANTS} WHERE token_id = ?1", (token_id,))) is not None


async def add_token(
    session: Session, values: dict[str, Value], owner_id: int | None, now: int, randomness: Randomness
) -> int:
    """Insert a token, linked to its owner if it has one, and return its id."""
    token_id = await session.insert(insert(_TABLE, {**standard_values(now, randomness), **values}))
    if owner_id is not None:
        order = await session.scalar(Statement(f"SELECT count(*) FROM {_OWNERS} WHERE user_id = ?1", (owner_id,)))
        link = {"api_token_id": token_id, "user_id": owner_id, "api_token_ord": float(order + 1)}
        await session.insert(insert(_OWNERS, link))
    return token_id


async def change_token(session: Session, token_id: int, values: dict[str, Value]) -> None:
    """Write some columns of a token."""
    await session.execute(update(_TABLE, values, {"id": token_id}))


async def remove_tokens(session: Session, ids: Sequence[int]) -> None:
    """Delete tokens; their links go with them."""
    if ids:
        await session.execute(delete(_TABLE, {"id": tuple(ids)}))


def _token(row: Row) -> Token:
    owner = None
    if row[11] is not None:
        owner = Owner(id=row[11], firstname=row[12], lastname=row[13], username=row[14], email=row[15])
    return Token(
        id=row[0],
        name=row[1],
        description=row[2] or "",
        kind=row[3],
        type=row[4],
        last_used_at=row[5],
        expires_at=row[6],
        lifespan=row[7],
        created_at=row[8],
        updated_at=row[9],
        encrypted_key=row[10],
        owner=owner,
        held=held_in(row[16]),
        actions=tuple(orjson.loads(row[17])),
    )


def _moment(milliseconds: int | None) -> str | None:
    return None if milliseconds is None else iso(milliseconds)
