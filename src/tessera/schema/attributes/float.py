"""The attribute type `float`."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from tessera.errors import Violation
from tessera.schema.attributes.base import AttributeType, JSONSchema, Mode, Parsed, Rejected, Stored, outcome
from tessera.schema.attributes.numerals import limit_complaints, number_of, number_schema
from tessera.schema.attributes.place import Place
from tessera.schema.attributes.printing import to_float
from tessera.schema.model import JSON, ColumnKind, Scalar


class Float(AttributeType):
    """A number as a double."""

    name = "float"
    kind = ColumnKind.FLOAT
    cast: ClassVar[Literal["string", "number", "array"] | None] = "number"

    def parse(self, value: JSON, attribute: Scalar, place: Place, mode: Mode) -> Parsed:
        number = number_of(value, place)
        if isinstance(number, Rejected):
            return number
        is_finite = math.isfinite(to_float(number))
        complaints = [] if is_finite else [Violation(place.path, f"{place.label} must be a finite number", None)]
        complaints += limit_complaints(number, attribute, place, mode)
        return outcome(to_float(number), complaints)

    def render(self, stored: Stored) -> JSON:
        """Return a number without a fraction as an integer, as JavaScript writes it."""
        return int(stored) if float(stored).is_integer() else stored

    def shape(self, attribute: Scalar) -> JSONSchema:
        return number_schema("number", attribute)
