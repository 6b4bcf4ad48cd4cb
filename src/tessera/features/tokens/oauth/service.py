"""Use cases of OAuth: a client becomes known, a person consents, and the client fetches, renews and gives up tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from tessera.authz.permission import Permission
from tessera.errors import BadRequestError
from tessera.features.tokens import service as tokens
from tessera.features.tokens.oauth import repository
from tessera.features.tokens.oauth.redirects import is_one_of, may_be_registered
from tessera.features.tokens.oauth.repository import Client, Code, Grant
from tessera.identity.announcing import record
from tessera.identity.context import RequestContext
from tessera.identity.secrets import BASE62, KeyKind, digest, new_key

if TYPE_CHECKING:
    from tessera.features.tokens.oauth.protocol import Fault

_SECRET: Final = 43  # characters of base 62: 256 bits
_CODE_LIFE: Final = 60 * 1000
_ACCESS_LIFE: Final = 60 * 60 * 1000
_REGISTERED: Final = 24 * 60 * 60 * 1000  # that nobody has consented to
_IN_USE: Final = 365 * 24 * 60 * 60 * 1000
_CLIENTS: Final = 1000
_REDIRECTS: Final = 10
_NAME: Final = 100
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request for consent whose client and redirect are right; a fault of the rest is told to the client."""

    client: Client
    redirect: str
    state: str | None
    challenge: str
    fault: Fault | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """The tokens that a client is given."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    seconds: int = _ACCESS_LIFE // 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What a person allows a client."""

    name: str
    lifespan: int | None
    permissions: tuple[Permission, ...]


def resource_of(ctx: RequestContext) -> str:
    """Return the only address that tokens are for."""
    return f"{ctx.project.settings.server.url}/mcp"


async def register(ctx: RequestContext, name: str, redirects: Sequence[str]) -> Client | None:
    """Make a client known for a while; None when there are too many, or its addresses may not be."""
    good = 0 < len(redirects) <= _REDIRECTS and all(may_be_registered(each) for each in redirects)
    if not good or not name or len(name) > _NAME or not name.isprintable():
        raise BadRequestError("A client needs a short name and addresses on https, this machine or in an app")
    client = Client(id=ctx.project.randomness.digits(BASE62, _SECRET), name=name, redirects=tuple(redirects))
    async with ctx.session.transaction():
        await repository.sweep(ctx.session, ctx.now)
        if await repository.count_clients(ctx.session) >= _CLIENTS:
            return None
        await repository.add_client(ctx.session, client, ctx.now + _REGISTERED)
        await record(ctx, "oauth.register", None, client.id, name=name)
    return client


async def asked(ctx: RequestContext, pairs: Pairs) -> Asked:
    """Return what a client asks a person for; refuses where no answer may be sent to the client."""
    data = dict(pairs)
    if any(len([name for name, _ in pairs if name == key]) > 1 for key in ("client_id", "redirect_uri", "state")):
        raise BadRequestError("A parameter stands twice")
    client = await repository.find_client(ctx.session, data.get("client_id", ""), ctx.now)
    if client is None:
        raise BadRequestError("The client is not known")
    redirect = data.get("redirect_uri", "")
    if not is_one_of(redirect, client.redirects):
        raise BadRequestError("The redirect_uri is not one of the client's")
    from tessera.features.tokens.oauth import protocol  # noqa: PLC0415 - takes time, which a start does not have

    fault = protocol.fault_of_request(pairs, client, resource_of(ctx))
    challenge = data.get("code_challenge", "")
    return Asked(client=client, redirect=redirect, state=data.get("state"), challenge=challenge, fault=fault)


def refused(ctx: RequestContext, asked: Asked, error: str, description: str) -> str:
    """Return the address that tells the client no."""
    return _sent_back(ctx, asked, {"error": error, "error_description": description})


async def allow(ctx: RequestContext, asked: Asked, allowed: Allowed) -> str:
    """Make the admin token that the client is granted; return the address that brings the client its code."""
    async with ctx.session.transaction():
        await repository.sweep(ctx.session, ctx.now)
        draft = tokens.Draft(
            name=allowed.name,
            description=f"Granted to {asked.client.name} by OAuth",
            lifespan=allowed.lifespan,
            permissions=allowed.permissions,
        )
        token, _ = await tokens.make_token(ctx, draft)
        secret = ctx.project.randomness.digits(BASE62, _SECRET)
        code = Code(
            digest=_digest(ctx, secret),
            client_id=asked.client.id,
            redirect=asked.redirect,
            challenge=asked.challenge,
            token_id=token.id,
            expires_at=ctx.now + _CODE_LIFE,
            used=False,
        )
        await repository.add_code(ctx.session, code)
        await repository.keep_client(ctx.session, asked.client.id, ctx.now + _IN_USE)
        await record(ctx, "oauth.grant", tokens.SUBJECT, token.id, client=asked.client.name)
    return _sent_back(ctx, asked, {"code": secret})


async def exchange(ctx: RequestContext, pairs: Pairs) -> Issued | Fault:
    """Return tokens for a code or a refresh token; whoever comes with a used one ends the grant."""
    from tessera.features.tokens.oauth import protocol  # noqa: PLC0415 - takes time, which a start does not have

    data = dict(pairs)
    async with ctx.session.transaction():
        code, grant = await _presented(ctx, data)
        client = await repository.find_client(ctx.session, data.get("client_id", ""), ctx.now)
        if grant is not None and await _is_replay(ctx, data, code, grant):
            await _end(ctx, grant, "oauth.reuse")
            grant, code = None, None
        loaded = protocol.Loaded(client=client, code=code if grant else None, grant=grant, now=ctx.now)
        fault = protocol.fault_of_exchange(pairs, loaded, resource_of(ctx))
        if fault is not None or grant is None or client is None:
            return fault or protocol.Fault(error="invalid_grant", description="")
        if code is not None:
            await repository.use_code(ctx.session, code.digest)
        await repository.keep_client(ctx.session, client.id, ctx.now + _IN_USE)
        return await _issued(ctx, grant)


async def revoke(ctx: RequestContext, token: str, client_id: str) -> None:
    """End the grant that a token belongs to; one that nobody knows is as good as ended."""
    async with ctx.session.transaction():
        condition = "g.access_digest = ?1 OR g.refresh_digest = ?1 OR g.replaced_digest = ?1"
        grant = await repository.find_grant(ctx.session, condition, _digest(ctx, token))
        if grant is not None and grant.client_id == client_id:
            await _end(ctx, grant, "oauth.revoke")


async def _presented(ctx: RequestContext, data: dict[str, str]) -> tuple[Code | None, Grant | None]:
    """Return the code that is presented, and the grant that it or a refresh token belongs to."""
    if data.get("grant_type") == "authorization_code":
        code = await repository.find_code(ctx.session, _digest(ctx, data.get("code", "")))
        if code is None:
            return None, None
        return code, await repository.find_grant(ctx.session, "g.token_id = ?1", code.token_id)
    sent = _digest(ctx, data.get("refresh_token", ""))
    condition = "g.refresh_digest = ?1 OR g.replaced_digest = ?1"
    return None, await repository.find_grant(ctx.session, condition, sent)


async def _is_replay(ctx: RequestContext, data: dict[str, str], code: Code | None, grant: Grant) -> bool:
    """Tell whether the grant's client, or a thief of what it had, comes with what was used before."""
    if data.get("client_id") != grant.client_id:
        return False
    if code is not None:
        return code.used
    return grant.replaced_digest == _digest(ctx, data.get("refresh_token", ""))


async def _issued(ctx: RequestContext, grant: Grant) -> Issued:
    access = new_key(KeyKind.GRANT, ctx.project.randomness)
    refresh = ctx.project.randomness.digits(BASE62, _SECRET)
    now = ctx.now  # once, so that the seconds that are told are those that are kept
    ends = now + _ACCESS_LIFE if grant.expires_at is None else min(now + _ACCESS_LIFE, grant.expires_at)
    await repository.renew(ctx.session, grant, _digest(ctx, access), ends, _digest(ctx, refresh))
    return Issued(access=access, refresh=refresh, seconds=(ends - now) // 1000)


async def _end(ctx: RequestContext, grant: Grant, action: str) -> None:
    token = await tokens.find_token(ctx, grant.token_id)
    await record(ctx, action, tokens.SUBJECT, grant.token_id, name=grant.name)
    await tokens.remove_with_permissions(ctx, [token])
    await repository.sweep(ctx.session, ctx.now)


def _digest(ctx: RequestContext, secret: str) -> str:
    return digest(secret, ctx.project.settings.admin.api_token_salt)


def _sent_back(ctx: RequestContext, asked: Asked, answer: dict[str, str]) -> str:
    """Return the client's address with an answer, the state it sent, and who answers (RFC 9207)."""
    state = {} if asked.state is None else {"state": asked.state}
    told = urlencode({**answer, **state, "iss": ctx.project.settings.server.url})
    address, _, fragment = asked.redirect.partition("#")
    joined = f"{address}{'&' if '?' in address else '?'}{told}"
    return f"{joined}#{fragment}" if fragment else joined
