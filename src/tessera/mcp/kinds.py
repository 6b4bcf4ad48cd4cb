"""What JSON values are called when an argument is refused."""

from __future__ import annotations

from typing import Any

from tessera.errors import ABSENT


def kind_of(value: Any) -> str:  # noqa: ANN401 - any JSON value, or none
    """Return the kind of a value in the words of JavaScript's checkers."""
    if value is ABSENT:
        return "undefined"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"
