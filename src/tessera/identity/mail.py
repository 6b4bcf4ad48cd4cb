"""Messages to administrators and end users, and what carries them."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass
from typing import Final, Protocol

from tessera.identity.context import Project
from tessera.identity.mail_message import Message
from tessera.identity.smtp import SMTPEmail

__all__ = ["Email", "Kept", "Message", "carrier_of", "email_of", "kept_messages"]

_MOST: Final = 50  # messages that are kept for whoever develops

log: Final = logging.getLogger("tessera.mail")


class Email(Protocol):
    """Whatever carries messages."""

    def send(self, message: Message) -> None:
        """Take a message over; whether and when it arrives is not known here."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A message that was sent while a project is worked on, and when."""

    at: int
    message: Message


_kept: Final[deque[Kept]] = deque(maxlen=_MOST)


@dataclass(frozen=True, slots=True)
class DevelopmentEmail:
    """Shows messages in the log and keeps them, beside whatever else carries them."""

    project: Project
    carrier: Email | None = None

    def send(self, message: Message) -> None:
        """Show and keep the message, and hand it on."""
        log.info("To %s: %s\n%s", message.to, message.subject, message.text)
        _kept.append(Kept(at=self.project.clock.now(), message=message))
        if self.carrier is not None:
            self.carrier.send(message)


@dataclass(frozen=True, slots=True)
class NoEmail:
    """Carries nothing, and says so."""

    def send(self, _: Message) -> None:
        """Log that a message went nowhere."""
        log.warning("A message could not be sent: no way of sending e-mail is set up")


def email_of(project: Project) -> Email:
    """Return what carries the messages of a project."""
    carrier = carrier_of(project)
    if project.develop:
        return DevelopmentEmail(project, carrier)
    return carrier or NoEmail()


def carrier_of(project: Project) -> SMTPEmail | None:
    """Return the server that takes messages, or None where there is none."""
    settings = project.settings.plugins.email
    return SMTPEmail(settings) if settings.is_set_up else None


def kept_messages() -> tuple[Kept, ...]:
    """Return the newest messages first; of a project that is not worked on nothing is kept."""
    return tuple(reversed(_kept))
