"""The attribute type `date`."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from tessera.schema.attributes.base import Accepted, AttributeType, JSONSchema, Mode, Parsed, Stored, Unreadable
from tessera.schema.attributes.place import Place
from tessera.schema.model import JSON, ColumnKind, Scalar

_DAY: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


class Date(AttributeType):
    """A day; of a longer text only the day at its beginning is read."""

    name = "date"
    kind = ColumnKind.DATE

    def parse(self, value: JSON, attribute: Scalar, place: Place, mode: Mode) -> Parsed:
        found = _DAY.match(value) if isinstance(value, str) else None
        if found is None:
            return Unreadable("Invalid format, expected yyyy-MM-dd")
        try:
            return Accepted(date(*map(int, found.groups())).isoformat())
        except ValueError:  # not in the calendar
            return Unreadable("Invalid date")

    def render(self, stored: Stored) -> JSON:
        return stored

    def shape(self, attribute: Scalar) -> JSONSchema:
        return {"type": "string", "format": "date"}
