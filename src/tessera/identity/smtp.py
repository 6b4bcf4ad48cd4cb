"""Messages by SMTP: in threads of their own, so that no request waits for another server."""

from __future__ import annotations

import logging
import smtplib
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final

from tessera.identity.mail_message import Message, UnfitMessageError, travelling
from tessera.settings.email import EmailSettings

_MOST: Final = 200  # messages that wait or are under way; more are not taken
_CARRIERS: Final = ThreadPoolExecutor(2, "mail")
_PLACES: Final = threading.BoundedSemaphore(_MOST)

log: Final = logging.getLogger("tessera.mail")


class UndeliveredError(Exception):
    """A message was not taken; the text says why, without any secret."""


@dataclass(frozen=True, slots=True)
class SMTPEmail:
    """Hands messages to the server of the settings."""

    settings: EmailSettings

    def send(self, message: Message) -> None:
        """Take a message over; what becomes of it is in the log when it fails."""
        if not _PLACES.acquire(blocking=False):
            log.error("A message was dropped: %d others are waiting to be sent", _MOST)
            return
        _CARRIERS.submit(self._carry, message)

    def deliver(self, message: Message) -> None:
        """Send a message and wait until the server has taken it."""
        try:
            made = travelling(message, self.settings.default_from, self.settings.default_reply_to)
        except UnfitMessageError:
            raise UndeliveredError("an address or the subject cannot be used") from None
        self._transmit(made)

    def verify(self) -> None:
        """Sign in to the server and leave again."""
        self._transmit(None)

    def _carry(self, message: Message) -> None:
        try:
            self.deliver(message)
        except UndeliveredError as error:
            log.error("A message could not be sent: %s", error)  # noqa: TRY400 - the trace may quote what was sent
        finally:
            _PLACES.release()

    def _transmit(self, message: EmailMessage | None) -> None:
        try:
            with self._connected() as server:
                if message is not None:
                    server.send_message(message)
        except smtplib.SMTPAuthenticationError:
            raise UndeliveredError("the server did not accept the user and password") from None
        except smtplib.SMTPRecipientsRefused:
            raise UndeliveredError("the server did not accept the address") from None
        except smtplib.SMTPResponseException as error:
            raise UndeliveredError(f"the server answered {error.smtp_code}") from None
        except (smtplib.SMTPException, ssl.SSLError, OSError, ValueError) as error:
            raise UndeliveredError(f"the server could not be used ({type(error).__name__})") from None

    def _connected(self) -> smtplib.SMTP:
        known, context = self.settings, ssl.create_default_context()
        if known.secure:
            server: smtplib.SMTP = smtplib.SMTP_SSL(known.host, known.port, timeout=known.seconds, context=context)
        else:
            server = smtplib.SMTP(known.host, known.port, timeout=known.seconds)
        try:
            self._begin(server, context)
        except BaseException:
            server.close()
            raise
        return server

    def _begin(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        known = self.settings
        server.ehlo()
        if not known.secure and not known.ignore_tls and (known.require_tls or server.has_extn("starttls")):
            server.starttls(context=context)
            server.ehlo()
        if known.user:
            server.login(known.user, known.password.reveal())
