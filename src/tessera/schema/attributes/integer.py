"""The attribute type `integer`."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from tessera.errors import Violation
from tessera.schema.attributes.base import AttributeType, JSONSchema, Mode, Parsed, Rejected, Stored, outcome
from tessera.schema.attributes.numerals import limit_complaints, number_of, number_schema, range_complaints, shown
from tessera.schema.attributes.place import Place
from tessera.schema.model import JSON, ColumnKind, Scalar


class Integer(AttributeType):
    """A whole number of up to 64 bits."""

    name = "integer"
    kind = ColumnKind.INTEGER
    cast: ClassVar[Literal["string", "number", "array"] | None] = "number"

    def parse(self, value: JSON, attribute: Scalar, place: Place, mode: Mode) -> Parsed:
        number = number_of(value, place)
        if isinstance(number, Rejected):
            return number
        is_whole = math.isfinite(number) and number == math.trunc(number)
        complaints = [] if is_whole else [Violation(place.path, f"{place.label} must be an integer", shown(number))]
        complaints += limit_complaints(number, attribute, place, mode, whole=True)
        if is_whole and not complaints:
            complaints += range_complaints(number, place)
        return outcome(math.trunc(number) if is_whole else None, complaints)

    def render(self, stored: Stored) -> JSON:
        return stored

    def shape(self, attribute: Scalar) -> JSONSchema:
        return number_schema("integer", attribute)
