"""The attribute type `json`."""

from __future__ import annotations

from tessera.errors import Violation
from tessera.schema.attributes.base import Accepted, AttributeType, JSONSchema, Mode, Parsed, Rejected, Stored
from tessera.schema.attributes.flaws import flaw_of
from tessera.schema.attributes.json_text import read_json, write_json
from tessera.schema.attributes.place import Place
from tessera.schema.model import JSON, ColumnKind, Scalar


class Json(AttributeType):
    """Any JSON value; a text that is JSON itself stands for its value."""

    name = "json"
    kind = ColumnKind.JSON

    def parse(self, value: JSON, attribute: Scalar, place: Place, mode: Mode) -> Parsed:
        meant = meaning_of(value)
        if meant is None:
            return Accepted(None)
        if (flaw := flaw_of(meant)) is not None:
            return Rejected((Violation(place.path, f"{place.label} {flaw}"),))
        return Accepted(write_json(meant))

    def render(self, stored: Stored) -> JSON:
        return read_json(stored)

    def shape(self, attribute: Scalar) -> JSONSchema:
        return {}


def meaning_of(value: JSON) -> JSON:
    """
    Return what the reference gives back for a value that it was sent.

    A text is read as JSON, twice when it is a text again, and is itself when that fails. A truth value
    comes back as a number (content_manager_entries.blocks_and_json_keep_their_shape: json: true).
    """
    if isinstance(value, str):
        value = _read(value)
    return int(value) if isinstance(value, bool) else value


def _read(text: str) -> JSON:
    try:
        value = read_json(text)
        return read_json(value) if isinstance(value, str) else value
    except ValueError:  # the text is no JSON, so it stands for itself
        return text
