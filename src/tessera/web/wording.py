"""How the reference prints paths and values inside its messages."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

Json: TypeAlias = Any  # any value that JSON can hold

_SMALLEST_PLAIN: Final = 1e-6  # JavaScript writes smaller and larger numbers with an exponent
_LARGEST_PLAIN: Final = 1e21


def dotted(path: Sequence[str | int]) -> str:
    """Return a path as it stands in messages: `permissions[0].action`; the body itself is `this`."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return words.removeprefix(".") or "this"


def printed(value: Json) -> str:
    """Return a value as it stands between backticks; objects have their own values printed and quoted again."""
    if isinstance(value, Mapping | list):
        return json.dumps(_inner(value), indent=2, ensure_ascii=False)
    return f'"{value}"' if isinstance(value, str) else word(value)


def word(value: object) -> str:
    """Return a plain value as JavaScript writes it into a sentence."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return number(value) if isinstance(value, float) else str(value)


def number(value: float) -> str:
    """Return a number as JavaScript writes it."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if value.is_integer() and abs(value) < _LARGEST_PLAIN:
        return str(int(value))
    text = repr(value)
    if "e" not in text:
        return text
    if _SMALLEST_PLAIN <= abs(value) < _LARGEST_PLAIN:
        digits = -int(text.partition("e-")[2]) if "e-" in text else 0
        return f"{value:.{len(text.partition('e')[0].replace('.', '').lstrip('-')) - digits - 1}f}"
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent):+d}"


def _inner(value: Json) -> Json:
    if isinstance(value, Mapping):
        return {key: _inner(inner) for key, inner in value.items()}
    return [_inner(inner) for inner in value] if isinstance(value, list) else printed(value)
