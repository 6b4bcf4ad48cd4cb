"""How values are written within messages, which is how the reference's runtime prints them."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Final

from tessera.schema.model import JSON

_DIGITS_BEFORE_EXPONENT: Final = 21
_ZEROS_BEFORE_EXPONENT: Final = -6
_LARGEST_EXACT: Final = 2**64


def number_text(number: float) -> str:
    """Return a number as JavaScript prints it; integers of up to 64 bits keep all their digits."""
    if isinstance(number, int) and abs(number) < _LARGEST_EXACT:
        return str(number)
    approximate = to_float(number)
    if math.isnan(approximate):
        return "NaN"
    sign = "-" if math.copysign(1, approximate) < 0 else ""
    if math.isinf(approximate):
        return f"{sign}Infinity"
    return sign + _positive_text(abs(approximate))


def to_float(number: float) -> float:
    """Return the double next to a number, infinity where there is none."""
    try:
        return float(number)
    except OverflowError:
        return math.copysign(math.inf, number)


def _positive_text(number: float) -> str:
    if number == 0:
        return "0"
    _, digits, exponent = Decimal(repr(number)).normalize().as_tuple()
    text = "".join(map(str, digits))
    point = len(text) + int(exponent)
    if 0 < point <= _DIGITS_BEFORE_EXPONENT:
        whole = text[:point].ljust(point, "0")
        return f"{whole}.{text[point:]}" if text[point:] else whole
    if _ZEROS_BEFORE_EXPONENT < point <= 0:
        return f"0.{'0' * -point}{text}"
    mantissa = f"{text[0]}.{text[1:]}" if text[1:] else text
    return f"{mantissa}e{point - 1:+d}"


def value_text(value: JSON) -> str:
    """Return any JSON value as it is quoted within a message."""
    if not isinstance(value, dict | list):
        return _simple_text(value)
    return json.dumps(_printable(value), indent=2, ensure_ascii=False)


def _simple_text(value: JSON) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    return f'"{value}"'


def _printable(value: JSON) -> JSON:
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_printable(item) for item in value]
    return _simple_text(value)
