"""The attribute type `password`."""

from __future__ import annotations

from dataclasses import dataclass

from tessera.schema.attributes.base import JSONSchema, Stored
from tessera.schema.attributes.characters import CharacterType
from tessera.schema.model import JSON, ColumnKind, Scalar


@dataclass(frozen=True, slots=True)
class PlainPassword:
    """A password as it was sent; the use case hashes it before anything is written."""

    text: str

    def __repr__(self) -> str:
        return "PlainPassword(•••)"


class Password(CharacterType):
    """A secret that is kept as a hash and never given back."""

    name = "password"
    kind = ColumnKind.STRING

    def keep(self, text: str) -> Stored:
        return PlainPassword(text)

    def render(self, stored: Stored) -> JSON:
        return None

    def shape(self, attribute: Scalar) -> JSONSchema:
        return {**super().shape(attribute), "writeOnly": True}
