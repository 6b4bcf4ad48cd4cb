"""The attribute type `decimal`."""

from __future__ import annotations

from tessera.schema.attributes.float import Float
from tessera.schema.model import ColumnKind


class Decimal(Float):
    """A number with a fixed number of digits where the database has such; SQLite keeps a double, unrounded."""

    name = "decimal"
    kind = ColumnKind.DECIMAL
