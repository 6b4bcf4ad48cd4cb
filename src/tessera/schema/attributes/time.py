"""The attribute type `time`."""

from __future__ import annotations

import re
from typing import Final

from tessera.schema.attributes.base import Accepted, AttributeType, JSONSchema, Mode, Parsed, Stored, Unreadable
from tessera.schema.attributes.place import Place
from tessera.schema.model import JSON, ColumnKind, Scalar

_PATTERN: Final = r"(2[0-3]|[01][0-9]):([0-5][0-9]):([0-5][0-9])(\.[0-9]{1,3})?"
_TIME: Final = re.compile(_PATTERN)
_WITHOUT_FRACTION: Final = 8


class Time(AttributeType):
    """A time of day with seconds, kept to the millisecond."""

    name = "time"
    kind = ColumnKind.TIME

    def parse(self, value: JSON, attribute: Scalar, place: Place, mode: Mode) -> Parsed:
        if not isinstance(value, str):
            return Unreadable(f"Expected a string, got a {_javascript_type(value)}")
        if not _TIME.fullmatch(value):
            return Unreadable("Invalid time format, expected HH:mm:ss.SSS")
        fraction = value[_WITHOUT_FRACTION + 1 :]
        return Accepted(f"{value[:_WITHOUT_FRACTION]}.{fraction:0<3}")

    def render(self, stored: Stored) -> JSON:
        return stored

    def shape(self, attribute: Scalar) -> JSONSchema:
        return {"type": "string", "pattern": f"^{_PATTERN}$"}


def _javascript_type(value: JSON) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else "object"
