"""The attribute type `string`."""

from __future__ import annotations

from tessera.schema.attributes.characters import CharacterType
from tessera.schema.model import ColumnKind


class String(CharacterType):
    """A line of text."""

    name = "string"
    kind = ColumnKind.STRING
