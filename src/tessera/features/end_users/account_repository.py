"""The accounts of end users as rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tessera.engine.rows import standard_values
from tessera.engine.session import Session
from tessera.engine.versions import raise_versions
from tessera.features.end_users.finding import USER
from tessera.identity.sessions import Origin, end_sessions
from tessera.runtime import Randomness
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import delete, insert, update

_TABLE: Final = "up_users"
_ROLES: Final = "up_users_role_lnk"
_COLUMNS: Final = "id, document_id, username, email, provider, password, confirmed, blocked"
LOCAL: Final = "local"  # the provider of accounts with a password


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An end user as far as signing in goes."""

    id: int
    document_id: str
    username: str
    email: str
    provider: str | None
    password: str | None = field(repr=False)  # hashed
    confirmed: bool
    blocked: bool


async def account(session: Session, user_id: int) -> Account | None:
    """Return an account by its id."""
    return await _first(session, "id = ?1", user_id)


async def account_to_sign_in(session: Session, identifier: str) -> Account | None:
    """Return the account with a password that has that address or name; addresses are in lower case."""
    return await _first(
        session, f"provider = '{LOCAL}' AND (email = ?1 OR username = ?2)", identifier.lower(), identifier
    )


async def account_by_email(session: Session, email: str) -> Account | None:
    """Return the account with an address."""
    return await _first(session, "email = ?1", email.lower())


async def account_resetting(session: Session, token: str, since: int) -> Account | None:
    """Return the account that may sign in and whose owner was sent that token not too long ago."""
    where = "reset_password_token = ?1 AND updated_at >= ?2 AND coalesce(blocked, 0) = 0"
    return await _first(session, where, token, since)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAccount:
    """An account as the content manager has written it."""

    id: int
    email: str
    provider: str | None
    has_role: bool


async def account_written(session: Session, document_id: str) -> WrittenAccount | None:
    """Return the account of a document."""
    text = (
        f"SELECT id, email, provider, EXISTS (SELECT 1 FROM {_ROLES} WHERE user_id = {_TABLE}.id)"
        f" FROM {_TABLE} WHERE document_id = ?1"
    )
    row = await session.row(Statement(text, (document_id,)))
    return None if row is None else WrittenAccount(id=row[0], email=row[1] or "", provider=row[2], has_role=row[3] == 1)


async def fit_account(session: Session, user_id: int, email: str, provider: str | None) -> None:
    """Write how an account is found on signing in."""
    await session.execute(update(_TABLE, {"email": email, "provider": provider}, {"id": user_id}))


async def account_confirming(session: Session, token: str) -> Account | None:
    """Return the account whose owner was sent that token to confirm the address."""
    return await _first(session, "confirmation_token = ?1", token)


async def is_known(session: Session, email: str, username: str, *, anywhere: bool) -> bool:
    """
    Tell whether somebody has the address or name already; `anywhere` at any provider.

    One's name must be nobody else's address either, in any case, since both are taken for it on signing in.
    """
    provider = "" if anywhere else f" AND provider = '{LOCAL}'"
    same = "username = ?2 OR email IN (?1, ?3) OR lower(username) = ?1"
    text = f"SELECT 1 FROM {_TABLE} WHERE ({same}){provider} LIMIT 1"
    return await session.scalar(Statement(text, (email.lower(), username, username.lower()))) is not None


async def is_taken(session: Session, column: str, value: str, but: int | None = None) -> bool:
    """Tell whether another account has that name or address."""
    text = f"SELECT 1 FROM {_TABLE} WHERE {column} = ?1 AND id IS NOT ?2 LIMIT 1"
    return await session.scalar(Statement(text, (value, but))) is not None


async def add_account(
    session: Session, values: Mapping[str, Value], role_id: int, now: int, randomness: Randomness
) -> int:
    """Insert an account with its role and return its id."""
    user_id = await session.insert(insert(_TABLE, {**standard_values(now, randomness), **values}))
    await set_role(session, user_id, role_id)
    await raise_versions(session, (USER,))
    return user_id


async def change_account(session: Session, user_id: int, values: Mapping[str, Value], now: int) -> None:
    """Write some columns of an account; a new password ends its sessions."""
    await session.execute(update(_TABLE, {**values, "updated_at": now}, {"id": user_id}))
    if "password" in values:
        await end_sessions(session, user_id, origin=Origin.END_USERS)
    await raise_versions(session, (USER,))


async def set_role(session: Session, user_id: int, role_id: int) -> None:
    """Give an account another role, the only one that it has."""
    await session.execute(delete(_ROLES, {"user_id": user_id}))
    last = await session.scalar(Statement(f"SELECT max(user_ord) FROM {_ROLES} WHERE role_id = ?1", (role_id,)))
    link: dict[str, Value] = {"user_id": user_id, "role_id": role_id, "user_ord": float((last or 0) + 1)}
    await session.insert(insert(_ROLES, link))


async def remove_account(session: Session, user_id: int) -> None:
    """Delete an account with its sessions."""
    await end_sessions(session, user_id, origin=Origin.END_USERS)
    await session.execute(delete(_TABLE, {"id": user_id}))
    await raise_versions(session, (USER,))


async def write_without_change(session: Session) -> None:
    """Write a row as it is, which takes as long as to change it."""
    text = f"UPDATE {_TABLE} SET reset_password_token = reset_password_token WHERE id = (SELECT min(id) FROM {_TABLE})"
    await session.execute(Statement(text))
    await raise_versions(session, (USER,))


async def _first(session: Session, where: str, *values: Value) -> Account | None:
    row = await session.row(Statement(f"SELECT {_COLUMNS} FROM {_TABLE} WHERE {where} ORDER BY id LIMIT 1", values))
    if row is None:
        return None
    user_id, document_id, username, email, provider, password, confirmed, blocked = row
    return Account(
        id=user_id,
        document_id=document_id,
        username=username or "",
        email=email or "",
        provider=provider,
        password=password,
        confirmed=bool(confirmed),
        blocked=bool(blocked),
    )
