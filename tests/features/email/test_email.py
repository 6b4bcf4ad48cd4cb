"""E-mail over SMTP, to a real server on this machine."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message as Parsed
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from tessera.app import compose
from tessera.identity.mail import Message, carrier_of, email_of
from tessera.identity.mail_message import UnfitMessageError, travelling
from tessera.identity.smtp import SMTPEmail, UndeliveredError
from tessera.settings.email import EmailSettings
from tessera.settings.secret import Secret
from tests.features.backend import Backend

SENDER = "Newsroom <desk@example.com>"
SECRET = "canary-password"
LETTER = Message(to="ada@example.com", subject="Grüße", text="Hello", html="<b>Hello</b>")


class Post:
    """A server that takes messages."""

    def __init__(self) -> None:
        self.taken: list[Parsed] = []
        self.came = threading.Event()
        self.answer = "250 OK"

    async def handle_DATA(self, _: object, __: object, envelope: Envelope) -> str:  # noqa: N802 - of the library
        content = envelope.original_content or b""
        self.taken.append(message_from_bytes(content, policy=default))
        self.came.set()
        return self.answer


def _known(_: object, __: object, ___: object, ____: str, data: object) -> AuthResult:
    return AuthResult(handled=False, success=isinstance(data, LoginPassword) and data.password == SECRET.encode())


@pytest.fixture
def post() -> Post:
    """Return the server's memory."""
    return Post()


@pytest.fixture
def settings(post: Post) -> Iterator[EmailSettings]:
    """Return the settings that lead to a running server."""
    port = free_port()
    controller = Controller(post, hostname="127.0.0.1", port=port, authenticator=_known, auth_require_tls=False)
    controller.start()
    yield EmailSettings(provider="nodemailer", host="127.0.0.1", port=port, default_from=SENDER, seconds=3.0)
    controller.stop()


@pytest.fixture
def backend(tmp_path: Path, settings: EmailSettings) -> Iterator[Backend]:
    """Return a server that sends e-mail."""
    opened = _using(Backend(tmp_path), settings)
    yield opened
    opened.close()


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _using(backend: Backend, settings: EmailSettings) -> Backend:
    own = backend.project.settings
    changed = replace(own, plugins=replace(own.plugins, email=settings))
    backend.project = replace(backend.project, settings=changed)
    backend.application = compose(backend.project, backend.driver)
    return backend


def test_a_message_arrives_with_its_headers(settings: EmailSettings, post: Post) -> None:
    """
    Sender and subject are as they were set, and both forms of the text arrive.
    """
    SMTPEmail(replace(settings, default_reply_to="help@example.com")).deliver(LETTER)
    (taken,) = post.taken

    assert ("ada@example.com", SENDER, "help@example.com") == (taken["to"], taken["from"], taken["reply-to"])
    assert "Grüße" == taken["subject"]
    assert ["text/plain", "text/html"] == [part.get_content_type() for part in taken.walk() if not part.is_multipart()]


def test_a_server_that_asks_for_a_password_gets_it(settings: EmailSettings, post: Post) -> None:
    """
    A password that is not accepted is told without being shown.
    """
    SMTPEmail(replace(settings, user="desk", password=Secret(SECRET))).deliver(LETTER)
    with pytest.raises(UndeliveredError) as refused:
        SMTPEmail(replace(settings, user="desk", password=Secret("canary-wrong"))).deliver(LETTER)

    assert 1 == len(post.taken)
    assert "the server did not accept the user and password" == str(refused.value)


@pytest.mark.parametrize(
    "message",
    [
        replace(LETTER, to="ada@example.com\r\nBcc: eve@example.com"),
        replace(LETTER, to="ada@example.com, eve@example.com"),
        replace(LETTER, to="ada@example.com\nSubject: x"),
        replace(LETTER, to="nobody"),
        replace(LETTER, to="@example.com"),
        replace(LETTER, subject="Hello\r\nBcc: eve@example.com"),
        replace(LETTER, subject="Hello\u2028Bcc: eve@example.com"),
        replace(LETTER, sender="Eve <eve@example.com>\r\nX: y"),
        replace(LETTER, reply_to="eve@example.com\rX: y"),
        replace(LETTER, subject="x" * 1000),
    ],
)
def test_nobody_smuggles_a_header_into_a_message(message: Message) -> None:
    """
    A line break in an address or subject, and more than one address, are refused.
    """
    with pytest.raises(UnfitMessageError):
        travelling(message, SENDER, "")


def test_sending_waits_for_nobody_and_failures_are_logged_without_secrets(
    settings: EmailSettings, caplog: pytest.LogCaptureFixture
) -> None:
    """
    F9: whoever sends goes on at once; the log says why nothing arrived, and neither to whom nor what.
    """
    caplog.set_level(logging.INFO, "tessera")
    caplog.set_level(logging.ERROR, "mail.log")
    carried = threading.Event()

    class Watched(SMTPEmail):
        __slots__ = ()

        def _carry(self, message: Message) -> None:
            super()._carry(message)
            carried.set()

    Watched(replace(settings, user="desk", password=Secret("canary-wrong"))).send(replace(LETTER, text="canary-link"))

    assert carried.wait(10)
    assert ["A message could not be sent: the server did not accept the user and password"] == caplog.messages
    assert "canary" not in caplog.text + repr(settings)


def test_a_forgotten_password_is_sent(backend: Backend, post: Post) -> None:
    """
    The message leads to the page on which a new password is chosen.
    """
    backend.first_admin("root@example.com")
    answer = backend.call("POST", "/admin/forgot-password", {"email": "root@example.com"})

    assert 204 == answer.status_code
    assert post.came.wait(10)
    assert "root@example.com" == post.taken[0]["to"]
    assert "/auth/reset-password?code=" in post.taken[0].as_string().replace("=3D", "=").replace("=\n", "")


def test_settings_are_shown_without_the_password(backend: Backend, settings: EmailSettings) -> None:
    """
    As the reference shows them; the address of the server is not among them.
    """
    _using(backend, replace(settings, password=Secret(SECRET), user="desk", test_address="t@example.com"))
    root = backend.first_admin()
    shown = backend.call("GET", "/email/settings", key=root)

    assert {
        "config": {"provider": "nodemailer", "settings": {"defaultFrom": SENDER, "testAddress": "t@example.com"}},
        "supportsVerify": True,
    } == shown.json()


def test_a_test_message_is_sent_and_its_failure_told(backend: Backend, settings: EmailSettings, post: Post) -> None:
    """
    Who may see the settings may try them; what goes wrong is said.
    """
    root = backend.first_admin()
    good = backend.call("POST", "/email/test", {"to": "ada@example.com"}, key=root)
    verified = backend.call("POST", "/email/verify", {}, key=root)
    nobody = backend.call("POST", "/email/test", {}, key=root)
    bad = backend.call("POST", "/email/test", {"to": "ada@example.com\nBcc: eve@example.com"}, key=root)
    post.answer = "550 no"
    refused = backend.call("POST", "/email/test", {"to": "ada@example.com"}, key=root)
    _using(backend, replace(settings, user="desk", password=Secret("canary-wrong")))
    failed = backend.call("POST", "/email/verify", {}, key=root)

    assert (200, {}) == (good.status_code, good.json())
    assert {"success": True, "message": "SMTP connection verified successfully"} == verified.json()
    assert (400, "No recipient(s) are given") == (nobody.status_code, nobody.json()["error"]["message"])
    assert (400, "The recipient is no address") == (bad.status_code, bad.json()["error"]["message"])
    assert "Couldn't send test email: the server answered 550." == refused.json()["error"]["message"]
    assert (400, False) == (failed.status_code, "canary" in failed.text)


def test_who_may_not_see_the_settings_sends_nothing(backend: Backend, post: Post) -> None:
    """
    Nobody but those who hold the action sends a message through the server.
    """
    root = backend.first_admin()
    _, other = backend.admin(root, "ana", backend.role("Guest", "admin::webhooks.read"))
    answers = [
        backend.call("POST", "/email/test", {"to": "ada@example.com"}, key=other),
        backend.call("POST", "/email/verify", {}, key=other),
        backend.call("GET", "/email/settings", key=other),
        backend.call("POST", "/email/test", {"to": "ada@example.com"}),
    ]

    assert [403, 403, 403, 401] == [answer.status_code for answer in answers]
    assert [] == post.taken


def test_without_a_server_nothing_is_sent_and_that_is_said(
    backend: Backend, settings: EmailSettings, caplog: pytest.LogCaptureFixture
) -> None:
    """
    The reference's default provider is none; a message is noted as lost, without its content.
    """
    _using(backend, EmailSettings())
    email_of(backend.project).send(LETTER)
    root = backend.first_admin()

    assert carrier_of(backend.project) is None
    assert ["A message could not be sent: no way of sending e-mail is set up"] == caplog.messages
    assert 400 == backend.call("POST", "/email/test", {"to": "ada@example.com"}, key=root).status_code
    assert 404 == backend.call("GET", "/email/kept", key=root).status_code


def test_messages_are_kept_for_whoever_develops(tmp_path: Path) -> None:
    """
    They hold links that open accounts, so that only a super admin sees them, signed in.
    """
    backend = Backend(tmp_path, develop=True)
    root = backend.first_admin()
    _, other = backend.admin(root, "ana", backend.role("Guest", "plugin::email.settings.read"))
    sent = backend.call("POST", "/email/test", {"to": "ada@example.com"}, key=root)
    kept = backend.call("GET", "/email/kept", key=root).json()["data"]
    refused = backend.call("GET", "/email/kept", key=other)
    backend.close()

    assert 200 == sent.status_code
    assert "ada@example.com" == kept[0]["to"]
    assert 403 == refused.status_code
