"""The attribute type `datetime`."""

from __future__ import annotations

from tessera.schema.attributes.base import Accepted, AttributeType, JSONSchema, Mode, Parsed, Stored, Unreadable
from tessera.schema.attributes.moments import EARLIEST, LATEST, iso_text, milliseconds_of
from tessera.schema.attributes.place import Place
from tessera.schema.model import JSON, ColumnKind, Scalar


class DateTime(AttributeType):
    """A moment, from an ISO date or from milliseconds since 1970; kept as the latter."""

    name = "datetime"
    kind = ColumnKind.DATETIME

    def parse(self, value: JSON, attribute: Scalar, place: Place, mode: Mode) -> Parsed:
        moment = milliseconds_of(value) if isinstance(value, str) else _as_milliseconds(value)
        if moment is None:
            return Unreadable("Invalid format, expected a timestamp or an ISO date")
        return Accepted(moment)

    def render(self, stored: Stored) -> JSON:
        return iso_text(stored)

    def shape(self, attribute: Scalar) -> JSONSchema:
        return {"type": "string", "format": "date-time"}


def _as_milliseconds(value: JSON) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if EARLIEST <= value <= LATEST and value == int(value) else None
