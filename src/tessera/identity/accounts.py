"""The accounts of administrators as they are written: added, changed, and given roles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from tessera.engine.rows import standard_values
from tessera.engine.session import Session
from tessera.runtime import Randomness
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import delete, insert, update

_TABLE: Final = "admin_users"
_ROLES: Final = "admin_users_roles_lnk"
_ONCE: Final = re.compile("[0-9a-f]{40}")


def new_once_token(randomness: Randomness) -> str:
    """Return a token that lets its bearer choose a password once, 160 random bits (database.md §12)."""
    return randomness.digits("0123456789abcdef", 40)


def is_once_token(text: str) -> bool:
    """Tell whether a text looks like such a token; nothing else is looked up (F50)."""
    return _ONCE.fullmatch(text) is not None


async def is_email_taken(session: Session, email: str, but: int | None = None) -> bool:
    """Tell whether another administrator has that address, which is in lower case."""
    text = f"SELECT 1 FROM {_TABLE} WHERE lower(email) = ?1 AND id IS NOT ?2"
    return await session.scalar(Statement(text, (email, but))) is not None


async def password_of(session: Session, user_id: int) -> str | None:
    """Return the hash of an administrator's password; one that has not registered yet has none."""
    hashed: str | None = await session.scalar(Statement(f"SELECT password FROM {_TABLE} WHERE id = ?1", (user_id,)))
    return hashed


async def add_account(session: Session, values: Mapping[str, Value], now: int, randomness: Randomness) -> int:
    """Insert an administrator and return its id; one is not blocked to begin with."""
    return await session.insert(insert(_TABLE, {**standard_values(now, randomness), "blocked": 0, **values}))


async def change_account(session: Session, user_id: int, values: Mapping[str, Value]) -> None:
    """Write some columns of an administrator."""
    await session.execute(update(_TABLE, values, {"id": user_id}))


async def set_roles(session: Session, user_id: int, role_ids: Sequence[int]) -> None:
    """Replace the roles of an administrator, in that order."""
    await session.execute(delete(_ROLES, {"user_id": user_id}))
    for order, role_id in enumerate(role_ids, 1):
        text = f"SELECT max(user_ord) FROM {_ROLES} WHERE role_id = ?1"
        last = await session.scalar(Statement(text, (role_id,)))
        link = {"user_id": user_id, "role_id": role_id, "role_ord": float(order), "user_ord": float((last or 0) + 1)}
        await session.insert(insert(_ROLES, link))
