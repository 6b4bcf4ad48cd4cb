"""What signing up and in reads of administrators; sign-in sessions themselves are `identity.sessions`."""

from __future__ import annotations

from typing import Final

from tessera.engine.session import Session
from tessera.identity.administrators import SUPER_ADMIN, Administrator, administrators
from tessera.sql.statement import Statement

_TABLE: Final = "admin_users"
_USABLE: Final = "is_active = 1 AND coalesce(blocked, 0) = 0"


async def has_administrator(session: Session) -> bool:
    """Tell whether anybody has registered or was invited yet."""
    return await session.scalar(Statement(f"SELECT 1 FROM {_TABLE} LIMIT 1")) is not None


async def super_admin_role(session: Session) -> int | None:
    """Return the id of the role that may do everything."""
    found: int | None = await session.scalar(Statement("SELECT id FROM admin_roles WHERE code = ?1", (SUPER_ADMIN,)))
    return found


async def password_by_email(session: Session, email: str) -> tuple[int, str | None] | None:
    """Return the id and the hashed password of the administrator with that address, or None."""
    row = await session.row(Statement(f"SELECT id, password FROM {_TABLE} WHERE email = ?1 ORDER BY id", (email,)))
    return None if row is None else (row[0], row[1])


async def invited(session: Session, registration_token: str) -> Administrator | None:
    """Return the administrator whom that token invites."""
    condition = "registration_token = ?1 AND coalesce(blocked, 0) = 0"
    found = await administrators(session, condition, (registration_token,))
    return found[0] if found else None


async def usable_by_email(session: Session, email: str) -> Administrator | None:
    """Return the administrator with that address, if it may sign in."""
    found = await administrators(session, f"email = ?1 AND {_USABLE}", (email,))
    return found[0] if found else None


async def resetting(session: Session, reset_token: str) -> tuple[int, int | None] | None:
    """Return the id of the administrator who may sign in and whom the token lets choose a password, and until when."""
    text = f"SELECT id, reset_password_token_expires_at FROM {_TABLE} WHERE reset_password_token = ?1 AND {_USABLE}"
    row = await session.row(Statement(text, (reset_token,)))
    return None if row is None else (row[0], row[1])


async def write_without_change(session: Session) -> None:
    """Write a row as it is, which takes as long as to change it."""
    text = f"UPDATE {_TABLE} SET reset_password_token = reset_password_token WHERE id = (SELECT min(id) FROM {_TABLE})"
    await session.execute(Statement(text))
