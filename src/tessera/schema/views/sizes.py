"""How wide fields are in forms; a row of a form is twelve columns wide."""

from __future__ import annotations

from typing import Final

from tessera.schema.model import JSON

ROW: Final = 12
_FULL: Final = ("dynamiczone", "component", "json", "richtext", "blocks")
_SMALL: Final = ("checkbox", "boolean", "date", "time", "biginteger", "decimal", "float", "integer", "number")
_MEDIUM: Final = (
    "datetime",
    "email",
    "enumeration",
    "media",
    "password",
    "relation",
    "string",
    "text",
    "timestamp",
    "uid",
)

SIZES: Final[dict[str, JSON]] = {
    **{name: {"default": ROW, "isResizable": False} for name in _FULL},
    **{name: {"default": 4, "isResizable": True} for name in _SMALL},
    **{name: {"default": 6, "isResizable": True} for name in _MEDIUM},
}


def usual_size(kind: JSON) -> int:
    """Return how wide a field of a type is if nobody said."""
    size: int = SIZES.get(str(kind), {"default": 6})["default"]
    return size


def fits(kind: JSON, size: JSON) -> bool:
    """Tell whether a field of a type may be that wide."""
    known = SIZES.get(str(kind), {"isResizable": True})
    if not isinstance(size, int):
        return False
    return size <= ROW and (known["isResizable"] or size == known["default"])
