"""Which scalar attribute types there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from tessera.schema.attributes.base import AttributeType
from tessera.schema.attributes.biginteger import BigInteger
from tessera.schema.attributes.blocks import Blocks
from tessera.schema.attributes.boolean import Boolean
from tessera.schema.attributes.date import Date
from tessera.schema.attributes.datetime import DateTime
from tessera.schema.attributes.decimal import Decimal
from tessera.schema.attributes.email import Email
from tessera.schema.attributes.enumeration import Enumeration
from tessera.schema.attributes.float import Float
from tessera.schema.attributes.integer import Integer
from tessera.schema.attributes.json import Json
from tessera.schema.attributes.password import Password
from tessera.schema.attributes.richtext import RichText
from tessera.schema.attributes.string import String
from tessera.schema.attributes.text import Text
from tessera.schema.attributes.time import Time
from tessera.schema.attributes.timestamp import Timestamp
from tessera.schema.attributes.uid import UID
from tessera.schema.model import ColumnKind


def register(types: Iterable[AttributeType]) -> Mapping[str, AttributeType]:
    """Return the types by name; a name that is used twice stops the start."""
    named: dict[str, AttributeType] = {}
    for each in types:
        if each.name in named:
            raise ValueError(f"two attribute types are called {each.name!r}")
        named[each.name] = each
    return MappingProxyType(named)


TYPES: Final = register(
    (
        String(),
        Text(),
        RichText(),
        Blocks(),
        Email(),
        Password(),
        UID(),
        Enumeration(),
        Integer(),
        BigInteger(),
        Float(),
        Decimal(),
        Boolean(),
        Date(),
        Time(),
        DateTime(),
        Timestamp(),
        Json(),
    )
)


def type_of(name: str) -> AttributeType:
    """Return the scalar attribute type of that name, which has to exist."""
    return TYPES[name]


def kind_of(type_name: str) -> ColumnKind | None:
    """Return the column kind of a scalar attribute type, or None when there is no such type."""
    found = TYPES.get(type_name)
    return found.kind if found else None
