"""The attribute type `uid`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tessera.schema.attributes.base import JSONSchema, Mode
from tessera.schema.attributes.characters import CharacterType, length_complaints, mismatch, pattern_complaints
from tessera.schema.attributes.patterns import matches
from tessera.schema.model import ColumnKind, Scalar

SLUG: Final = "^[A-Za-z0-9-_.~]*$"


class UID(CharacterType):
    """A slug, unique among the entries of a type; a draft may hold any text instead."""

    name = "uid"
    kind = ColumnKind.STRING

    def complaints(self, text: str, attribute: Scalar, mode: Mode) -> Iterator[str]:
        """Yield what is wrong; a pattern of the attribute's own takes the place of ours and is reported twice."""
        yield from length_complaints(text, attribute, mode)
        pattern = attribute.regex or SLUG
        if mode is Mode.PUBLISH and not matches(pattern, text):
            yield mismatch(pattern)
        yield from pattern_complaints(text, attribute, mode)

    def shape(self, attribute: Scalar) -> JSONSchema:
        return {**super().shape(attribute), "pattern": attribute.regex or SLUG}
