"""The attribute type `boolean`."""

from __future__ import annotations

from typing import Final

from tessera.schema.attributes.base import (
    Accepted,
    AttributeType,
    JSONSchema,
    Mode,
    Parsed,
    Rejected,
    Stored,
    wrong_type,
)
from tessera.schema.attributes.place import Place
from tessera.schema.model import JSON, ColumnKind, Scalar

_WORDS: Final = {"true": True, "1": True, "false": False, "0": False}


class Boolean(AttributeType):
    """True or false, as such, as words in any case, or as one and zero."""

    name = "boolean"
    kind = ColumnKind.BOOLEAN

    def parse(self, value: JSON, attribute: Scalar, place: Place, mode: Mode) -> Parsed:
        truth = truth_of(value)
        return Rejected((wrong_type(place, "boolean", value),)) if truth is None else Accepted(truth)

    def render(self, stored: Stored) -> JSON:
        return bool(stored)

    def shape(self, attribute: Scalar) -> JSONSchema:
        return {"type": "boolean"}


def truth_of(value: JSON) -> bool | None:
    """Return the truth value that a value stands for, or None."""
    if isinstance(value, str):
        return _WORDS.get(value.lower())
    if isinstance(value, int | float):
        return bool(value) if value in (0, 1) else None
    return None
