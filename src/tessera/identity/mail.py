"""Messages to administrators and end users, and what carries them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final, Protocol

from tessera.identity.context import Project

log: Final = logging.getLogger("tessera.mail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message to one address."""

    to: str
    subject: str
    text: str
    html: str | None = None
    sender: str | None = None
    reply_to: str | None = None


class Email(Protocol):
    """Whatever carries messages."""

    def send(self, message: Message) -> None:
        """Take a message over; whether and when it arrives is not known here."""
        ...


@dataclass(frozen=True, slots=True)
class LoggedEmail:
    """Writes messages into the log of whoever develops, and elsewhere only that nothing carries them."""

    develop: bool

    def send(self, message: Message) -> None:
        """Log the message."""
        if self.develop:
            log.info("To %s: %s\n%s", message.to, message.subject, message.text)
        else:
            log.warning("A message could not be sent: no way of sending e-mail is set up")


def email_of(project: Project) -> Email:
    """Return what carries the messages of a project."""
    return LoggedEmail(project.develop)
