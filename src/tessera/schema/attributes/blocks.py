"""The attribute type `blocks`."""

from __future__ import annotations

from typing import ClassVar, Literal

from tessera.errors import Violation
from tessera.schema.attributes.base import (
    Accepted,
    AttributeType,
    JSONSchema,
    Mode,
    Parsed,
    Rejected,
    Stored,
    not_castable,
)
from tessera.schema.attributes.block_nodes import check_blocks
from tessera.schema.attributes.flaws import flaw_of
from tessera.schema.attributes.json_text import read_json, write_json
from tessera.schema.attributes.place import Place
from tessera.schema.model import JSON, ColumnKind, Scalar


class Blocks(AttributeType):
    """Structured text: paragraphs, headings, lists and so on, checked node by node."""

    name = "blocks"
    kind = ColumnKind.JSON
    cast: ClassVar[Literal["string", "number", "array"] | None] = "array"

    def parse(self, value: JSON, attribute: Scalar, place: Place, mode: Mode) -> Parsed:
        blocks = as_list(value)
        if blocks is None:
            return Rejected((not_castable(place, "array", value),))
        if (flaw := flaw_of(blocks)) is not None:
            return Rejected((Violation(place.path, f"{place.label} {flaw}"),))
        violations: list[Violation] = []
        checked = check_blocks(blocks, place, violations)
        return Rejected(tuple(violations)) if violations else Accepted(write_json(checked))

    def render(self, stored: Stored) -> JSON:
        return read_json(stored)

    def shape(self, attribute: Scalar) -> JSONSchema:
        block: JSONSchema = {
            "type": "object",
            "properties": {
                "type": {"enum": ["paragraph", "heading", "quote", "code", "list", "image"]},
                "children": {"type": "array", "items": {"type": "object"}},
            },
            "required": ["type", "children"],
        }
        return {"type": "array", "items": block}


def as_list(value: JSON) -> list[JSON] | None:
    """Return a list, also when it was sent as the text of one, or None."""
    if isinstance(value, str):
        try:
            value = read_json(value)
        except ValueError:  # the text of nothing
            return None
    return value if isinstance(value, list) else None
