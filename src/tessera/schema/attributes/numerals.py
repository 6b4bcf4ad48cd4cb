"""Numbers: how values are turned into them, and how far they may go."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final

from tessera.errors import Violation
from tessera.schema.attributes.base import JSONSchema, Mode, Rejected, not_castable
from tessera.schema.attributes.place import Place
from tessera.schema.attributes.printing import number_text
from tessera.schema.model import JSON, Scalar

LARGEST: Final = 2**63 - 1
SMALLEST: Final = -(2**63)
_LONGEST: Final = 1_000  # digits; Python refuses to read very long integers
_BLANKS: Final = re.compile(r"\s+")
_WHOLE: Final = re.compile(r"[+-]?[0-9]+")
_DECIMAL: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
_BASES: Final = {"0x": 16, "0o": 8, "0b": 2}
_BASED: Final = re.compile(r"0x[0-9a-f]+|0o[0-7]+|0b[01]+", re.IGNORECASE)
_INFINITE: Final = {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}


def number_of(value: JSON, place: Place) -> float | Rejected:
    """Return the number that a value or a numeral stands for; it may be infinite."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    number = _numeral(_BLANKS.sub("", value)) if isinstance(value, str) else None
    return number if number is not None else Rejected((not_castable(place, "number", value),))


def _numeral(text: str) -> float | None:
    if _WHOLE.fullmatch(text) and len(text) <= _LONGEST:
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _BASED.fullmatch(text) and len(text) <= _LONGEST:
        return int(text[2:], _BASES[text[:2].lower()])
    return _INFINITE.get(text)


def limit_complaints(
    number: float, attribute: Scalar, place: Place, mode: Mode, *, whole: bool = False
) -> Iterator[Violation]:
    """Yield the complaints about the size; a draft may be too small (…drafts_are_validated_less_than_publications)."""
    least, most = (_limit(limit, whole=whole) for limit in (attribute.minimum, attribute.maximum))
    if mode is Mode.PUBLISH and least is not None and number < least:
        yield size_complaint(number, place, f"greater than or equal to {number_text(least)}")
    if most is not None and number > most:
        yield size_complaint(number, place, f"less than or equal to {number_text(most)}")


def range_complaints(number: float, place: Place) -> Iterator[Violation]:
    """Yield the complaint about a number that does not fit into 64 bits."""
    if number > LARGEST:
        yield size_complaint(number, place, f"less than or equal to {LARGEST}")
    if number < SMALLEST:
        yield size_complaint(number, place, f"greater than or equal to {SMALLEST}")


def size_complaint(number: JSON, place: Place, bound: str) -> Violation:
    """Return what is said of a number beyond a bound."""
    return Violation(place.path, f"{place.label} must be {bound}", shown(number))


def shown(number: JSON) -> JSON:
    """Return a number as JSON can hold it: nothing that is infinite."""
    return None if isinstance(number, float) and not math.isfinite(number) else number


def number_schema(kind: str, attribute: Scalar) -> JSONSchema:
    """Return the JSON Schema of a number with its limits."""
    schema: JSONSchema = {"type": kind}
    for keyword, limit in (("minimum", attribute.minimum), ("maximum", attribute.maximum)):
        if (number := _limit(limit, whole=kind == "integer")) is not None:
            schema[keyword] = number
    return schema


def _limit(limit: JSON, *, whole: bool) -> float | None:
    """Return a limit as the reference reads it: a number or a numeral, whole for integers."""
    number = _numeral(limit.strip()) if isinstance(limit, str) else limit
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    return math.trunc(number) if whole and math.isfinite(number) else number
