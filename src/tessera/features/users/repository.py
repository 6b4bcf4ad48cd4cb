"""Administrators as rows, as far as others manage them; accounts themselves are `identity.accounts`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tessera.engine.session import Session
from tessera.identity.administrators import SUPER_ADMIN
from tessera.sql.statement import Statement
from tessera.sql.writes import delete, marks

_TABLE: Final = "admin_users"


async def other_super_admins(session: Session, ids: Sequence[int]) -> int:
    """Return how many super admins could still sign in without these administrators."""
    text = (
        f"SELECT count(DISTINCT u.id) FROM {_TABLE} u JOIN admin_users_roles_lnk l ON l.user_id = u.id"
        " JOIN admin_roles r ON r.id = l.role_id AND r.code = ?1"
        f" WHERE u.is_active = 1 AND coalesce(u.blocked, 0) = 0 AND u.id NOT IN ({marks(ids, 1)})"
    )
    return int(await session.scalar(Statement(text, (SUPER_ADMIN, *ids))))


async def creator_of(session: Session, user_id: int) -> int | None:
    """Return the id of whoever made an administrator, where that is known."""
    text = f"SELECT created_by_id FROM {_TABLE} WHERE id = ?1"
    creator: int | None = await session.scalar(Statement(text, (user_id,)))
    return creator


async def role_codes(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return the codes of those of the roles that there are, by id."""
    text = f"SELECT id, code FROM admin_roles WHERE id IN ({marks(ids)})"
    return dict(await session.rows(Statement(text, tuple(ids))))


async def remove_users(session: Session, ids: Sequence[int]) -> None:
    """Delete administrators; the links to their roles go with them."""
    await session.execute(delete(_TABLE, {"id": tuple(ids)}))
