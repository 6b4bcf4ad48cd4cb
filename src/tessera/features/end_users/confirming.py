"""Use cases of confirming an address."""

from __future__ import annotations

from typing import Final

from tessera.errors import ApplicationError, ValidationError
from tessera.features.end_users import account_repository as accounts
from tessera.features.end_users.account_repository import Account
from tessera.features.end_users.advanced import read_advanced, read_templates
from tessera.features.end_users.finding import USER
from tessera.features.end_users.templates import CONFIRMATION, Template
from tessera.identity.accounts import is_once_token, new_once_token
from tessera.identity.announcing import record
from tessera.identity.context import Project, RequestContext
from tessera.identity.mail import Message, email_of

_PATH: Final = "/auth/email-confirmation"


async def ask_to_confirm(ctx: RequestContext, account: Account) -> None:
    """Send somebody a link to confirm the address, in the open transaction; the one sent before is void."""
    token = new_once_token(ctx.project.randomness)
    await accounts.change_account(ctx.session, account.id, {"confirmation_token": token}, ctx.now)
    template = Template.of(CONFIRMATION, await read_templates(ctx.session))
    settings = ctx.project.settings
    values = {"URL": f"{settings.url}{settings.api.prefix}{_PATH}", "CODE": token}
    send(ctx, template.message(account.email, {**values, **known_values(ctx.project, account)}))


async def ask_again(ctx: RequestContext, email: str) -> str:
    """Send the link once more, and return the address that it went to; nobody learns that there is no account."""
    async with ctx.session.transaction():
        account = await accounts.account_by_email(ctx.session, email)
        if account is None:
            return email
        if account.confirmed:
            raise ApplicationError("Already confirmed")
        if account.blocked:
            raise ApplicationError("User blocked")
        await ask_to_confirm(ctx, account)
        return account.email


async def confirm(ctx: RequestContext, token: str) -> str | None:
    """Confirm the address that a token was sent to, once, and return the page of the site to go to."""
    async with ctx.session.transaction():
        account = await accounts.account_confirming(ctx.session, token) if is_once_token(token) else None
        if account is None:
            raise ValidationError("Invalid token")
        values = {"confirmed": 1, "confirmation_token": None}
        await accounts.change_account(ctx.session, account.id, values, ctx.now)
        await record(ctx, "end-user.confirm", USER, account.id)
        return (await read_advanced(ctx.session)).email_confirmation_redirection


def known_values(project: Project, account: Account) -> dict[str, str]:
    """Return what every message may tell."""
    panel = project.settings.admin.url
    return {
        "SERVER_URL": project.settings.url,
        "ADMIN_URL": panel if panel.startswith(("http://", "https://")) else f"{project.settings.url}{panel}",
        "USER.username": account.username,
        "USER.email": account.email,
    }


def send(ctx: RequestContext, message: Message) -> None:
    """Send a message once everything is written."""
    ctx.after.append(lambda: email_of(ctx.project).send(message))
