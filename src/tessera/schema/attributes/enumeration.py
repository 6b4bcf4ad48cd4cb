"""The attribute type `enumeration`."""

from __future__ import annotations

from typing import ClassVar, Literal

from tessera.errors import Violation
from tessera.schema.attributes.base import AttributeType, JSONSchema, Mode, Parsed, Stored, outcome, wrong_type
from tessera.schema.attributes.place import Place
from tessera.schema.attributes.printing import value_text
from tessera.schema.model import JSON, ColumnKind, Scalar


class Enumeration(AttributeType):
    """One of a list of words."""

    name = "enumeration"
    kind = ColumnKind.STRING
    cast: ClassVar[Literal["string", "number", "array"] | None] = "string"

    def parse(self, value: JSON, attribute: Scalar, place: Place, mode: Mode) -> Parsed:
        word = as_word(value)
        complaints = [wrong_type(place, "string", word)] if not isinstance(word, str) else []
        if word not in attribute.enum:
            # The reference counts null among the values, which shows as nothing after the last comma.
            said = f"{place.label} must be one of the following values: {', '.join((*attribute.enum, ''))}"
            complaints.append(Violation(place.path, said, word))
        return outcome(word, complaints)

    def render(self, stored: Stored) -> JSON:
        return stored

    def shape(self, attribute: Scalar) -> JSONSchema:
        return {"enum": list(attribute.enum)}


def as_word(value: JSON) -> JSON:
    """Return a number or truth value as text, anything else as it is."""
    return value_text(value) if isinstance(value, int | float) else value
