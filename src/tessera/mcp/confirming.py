"""
Destructive calls in two steps: the first is answered with a code, and only the second, which repeats it, does the deed.

The code is bound to the token, the arguments and the document as it is, so that a changed document has to be looked at
again. Nothing is kept in between.
"""

from __future__ import annotations

import hmac
from typing import Final

import orjson

from tessera.mcp.tool import Arguments

CONFIRM: Final = "confirm"
DRY_RUN: Final = "dryRun"
_LENGTH: Final = 16  # hexadecimal digits


def code_for(key: str, token_id: int, tool: str, arguments: Arguments, seen: bytes | None) -> str:
    """Return the code that confirms a call."""
    asked = {name: value for name, value in arguments.items() if name not in (CONFIRM, DRY_RUN)}
    bound = orjson.dumps([token_id, tool, asked, (seen or b"").decode()], option=orjson.OPT_SORT_KEYS)
    return hmac.digest(key.encode(), bound, "sha256").hex()[:_LENGTH]


def is_confirmed(arguments: Arguments, code: str) -> bool:
    """Tell whether a call repeats its code."""
    given = arguments.get(CONFIRM)
    return isinstance(given, str) and hmac.compare_digest(given.encode(), code.encode())
