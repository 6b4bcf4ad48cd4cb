"""Use cases of registering and signing in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.errors import ApplicationError, ValidationError
from tessera.features.end_users import account_repository as accounts
from tessera.features.end_users import repository
from tessera.features.end_users.advanced import Advanced, read_advanced, signs_in_locally
from tessera.features.end_users.confirming import ask_to_confirm
from tessera.features.end_users.finding import USER
from tessera.features.end_users.issuing import Issued, issue, new_device, settings_of
from tessera.features.end_users.writing import columns, drafted
from tessera.identity.announcing import record
from tessera.identity.context import RequestContext
from tessera.identity.passwords import verify_password

_REFUSED: Final = "Invalid identifier or password"
_TAKEN: Final = "Email or Username are already taken"
_ALWAYS_ALLOWED: Final = ("username", "password", "email")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedUp:
    """Somebody who has an account and perhaps is signed in already."""

    user_id: int
    issued: Issued | None


async def sign_in(ctx: RequestContext, identifier: str, password: str, device_id: str | None) -> SignedUp:
    """
    Sign in with a name or an address and a password.

    Who is blocked or has still to confirm learns so only with the right password; somebody who is unknown takes as
    long as somebody who is known (F60).
    """
    if not await signs_in_locally(ctx.session):
        raise ApplicationError("This provider is disabled")
    found = await accounts.account_to_sign_in(ctx.session, identifier)
    if not verify_password(password, found.password if found else None) or found is None:
        raise ValidationError(_REFUSED)
    if not found.confirmed and (await read_advanced(ctx.session)).email_confirmation:
        raise ApplicationError("Your account email is not confirmed")
    if found.blocked:
        raise ApplicationError("Your account has been blocked by an administrator")
    if not settings_of(ctx).refresh:
        return SignedUp(user_id=found.id, issued=await issue(ctx, found.id, found.password, None))
    async with ctx.session.transaction():
        return SignedUp(user_id=found.id, issued=await issue(ctx, found.id, found.password, device_id))


async def refuse_registration(ctx: RequestContext, keys: Iterable[str]) -> None:
    """Refuse to register where nobody may, and what nobody may say of itself (F20)."""
    if not (await read_advanced(ctx.session)).allow_register:
        raise ApplicationError("Register action is currently disabled")
    allowed = (*_ALWAYS_ALLOWED, *settings_of(ctx).allowed_fields)
    if refused := [key for key in keys if key not in allowed]:
        raise ValidationError(f"Invalid parameters: {', '.join(refused)}")


async def register(ctx: RequestContext, body: Mapping[str, Any], device_id: str | None) -> SignedUp:
    """Open an account; whoever has to confirm its address first is not signed in yet."""
    email, username = str(body["email"]), str(body["username"])
    draft = drafted(ctx.project.schema, {key: value for key, value in body.items() if key != "role"})
    async with ctx.session.transaction():
        advanced = await read_advanced(ctx.session)
        role_id = await repository.role_of_type(ctx.session, advanced.default_role)
        if role_id is None:
            raise ApplicationError("Impossible to find the default role")
        if await accounts.is_known(ctx.session, email, username, anywhere=advanced.unique_email):
            raise ApplicationError(_TAKEN)
        values = {
            **await columns(ctx.session, ctx.project.schema, draft),
            "email": email.lower(),
            "provider": accounts.LOCAL,
            "confirmed": int(not advanced.email_confirmation),
        }
        user_id = await accounts.add_account(ctx.session, values, role_id, ctx.now, ctx.project.randomness)
        await record(ctx, "end-user.register", USER, user_id)
        return await _signed_up(ctx, user_id, advanced, device_id)


async def _signed_up(ctx: RequestContext, user_id: int, advanced: Advanced, device_id: str | None) -> SignedUp:
    found = await accounts.account(ctx.session, user_id)
    if found is None:
        raise ApplicationError
    if advanced.email_confirmation:
        await ask_to_confirm(ctx, found)
        return SignedUp(user_id=user_id, issued=None)
    return SignedUp(user_id=user_id, issued=await issue(ctx, user_id, found.password, device_id or new_device(ctx)))
