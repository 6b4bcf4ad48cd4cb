"""A secret: a text that prints as dots and is compared in constant time."""

from __future__ import annotations

import hmac
from typing import Final

_DOTS: Final = "••••••"


class Secret:
    """A text that only `reveal` gives out, so that it stands in no log, error or answer by accident."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text itself."""
        return self._text

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return f"Secret({_DOTS})"

    def __str__(self) -> str:
        return _DOTS

    def __format__(self, specification: str) -> str:
        return _DOTS

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written anywhere")
