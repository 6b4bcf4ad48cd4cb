"""What the bodies of all kinds of token have in common."""

from __future__ import annotations

from typing import Any, Final

from tessera.schema.attributes.printing import number_text

DAY: Final = 24 * 60 * 60 * 1000  # milliseconds
LIFESPANS: Final = (None, 7 * DAY, 30 * DAY, 90 * DAY)


def as_text(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """
    Return a value as the reference makes text of it: null is empty, an object says only that it is one.

    Seen in admin_tokens.names and admin_tokens.fields_that_are_refused.
    """
    return _text(value).strip()


def _text(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, list):
        return ",".join(_text(item) for item in value)
    return value if isinstance(value, str) else "[object Object]"
