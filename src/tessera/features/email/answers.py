"""What is answered about e-mail."""

from __future__ import annotations

from typing_extensions import TypedDict

from tessera.web.envelopes import Moment


class Addresses(TypedDict, total=False):
    """From whom messages come, and where trials go."""

    defaultFrom: str
    defaultReplyTo: str
    testAddress: str


class Sending(TypedDict):
    """How messages are sent."""

    provider: str
    settings: Addresses


class SendingShown(TypedDict):
    """How messages are sent, and whether that can be tried."""

    config: Sending
    supportsVerify: bool


class Verified(TypedDict):
    """Whether the server that takes messages lets us in."""

    success: bool
    message: str


class KeptMessage(TypedDict):
    """A message that was sent since the start."""

    sentAt: Moment
    to: str
    subject: str
    text: str | None
    html: str | None
