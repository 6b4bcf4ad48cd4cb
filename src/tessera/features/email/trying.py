"""Talking to the server that takes messages, while no session of the database waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tessera.errors import ApplicationError
from tessera.identity.context import Project
from tessera.identity.mail import carrier_of, email_of
from tessera.identity.mail_message import Message, UnfitMessageError, address
from tessera.identity.smtp import SMTPEmail, UndeliveredError
from tessera.web.request import Request
from tessera.web.routing import Surroundings


@asynccontextmanager
async def try_sending(request: Request, around: Surroundings) -> AsyncIterator[None]:
    """Send a message to the address that is named, and wait for the server's word."""
    message = _message(around.project, request)
    carrier = carrier_of(around.project)
    if around.project.develop:
        email_of(around.project).send(message)
    elif carrier is None:
        raise ApplicationError("Couldn't send test email: no way of sending e-mail is set up.")
    else:
        await _sent(carrier, message)
    yield


@asynccontextmanager
async def try_connecting(_: Request, around: Surroundings) -> AsyncIterator[None]:
    """Sign in to the server and leave again."""
    carrier = carrier_of(around.project)
    if carrier is None:
        raise ApplicationError("This email provider does not support connection verification")
    try:
        await asyncio.to_thread(carrier.verify)
    except UndeliveredError as error:
        raise ApplicationError(f"Connection verification failed: {error}") from None
    yield


async def _sent(carrier: SMTPEmail, message: Message) -> None:
    try:
        await asyncio.to_thread(carrier.deliver, message)
    except UndeliveredError as error:
        raise ApplicationError(f"Couldn't send test email: {error}.") from None


def _message(project: Project, request: Request) -> Message:
    body = request.json()
    to = body.get("to") if isinstance(body, dict) else None
    if not to:
        raise ApplicationError("No recipient(s) are given")
    try:
        address(to if isinstance(to, str) else "")
    except UnfitMessageError:
        raise ApplicationError("The recipient is no address") from None
    provider = project.settings.plugins.email.provider
    text = f"Sending e-mail through {provider} works.\n\nThis was asked for in the settings of {project.settings.url}."
    return Message(to=to, subject=f"Test of e-mail to {to}", text=text)
