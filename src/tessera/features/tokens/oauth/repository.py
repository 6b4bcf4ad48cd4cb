"""Clients, codes and grants of OAuth as rows; of every secret only its digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import orjson

from tessera.engine.session import Session
from tessera.sql.additions import CLIENTS, CODES, GRANTS
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import update

_TOKENS: Final = "strapi_api_tokens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A program that asks people for access; it has no secret."""

    id: str
    name: str
    redirects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a person's consent is exchanged for, once."""

    digest: str
    client_id: str
    redirect: str
    challenge: str
    token_id: int
    expires_at: int
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a client was given: an admin token, and the digests of what the client holds for it."""

    token_id: int
    client_id: str
    name: str  # of the admin token
    expires_at: int | None  # of the admin token
    access_digest: str | None
    refresh_digest: str | None
    replaced_digest: str | None


async def find_client(session: Session, client_id: str, now: int) -> Client | None:
    """Return a client that has registered and whose registration is not over."""
    text = f"SELECT id, name, redirects FROM {CLIENTS} WHERE id = ?1 AND expires_at > ?2"
    row = await session.row(Statement(text, (client_id, now)))
    return None if row is None else Client(id=row[0], name=row[1], redirects=tuple(orjson.loads(row[2])))


async def count_clients(session: Session) -> int:
    """Return how many clients are registered."""
    return int(await session.scalar(Statement(f"SELECT count(*) FROM {CLIENTS}")))


async def add_client(session: Session, client: Client, expires_at: int) -> None:
    """Keep a client until its registration ends."""
    text = f"INSERT INTO {CLIENTS} (id, name, redirects, expires_at) VALUES (?1, ?2, ?3, ?4)"
    values = (client.id, client.name, orjson.dumps(client.redirects).decode(), expires_at)
    await session.execute(Statement(text, values))


async def keep_client(session: Session, client_id: str, until: int) -> None:
    """Let the registration of a client that is in use last longer."""
    await session.execute(update(CLIENTS, {"expires_at": until}, {"id": client_id}))


async def find_code(session: Session, digest: str) -> Code | None:
    """Return a code, also one that was used or is over."""
    text = f"SELECT digest, client_id, redirect, challenge, token_id, expires_at, used FROM {CODES} WHERE digest = ?1"
    row = await session.row(Statement(text, (digest,)))
    if row is None:
        return None
    return Code(
        digest=row[0],
        client_id=row[1],
        redirect=row[2],
        challenge=row[3],
        token_id=row[4],
        expires_at=row[5],
        used=bool(row[6]),
    )


async def add_code(session: Session, code: Code) -> None:
    """Keep a code, and the grant that nobody has fetched the tokens of."""
    text = (
        f"INSERT INTO {CODES} (digest, client_id, redirect, challenge, token_id, expires_at, used)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
    )
    values = (code.digest, code.client_id, code.redirect, code.challenge, code.token_id, code.expires_at, code.used)
    await session.execute(Statement(text, values))
    grant = Statement(f"INSERT INTO {GRANTS} (token_id, client_id) VALUES (?1, ?2)", (code.token_id, code.client_id))
    await session.execute(grant)


async def use_code(session: Session, digest: str) -> None:
    """Remember that a code was exchanged, so that a second attempt is noticed."""
    await session.execute(update(CODES, {"used": True}, {"digest": digest}))


async def find_grant(session: Session, condition: str, value: str | int) -> Grant | None:
    """Return the grant that a condition on ?1 finds; without its admin token there is none."""
    text = (
        "SELECT g.token_id, g.client_id, t.name, t.expires_at, g.access_digest, g.refresh_digest, g.replaced_digest"
        f" FROM {GRANTS} g JOIN {_TOKENS} t ON t.id = g.token_id WHERE {condition}"
    )
    row = await session.row(Statement(text, (value,)))
    if row is None:
        return None
    return Grant(
        token_id=row[0],
        client_id=row[1],
        name=row[2],
        expires_at=row[3],
        access_digest=row[4],
        refresh_digest=row[5],
        replaced_digest=row[6],
    )


async def renew(session: Session, grant: Grant, access: str, ends: int, refresh: str) -> None:
    """Give a grant new tokens in place of those it had."""
    values: dict[str, Value] = {
        "access_digest": access,
        "access_expires_at": ends,
        "refresh_digest": refresh,
        "replaced_digest": grant.refresh_digest,
    }
    await session.execute(update(GRANTS, values, {"token_id": grant.token_id}))


async def sweep(session: Session, now: int) -> None:
    """Remove what is over, and what belonged to admin tokens that are gone."""
    gone = f"token_id NOT IN (SELECT id FROM {_TOKENS})"
    await session.execute(Statement(f"DELETE FROM {CLIENTS} WHERE expires_at <= ?1", (now,)))
    await session.execute(Statement(f"DELETE FROM {CODES} WHERE (used = 0 AND expires_at <= ?1) OR {gone}", (now,)))
    await session.execute(Statement(f"DELETE FROM {GRANTS} WHERE {gone}"))
