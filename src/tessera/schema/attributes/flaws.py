"""What no attribute may hold: characters, numbers and depths that some database could not give back."""

from __future__ import annotations

import math
import re
from typing import Final

from tessera.schema.model import JSON

DEEPEST: Final = 100  # lists and objects within each other
_LARGEST: Final = 2**64
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def flaw_of(value: JSON) -> str | None:
    """Return what is wrong with a value wherever it stands, or None."""
    waiting: list[tuple[JSON, int]] = [(value, 0)]
    while waiting:
        current, depth = waiting.pop()
        if depth > DEEPEST:
            return f"must not be nested more than {DEEPEST} levels deep"
        if (flaw := _flaw_of_one(current)) is not None:
            return flaw
        waiting.extend((inner, depth + 1) for inner in _inner(current))
    return None


def _inner(value: JSON) -> list[JSON]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else []


def _flaw_of_one(value: JSON) -> str | None:
    if isinstance(value, str):
        return _flaw_of_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "must be a finite number"
    if isinstance(value, int) and abs(value) >= _LARGEST:
        return "must be a number of at most 64 bits"
    return None


def _flaw_of_text(text: str) -> str | None:
    if "\0" in text:
        return "must not contain null characters"
    if not text.isascii() and _SURROGATE.search(text):
        return "must be well-formed Unicode"
    return None
