"""The attribute type `richtext`."""

from __future__ import annotations

from tessera.schema.attributes.characters import CharacterType
from tessera.schema.model import ColumnKind


class RichText(CharacterType):
    """Text of any length in Markdown."""

    name = "richtext"
    kind = ColumnKind.TEXT
