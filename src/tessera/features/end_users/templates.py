"""Messages to end users, made from templates that administrators write; pure."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.identity.mail import Message

RESET: Final = "reset_password"
CONFIRMATION: Final = "email_confirmation"
KINDS: Final = (RESET, CONFIRMATION)

_PLACE: Final = re.compile(r"<%=([\s\S]+?)%>")
_CODE: Final = re.compile(r"<%[^=]")  # would be run, as the reference's engine of templates can
_OTHER_PLACE: Final = re.compile(r"\$\{[^{}]*\}")
_NAMES: Final = frozenset({"URL", "ADMIN_URL", "SERVER_URL", "CODE", "USER", "USER.email", "USER.username", "TOKEN"})
_GREETING: Final = "<p>Hello <%= USER.username %>,</p>\n\n"
DEFAULTS: Final[Mapping[str, Any]] = {
    RESET: {
        "display": "Email.template.reset_password",
        "icon": "sync",
        "options": {
            "from": {"name": "", "email": ""},
            "response_email": "",
            "object": "Choose a new password",
            "message": f"{_GREETING}<p>somebody, perhaps you, asked for a new password. Choose one here:</p>\n\n"
            "<p><%= URL %>?code=<%= TOKEN %></p>\n\n<p>If it was not you, nothing needs to be done.</p>",
        },
    },
    CONFIRMATION: {
        "display": "Email.template.email_confirmation",
        "icon": "check-square",
        "options": {
            "from": {"name": "", "email": ""},
            "response_email": "",
            "object": "Confirm your address",
            "message": f"{_GREETING}<p>please confirm that this is your e-mail address:</p>\n\n"
            "<p><%= URL %>?confirmation=<%= CODE %></p>",
        },
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What one kind of message says, with places for values: `<%= USER.email %>`."""

    subject: str
    text: str
    sender: str | None
    reply_to: str | None

    @classmethod
    def of(cls, kind: str, stored: Mapping[str, Any]) -> Template:
        """Return a stored template, in what it lacks as in a new project."""
        usual: Mapping[str, Any] = DEFAULTS[kind]["options"]
        options = _part(_part(stored, kind), "options")
        sender = _part(options, "from")
        return cls(
            subject=_text(options, "object") or usual["object"],
            text=_text(options, "message") or usual["message"],
            sender=_address(_text(sender, "name"), _text(sender, "email")),
            reply_to=_text(options, "response_email") or None,
        )

    def message(self, to: str, values: Mapping[str, str]) -> Message:
        """
        Return the message to somebody; a name that holds markup shows as it is written.

        Templates are markup, so that their plain form is markup too, as in the reference.
        """
        escaped = {name: html.escape(value) for name, value in values.items()}
        return Message(
            to=to,
            subject=" ".join(_filled(self.subject, values).split()),
            text=_filled(self.text, values),
            html=_filled(self.text, escaped),
            sender=self.sender,
            reply_to=self.reply_to,
        )


def is_template(text: str) -> bool:
    """Tell whether a text has places for nothing but what messages are given."""
    if _CODE.search(text) or _OTHER_PLACE.search(text):
        return False
    return all(found[1].strip() in _NAMES for found in _PLACE.finditer(text))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda found: values.get(found[1].strip(), found[0]), text)


def _address(name: str, email: str) -> str | None:
    return f"{name} <{email}>" if name and email else email or None


def _part(holder: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = holder.get(key)
    return part if isinstance(part, dict) else {}


def _text(holder: Mapping[str, Any], key: str) -> str:
    value = holder.get(key)
    return value if isinstance(value, str) else ""
