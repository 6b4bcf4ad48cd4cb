"""The attribute type `text`."""

from __future__ import annotations

from tessera.schema.attributes.characters import CharacterType
from tessera.schema.model import ColumnKind


class Text(CharacterType):
    """Text of any length."""

    name = "text"
    kind = ColumnKind.TEXT
