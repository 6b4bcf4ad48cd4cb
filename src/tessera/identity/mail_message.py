"""A message in the form in which it travels; what a header cannot hold is refused."""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Final

_LONGEST: Final = 998  # characters of a header


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message to one address."""

    to: str
    subject: str
    text: str
    html: str | None = None
    sender: str | None = None
    reply_to: str | None = None


class UnfitMessageError(ValueError):
    """A message that cannot be sent: an address is none, or a line break stands where it may not."""


def travelling(message: Message, sender: str, reply_to: str) -> EmailMessage:
    """Return a message with all its headers; `sender` and `reply_to` stand in where it names none."""
    made = EmailMessage()
    try:
        made["To"] = address(message.to)
        made["From"] = address(message.sender or sender)
        if answers := message.reply_to or reply_to:
            made["Reply-To"] = address(answers)
        made["Subject"] = line(message.subject)
    except ValueError as error:
        raise UnfitMessageError from error
    made.set_content(message.text)
    if message.html:
        made.add_alternative(message.html, subtype="html")
    return made


def address(text: str) -> Address:
    """Return an address, perhaps with a name before it; exactly one."""
    found = getaddresses([line(text)])
    if len(found) != 1:
        raise UnfitMessageError
    name, plain = found[0]
    local, at, domain = plain.rpartition("@")
    if not local or not at or not domain or not plain.isprintable() or any(sign in plain for sign in " ,;<>"):
        raise UnfitMessageError
    return Address(display_name=name, username=local, domain=domain)


def line(text: str) -> str:
    """Return a text that is one line, as a header wants it."""
    if not text.isprintable() or len(text) > _LONGEST:
        raise UnfitMessageError
    return text
