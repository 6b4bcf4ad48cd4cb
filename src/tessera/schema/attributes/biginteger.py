"""The attribute type `biginteger`."""

from __future__ import annotations

import re
from typing import Final

from tessera.errors import Violation
from tessera.schema.attributes.base import AttributeType, JSONSchema, Mode, Parsed, Rejected, Stored, outcome
from tessera.schema.attributes.numerals import LARGEST, SMALLEST, shown, size_complaint
from tessera.schema.attributes.place import Place
from tessera.schema.attributes.printing import number_text
from tessera.schema.model import JSON, ColumnKind, Scalar

_DIGITS: Final = re.compile(r"\s*([+-]?)0*([0-9]+)\s*")
_LONGEST: Final = 19  # digits of a 64-bit integer


class BigInteger(AttributeType):
    """A whole number of 64 bits, shown as text because JavaScript would round it; limits are not checked."""

    name = "biginteger"
    kind = ColumnKind.BIGINT

    def parse(self, value: JSON, attribute: Scalar, place: Place, mode: Mode) -> Parsed:
        sent = _as_text(value)
        digits = _DIGITS.fullmatch(sent) if isinstance(sent, str) else None
        if digits is None:
            return Rejected((Violation(place.path, f"{place.label} must be a valid integer", shown(sent)),))
        sign, size = digits.groups()
        # What has more digits than fit is too large, whatever they are.
        number = int(f"{sign}{size[: _LONGEST + 1]}")
        return outcome(number, [_beyond(number, sent, place)] if not SMALLEST <= number <= LARGEST else [])

    def render(self, stored: Stored) -> JSON:
        return str(stored)

    def shape(self, attribute: Scalar) -> JSONSchema:
        return {"type": "string", "pattern": "^[+-]?[0-9]+$"}


def _as_text(value: JSON) -> JSON:
    """Return a whole number as text, anything else as it is."""
    is_whole = isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1
    return number_text(value) if is_whole else value


def _beyond(number: int, sent: JSON, place: Place) -> Violation:
    """Return what is said of a number that would lose digits (…numbers_at_their_limits)."""
    bound = f"less than or equal to {LARGEST}" if number > 0 else f"greater than or equal to {SMALLEST}"
    return size_complaint(sent, place, bound)
