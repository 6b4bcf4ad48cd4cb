"""
Use cases of those who forgot their password.

A new password ends all sign-in sessions of the administrator. Its admin tokens stay: they are keys of their own, shown
once and revoked one by one, and a machine should not stop because its owner forgot a password.
"""

from __future__ import annotations

import html
import re
from typing import Final

from tessera.errors import ApplicationError
from tessera.features.sessions import repository
from tessera.features.sessions.service import Opened, open_session
from tessera.identity.accounts import change_account, is_once_token, new_once_token
from tessera.identity.administrators import Administrator
from tessera.identity.announcing import USER, record, record_entry
from tessera.identity.context import Project, RequestContext
from tessera.identity.mail import Message, email_of
from tessera.identity.passwords import hash_password
from tessera.identity.sessions import end_sessions
from tessera.sql.statement import Value

_URL: Final = re.compile(r"<%[=-]?\s*url\s*%>")
_TEXT: Final = (
    "Somebody, perhaps you, asked for a new password for the back office.\n\n"
    "This link lets you choose one:\n\n<%= url %>\n\n"
    "If it was not you, nothing has changed and nothing needs to be done."
)


async def ask_for_new_password(ctx: RequestContext, email: str) -> None:
    """
    Send the administrator with that address a link to choose a new password.

    Whether there is one shows neither in the answer nor in the time that it takes (F60).
    """
    token = new_once_token(ctx.project.randomness)
    async with ctx.session.transaction():
        user = await repository.usable_by_email(ctx.session, email)
        if user is None:
            await repository.write_without_change(ctx.session)
            return
        expires = ctx.now + ctx.project.settings.admin.forgot_password.seconds * 1000
        values: dict[str, Value] = {"reset_password_token": token, "reset_password_token_expires_at": expires}
        await change_account(ctx.session, user.id, values)
        await record(ctx, "user.password-request", USER, user.id)
    message = message_with_link(ctx.project, user, token)
    ctx.after.append(lambda: email_of(ctx.project).send(message))


async def reset_password(ctx: RequestContext, token: str, password: str) -> Opened:
    """Set a new password with the token that was sent, once and in time, and sign in with it."""
    if not is_once_token(token) or await repository.resetting(ctx.session, token) is None:
        raise ApplicationError
    hashed = hash_password(password)
    async with ctx.session.transaction():
        found = await repository.resetting(ctx.session, token)
        if found is None:
            raise ApplicationError
        user_id, expires = found
        used: dict[str, Value] = {"reset_password_token": None, "reset_password_token_expires_at": None}
        if expires is not None and expires > ctx.now:
            await change_account(ctx.session, user_id, {**used, "password": hashed, "updated_at": ctx.now})
            await end_sessions(ctx.session, user_id)
            await record_entry(ctx, "user.password-reset", user_id)
            return await open_session(ctx, user_id)
        await change_account(ctx.session, user_id, used)
    raise ApplicationError("This reset password token has expired")


def message_with_link(project: Project, user: Administrator, token: str) -> Message:
    """Return the message that lets an administrator choose a new password."""
    said = project.settings.admin.forgot_password
    link = f"{_panel(project)}/auth/reset-password?code={token}"
    return Message(
        to=user.email,
        subject=said.subject,
        text=_URL.sub(lambda _: link, said.text or _TEXT),
        html=None if said.html is None else _URL.sub(lambda _: html.escape(link), said.html),
        sender=said.sender,
        reply_to=said.reply_to,
    )


def _panel(project: Project) -> str:
    """Return where the panel is to be found from outside."""
    server, path = project.settings.server, project.settings.admin.url
    if path.startswith(("http://", "https://")):
        return path
    return f"{server.url or f'http://{server.host}:{server.port}'}{path}"
