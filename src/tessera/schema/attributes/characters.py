"""Text attributes: what string, text, rich text, e-mail addresses, passwords and slugs have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from tessera.errors import Violation
from tessera.schema.attributes.base import (
    AttributeType,
    JSONSchema,
    Mode,
    Parsed,
    Rejected,
    Stored,
    outcome,
    wrong_type,
)
from tessera.schema.attributes.patterns import matches, pattern_text
from tessera.schema.attributes.place import Place
from tessera.schema.model import JSON, Scalar


class CharacterType(AttributeType):
    """A type whose values are text, taken as they are: nothing else is turned into text."""

    cast: ClassVar[Literal["string", "number", "array"] | None] = "string"

    def parse(self, value: JSON, attribute: Scalar, place: Place, mode: Mode) -> Parsed:
        if not isinstance(value, str):
            return Rejected((wrong_type(place, "string", value),))
        complaints = [
            Violation(place.path, f"{place.label} {said}", value) for said in self.complaints(value, attribute, mode)
        ]
        return outcome(self.keep(value), complaints)

    def keep(self, text: str) -> Stored:
        """Return how an accepted text is kept."""
        return text

    def render(self, stored: Stored) -> JSON:
        return stored

    def complaints(self, text: str, attribute: Scalar, mode: Mode) -> Iterator[str]:
        """Yield what is wrong with a text, in the order in which it is reported."""
        yield from length_complaints(text, attribute, mode)
        yield from pattern_complaints(text, attribute, mode)

    def shape(self, attribute: Scalar) -> JSONSchema:
        schema: JSONSchema = {"type": "string"}
        if attribute.min_length is not None:
            schema["minLength"] = attribute.min_length
        if attribute.max_length is not None:
            schema["maxLength"] = attribute.max_length
        if attribute.regex is not None:
            schema["pattern"] = attribute.regex
        return schema


def length_of(text: str) -> int:
    """Return the length in the reference's units: an emoji counts twice (…words_of_every_script)."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def length_complaints(text: str, attribute: Scalar, mode: Mode) -> Iterator[str]:
    """Yield the complaints about the length; a draft may be too short."""
    length = length_of(text)
    if mode is Mode.PUBLISH and attribute.min_length and length < attribute.min_length:
        yield f"must be at least {attribute.min_length} characters"
    if attribute.max_length is not None and length > attribute.max_length:
        yield f"must be at most {attribute.max_length} characters"


def pattern_complaints(text: str, attribute: Scalar, mode: Mode) -> Iterator[str]:
    """Yield the complaint about the attribute's pattern; an empty text passes unless one is required."""
    if mode is Mode.DRAFT or attribute.regex is None or (not text and not attribute.required):
        return
    if not matches(attribute.regex, text):
        yield mismatch(attribute.regex)


def mismatch(source: str) -> str:
    """Return the complaint about a text that does not match."""
    return f'must match the following: "{pattern_text(source)}"'
