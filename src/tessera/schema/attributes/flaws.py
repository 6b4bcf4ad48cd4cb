"""What no attribute may hold: characters, numbers and depths that some database could not give back."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from itertools import chain
from typing import Final

from tessera.schema.model import JSON

DEEPEST: Final = 100  # lists and objects within each other
_LARGEST: Final = 2**64
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def flaw_of(value: JSON) -> str | None:
    """Return what is wrong with a value wherever it stands, or None."""
    level = [value]
    for _ in range(DEEPEST + 1):
        for each in level:
            if (flaw := _flaw_of_one(each)) is not None:
                return flaw
        level = [inner for each in level if isinstance(each, dict | list) for inner in _inner(each)]
        if not level:
            return None
    return f"must not be nested more than {DEEPEST} levels deep"


def _inner(value: dict[str, JSON] | list[JSON]) -> Iterable[JSON]:
    return chain(value, value.values()) if isinstance(value, dict) else value


def _flaw_of_one(value: JSON) -> str | None:
    if isinstance(value, str):
        return _flaw_of_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "must be a finite number"
    if isinstance(value, int) and not -_LARGEST < value < _LARGEST:
        return "must be a number of at most 64 bits"
    return None


def _flaw_of_text(text: str) -> str | None:
    if "\0" in text:
        return "must not contain null characters"
    if not text.isascii() and _SURROGATE.search(text):
        return "must be well-formed Unicode"
    return None
