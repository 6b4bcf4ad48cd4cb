"""The attribute type `timestamp`."""

from __future__ import annotations

from tessera.schema.attributes.base import JSONSchema, Stored
from tessera.schema.attributes.datetime import DateTime
from tessera.schema.model import JSON, Scalar


class Timestamp(DateTime):
    """A moment that clients see as the text of its milliseconds since 1970."""

    name = "timestamp"

    def render(self, stored: Stored) -> JSON:
        return str(stored)

    def shape(self, attribute: Scalar) -> JSONSchema:
        return {"type": "string"}
