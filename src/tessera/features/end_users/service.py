"""Use cases of end users: what others do with them, and what one reads of oneself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson

from tessera.errors import ApplicationError, NotFoundError, UnauthorizedError, ValidationError
from tessera.features.end_users import account_repository as accounts
from tessera.features.end_users.advanced import read_advanced
from tessera.features.end_users.finding import USER, Asker
from tessera.features.end_users.writing import Draft, columns, drafted, role_of
from tessera.identity.announcing import record
from tessera.identity.context import RequestContext
from tessera.identity.principal import EndUser
from tessera.query.params import Params
from tessera.sql.statement import Statement, Value

JSON = Any  # any JSON value
_WITH_ROLE: Final[Params] = {"populate": "role"}
_EMAIL_TAKEN: Final = "Email already taken"
_USERNAME_TAKEN: Final = "Username already taken"


async def find_users(ctx: RequestContext, params: Params) -> list[JSON]:
    """Return end users; without a limit all of them, as the reference does."""
    return await _read(ctx, asker_of(ctx).users(params))


async def count_users(ctx: RequestContext, params: Params) -> int:
    """Return how many end users there are."""
    return int(await ctx.session.scalar(asker_of(ctx).count(params)))


async def read_user(ctx: RequestContext, user_id: int | None, params: Params) -> JSON | None:
    """Return one end user as whoever asks may see it, or None."""
    found = [] if user_id is None else await _read(ctx, asker_of(ctx).user(user_id, params))
    return found[0] if found else None


async def read_me(ctx: RequestContext, params: Params) -> JSON:
    """Return the end user that asks."""
    if not isinstance(ctx.principal, EndUser):
        raise UnauthorizedError("Unauthorized")
    return await read_user(ctx, ctx.principal.id, params)


async def create_user(ctx: RequestContext, body: Mapping[str, JSON]) -> JSON:
    """Add an end user who may sign in with a password."""
    email = str(body["email"]).lower()
    draft = drafted(ctx.project.schema, {**body, "email": email})
    async with ctx.session.transaction():
        if (await read_advanced(ctx.session)).unique_email and await accounts.is_taken(ctx.session, "email", email):
            raise ApplicationError(_EMAIL_TAKEN)
        try:
            values = await columns(ctx.session, ctx.project.schema, draft)
            role_id = await role_of(ctx.session, draft, ctx.now)
        except ValidationError as error:  # content_api_public.managing_users_by_token: a taken name
            raise ApplicationError(error.message) from None
        if role_id is None:
            raise ApplicationError("Users must have a role")
        values = {**values, "provider": accounts.LOCAL}
        user_id = await accounts.add_account(ctx.session, values, role_id, ctx.now, ctx.project.randomness)
        await record(ctx, "end-user.create", USER, user_id)
        return await _shown_with_role(ctx, user_id)


async def find_account(ctx: RequestContext, user_id: int | None) -> accounts.Account:
    """Return the account with that id; refuses when there is none."""
    found = None if user_id is None else await accounts.account(ctx.session, user_id)
    if found is None:
        raise NotFoundError("User not found")
    return found


async def change_user(ctx: RequestContext, account: accounts.Account, body: Mapping[str, JSON]) -> JSON:
    """Change an end user; a new password ends all sign-ins that began with the old one."""
    if account.provider == accounts.LOCAL and "password" in body and not body["password"]:
        raise ValidationError("password.notNull")
    sent = dict(body)
    if isinstance(sent.get("email"), str):
        sent["email"] = sent["email"].lower()
    draft = drafted(ctx.project.schema, sent, document_id=account.document_id)
    async with ctx.session.transaction():
        await _refuse_taken(ctx, account.id, sent)
        await _change(ctx, account.id, draft)
        await record(ctx, "end-user.update", USER, account.id, fields=sorted(sent))
        return await _shown_with_role(ctx, account.id)


async def delete_user(ctx: RequestContext, user_id: int | None) -> JSON | None:
    """Delete an end user with its sessions; return what it was, or None if there was none."""
    async with ctx.session.transaction():
        found = None if user_id is None else await read_user(ctx, user_id, {})
        if found is not None and user_id is not None:
            await accounts.remove_account(ctx.session, user_id)
            await record(ctx, "end-user.delete", USER, user_id)
        return found


def asker_of(ctx: RequestContext) -> Asker:
    """Return who asks about end users."""
    return Asker(ctx.project.schema, ctx.content.ability)


async def _read(ctx: RequestContext, statement: Statement) -> list[JSON]:
    listed: list[JSON] = orjson.loads(await ctx.session.scalar(statement))["data"]
    return listed


async def _shown_with_role(ctx: RequestContext, user_id: int) -> JSON:
    return await read_user(ctx, user_id, _WITH_ROLE if asker_of(ctx).reads_roles() else {})


async def _refuse_taken(ctx: RequestContext, user_id: int, sent: Mapping[str, JSON]) -> None:
    if "username" in sent and await accounts.is_taken(ctx.session, "username", str(sent["username"]), user_id):
        raise ApplicationError(_USERNAME_TAKEN)
    unique = "email" in sent and (await read_advanced(ctx.session)).unique_email
    if unique and await accounts.is_taken(ctx.session, "email", str(sent["email"]), user_id):
        raise ApplicationError(_EMAIL_TAKEN)


async def _change(ctx: RequestContext, user_id: int, draft: Draft) -> None:
    values: dict[str, Value] = await columns(ctx.session, ctx.project.schema, draft)
    role_id = await role_of(ctx.session, draft, ctx.now)
    await accounts.change_account(ctx.session, user_id, values, ctx.now)
    if role_id is not None:
        await accounts.set_role(ctx.session, user_id, role_id)
