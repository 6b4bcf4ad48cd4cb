"""
Use cases of passwords: forgotten, chosen anew, changed.

A new password ends all sign-ins that began with an old one (content_promises.a_new_password_ends_old_sessions).
"""

from __future__ import annotations

import re
from typing import Final

from tessera.errors import ApplicationError, ValidationError
from tessera.features.end_users import account_repository as accounts
from tessera.features.end_users.advanced import read_advanced, read_templates
from tessera.features.end_users.confirming import known_values, send
from tessera.features.end_users.finding import USER
from tessera.features.end_users.issuing import Issued, issue, new_device
from tessera.features.end_users.signing_in import SignedUp
from tessera.features.end_users.templates import RESET, Template
from tessera.features.end_users.writing import Draft, columns, drafted
from tessera.identity.announcing import record
from tessera.identity.context import RequestContext
from tessera.identity.passwords import verify_password
from tessera.identity.principal import EndUser
from tessera.runtime import Randomness

_CODE: Final = re.compile("[0-9a-f]{128}")
_GOOD_FOR: Final = 24 * 60 * 60 * 1000  # milliseconds
_UNKNOWN: Final = "Incorrect code provided"


async def ask_for_new_password(ctx: RequestContext, email: str) -> None:
    """
    Send the owner of an address a link to choose a new password.

    Whether there is one shows neither in the answer nor in the time that it takes (F60).
    """
    token = _new_code(ctx.project.randomness)
    async with ctx.session.transaction():
        account = await accounts.account_by_email(ctx.session, email)
        template = Template.of(RESET, await read_templates(ctx.session))
        url = (await read_advanced(ctx.session)).email_reset_password or ""
        if account is None or account.blocked:
            await accounts.write_without_change(ctx.session)
            return
        await accounts.change_account(ctx.session, account.id, {"reset_password_token": token}, ctx.now)
    values = {"URL": url, "TOKEN": token, **known_values(ctx.project, account)}
    send(ctx, template.message(account.email, values))


async def reset_password(ctx: RequestContext, code: str, password: str, device_id: str | None) -> SignedUp:
    """Set a new password with the code that was sent, once and in time, and sign in with it."""
    if not _CODE.fullmatch(code) or await accounts.account_resetting(ctx.session, code, ctx.now - _GOOD_FOR) is None:
        raise ValidationError(_UNKNOWN)
    draft = _draft(ctx, password)
    async with ctx.session.transaction():
        account = await accounts.account_resetting(ctx.session, code, ctx.now - _GOOD_FOR)
        if account is None:
            raise ValidationError(_UNKNOWN)
        issued = await _set(ctx, account.id, draft, device_id)
        await record(ctx, "end-user.password-reset", USER, account.id)
        return SignedUp(user_id=account.id, issued=issued)


async def change_password(ctx: RequestContext, current: str, password: str, device_id: str | None) -> SignedUp:
    """Change one's own password, which the current one allows."""
    if not isinstance(ctx.principal, EndUser):
        raise ApplicationError("You must be authenticated to reset your password")
    account = await accounts.account(ctx.session, ctx.principal.id)
    if not verify_password(current, account.password if account else None) or account is None:
        raise ValidationError("The provided current password is invalid")
    if current == password:
        raise ValidationError("Your new password must be different than your current password")
    draft = _draft(ctx, password)
    async with ctx.session.transaction():
        issued = await _set(ctx, account.id, draft, device_id)
        await record(ctx, "end-user.update", USER, account.id, fields=["password"])
        return SignedUp(user_id=account.id, issued=issued)


async def _set(ctx: RequestContext, user_id: int, draft: Draft, device_id: str | None) -> Issued:
    """Keep a new password, which uses up the code for it, and sign in."""
    values = await columns(ctx.session, ctx.project.schema, draft)
    await accounts.change_account(ctx.session, user_id, {**values, "reset_password_token": None}, ctx.now)
    hashed = values["password"]
    return await issue(ctx, user_id, hashed if isinstance(hashed, str) else None, device_id or new_device(ctx))


def _draft(ctx: RequestContext, password: str) -> Draft:
    return drafted(ctx.project.schema, {"password": password}, document_id="")


def _new_code(randomness: Randomness) -> str:
    """Return a code of as many digits as the reference's (database.md §12)."""
    return randomness.digits("0123456789abcdef", 128)
