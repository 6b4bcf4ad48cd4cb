"""The HTTP door of e-mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tessera.errors import ForbiddenError
from tessera.features.email import actions
from tessera.features.email.answers import KeptMessage, SendingShown, Verified
from tessera.features.email.trying import try_connecting, try_sending
from tessera.identity.context import RequestContext
from tessera.identity.mail import Kept, kept_messages
from tessera.runtime import iso
from tessera.schema.model import JSON
from tessera.settings.email import EmailSettings
from tessera.web.envelopes import Data, Empty
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, SIGNED_IN, route

_TO: Final[Mapping[str, JSON]] = {
    "type": "object",
    "required": ["to"],
    "properties": {"to": {"type": "string", "format": "email"}},
}


@route("GET", "/email/settings", audience=ADMIN, action=actions.READ, answer=SendingShown)
async def read_settings(_: Request, ctx: RequestContext) -> Response:
    """Show how e-mail is sent, without the server's password."""
    settings = ctx.project.settings.plugins.email
    shown: dict[str, Any] = {"config": _config(settings), "supportsVerify": settings.is_set_up}
    return ok(shown)


@route("POST", "/email/test", audience=ADMIN, action=actions.READ, body=_TO, prepare=try_sending, answer=Empty)
async def send_test(_: Request, __: RequestContext) -> Response:
    """Send a message to see whether that works."""
    return ok({})


@route("POST", "/email/verify", audience=ADMIN, action=actions.READ, prepare=try_connecting, answer=Verified)
async def verify(_: Request, __: RequestContext) -> Response:
    """Sign in to the server that takes messages, to see whether that works."""
    return ok({"success": True, "message": "SMTP connection verified successfully"})


@route(
    "GET",
    "/email/kept",
    audience=ADMIN,
    action=SIGNED_IN,
    tokens=False,
    develop_only=True,
    answer=Data[list[KeptMessage]],
)
async def list_kept(_: Request, ctx: RequestContext) -> Response:
    """Show the messages that were sent since the start; they hold links that open accounts."""
    if not ctx.admin.user.is_super_admin:
        raise ForbiddenError
    return ok({"data": [_kept(kept) for kept in kept_messages()]})


def _config(settings: EmailSettings) -> dict[str, Any]:
    named = {
        "defaultFrom": settings.default_from,
        "defaultReplyTo": settings.default_reply_to,
        "testAddress": settings.test_address,
    }
    return {"provider": settings.provider, "settings": {name: value for name, value in named.items() if value}}


def _kept(kept: Kept) -> dict[str, Any]:
    message = kept.message
    return {
        "sentAt": iso(kept.at),
        "to": message.to,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
    }
