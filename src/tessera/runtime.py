"""The only sources of time and chance; tests put their own in their place."""

from __future__ import annotations

import secrets
import time
import uuid
from datetime import UTC, datetime
from typing import Protocol

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DOCUMENT_ID_LENGTH = 24


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> int:
        """Return the milliseconds since 1970, UTC."""
        ...


class Randomness(Protocol):
    """Where chance comes from; every method is fit for secrets."""

    def digits(self, alphabet: str, length: int) -> str:
        """Return that many characters of the alphabet."""
        ...

    def uuid(self) -> str:
        """Return a random UUID."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """Return the milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000


class SystemRandomness:
    """The operating system's random numbers."""

    def digits(self, alphabet: str, length: int) -> str:
        """Return that many characters of the alphabet, each as likely as any other."""
        return "".join(secrets.choice(alphabet) for _ in range(length))

    def uuid(self) -> str:
        """Return a random UUID."""
        return str(uuid.uuid4())


def document_id(randomness: Randomness) -> str:
    """Return a new document id: 24 characters, a letter first, as the reference's cuid2 (database.md §3)."""
    return randomness.digits(_LETTERS, 1) + randomness.digits(_LETTERS + "0123456789", _DOCUMENT_ID_LENGTH - 1)


def iso(milliseconds: int) -> str:
    """Return a moment as clients see it: ISO 8601 in UTC with milliseconds and a Z."""
    moment = datetime.fromtimestamp(milliseconds // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03d}Z"
