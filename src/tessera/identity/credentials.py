"""What a request sends to prove who asks: one bearer text, or something that is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from tessera.errors import UnauthorizedError

_WORDS: Final = 2


@dataclass(frozen=True, slots=True)
class Credentials:
    """The values of all Authorization headers of a request."""

    authorization: tuple[str, ...] = field(default=(), repr=False)


class Refusal(Enum):
    """Why nobody in particular asks. What a client is told depends on it in few cases."""

    NOTHING_SENT = "nothing was sent"
    UNREADABLE = "what was sent is no bearer text, or there are two of them"
    UNKNOWN = "nobody issued it, it is over, or it opens something else"
    EXPIRED = "the token is over"
    OWNER_DEACTIVATED = "the token's owner may not sign in"
    ACCOUNT_CLOSED = "the end user is gone, blocked or unconfirmed"

    @property
    def error(self) -> UnauthorizedError:
        """Return what the client is told."""
        return UnauthorizedError(_MESSAGES.get(self))


_MESSAGES: Final = {
    Refusal.EXPIRED: "Token expired",
    Refusal.OWNER_DEACTIVATED: "Token owner is deactivated",
    Refusal.ACCOUNT_CLOSED: "Invalid credentials",
}


def bearer_text(credentials: Credentials) -> str | Refusal:
    """Return what follows the word Bearer, which is read as the reference does (admin_tokens.keys_that_do_not_open)."""
    if not credentials.authorization:
        return Refusal.NOTHING_SENT
    if len(credentials.authorization) > 1:
        return Refusal.UNREADABLE
    words = credentials.authorization[0].split()
    if len(words) != _WORDS or words[0].lower() != "bearer":
        return Refusal.UNREADABLE
    return words[1]
