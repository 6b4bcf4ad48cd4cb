"""The attribute type `timestamp`."""

from __future__ import annotations

import re
from typing import Final

from tessera.schema.attributes.base import JSONSchema, Mode, Parsed, Stored
from tessera.schema.attributes.datetime import DateTime
from tessera.schema.attributes.place import Place
from tessera.schema.model import JSON, Scalar

_MILLISECONDS: Final = re.compile(r"-?\d{1,16}", re.ASCII)


class Timestamp(DateTime):
    """A moment that clients see as the text of its milliseconds since 1970."""

    name = "timestamp"

    def parse(self, value: JSON, attribute: Scalar, place: Place, mode: Mode) -> Parsed:
        # What clients see they may send back; as an ISO date the text 10 would be a year.
        if isinstance(value, str) and _MILLISECONDS.fullmatch(value):
            value = int(value)
        return super().parse(value, attribute, place, mode)

    def render(self, stored: Stored) -> JSON:
        return str(stored)

    def shape(self, attribute: Scalar) -> JSONSchema:
        return {"type": "string"}
