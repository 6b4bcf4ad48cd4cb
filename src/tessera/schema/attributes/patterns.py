"""Regular expressions as schema files write them, in JavaScript's notation."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# Outside of Python's notation: named groups, the end that is no line break, and the class of everything.
_TOKENS: Final = re.compile(r"\\.|\[\^\]|\[(?:\\.|[^\]\\])*\]|\(\?<(?![=!])|[$/]", re.DOTALL)
_SPELLINGS: Final = {"$": r"\Z", "(?<": "(?P<", "[^]": r"[\s\S]"}


@lru_cache(maxsize=512)
def compile_pattern(source: str) -> re.Pattern[str] | None:
    """Return the pattern, or None when it cannot be expressed here."""
    spelled = _TOKENS.sub(lambda token: _SPELLINGS.get(token[0], token[0]), source)
    try:
        return re.compile(spelled, re.ASCII)
    except (re.error, OverflowError, RecursionError):
        return None


def matches(source: str, text: str) -> bool:
    """Whether the pattern is found in the text; nothing matches a pattern that cannot be expressed."""
    pattern = compile_pattern(source)
    return pattern is not None and pattern.search(text) is not None


def pattern_text(source: str) -> str:
    """Return the pattern as messages quote it, between slashes."""
    return (
        f"/{_TOKENS.sub(lambda token: token[0].replace('/', chr(92) + '/') if token[0] == '/' else token[0], source)}/"
    )
