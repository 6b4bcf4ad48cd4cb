"""Which scalar attribute types there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tessera.schema.model import ColumnKind

_KINDS: Final[Mapping[str, ColumnKind]] = {
    "string": ColumnKind.STRING,
    "text": ColumnKind.TEXT,
    "richtext": ColumnKind.TEXT,
    "blocks": ColumnKind.JSON,
    "email": ColumnKind.STRING,
    "password": ColumnKind.STRING,
    "uid": ColumnKind.STRING,
    "enumeration": ColumnKind.STRING,
    "integer": ColumnKind.INTEGER,
    "biginteger": ColumnKind.BIGINT,
    "float": ColumnKind.FLOAT,
    "decimal": ColumnKind.DECIMAL,
    "boolean": ColumnKind.BOOLEAN,
    "date": ColumnKind.DATE,
    "time": ColumnKind.TIME,
    "datetime": ColumnKind.DATETIME,
    "timestamp": ColumnKind.DATETIME,
    "json": ColumnKind.JSON,
}


def kind_of(type_name: str) -> ColumnKind | None:
    """Return the column kind of a scalar attribute type, or None when there is no such type."""
    return _KINDS.get(type_name)
