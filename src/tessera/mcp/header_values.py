"""Values of headers that repeat text of the body, which headers cannot always hold as it is."""

from __future__ import annotations

import base64
import binascii
from typing import Final

_OPENS: Final = "=?base64?"
_CLOSES: Final = "?="


def decoded(value: str | None) -> str | None:
    """Return the text that a header stands for; None when it stands for none."""
    if value is None or not (value.startswith(_OPENS) and value.endswith(_CLOSES)):
        return value
    try:
        return base64.b64decode(value[len(_OPENS) : -len(_CLOSES)], validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
