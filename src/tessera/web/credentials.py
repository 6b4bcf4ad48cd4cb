"""The credential that a request carries: one bearer key, or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tessera.errors import BadRequestError
from tessera.web.response import Header

_NAME: Final = b"authorization"
_LONGEST: Final = 8192


def bearer_of(headers: Sequence[Header]) -> str | None:
    """Return the key after `Bearer`, or None; two credentials are refused, whichever of them is good (F68)."""
    found = [value for name, value in headers if name == _NAME]
    if not found:
        return None
    if len(found) > 1:
        raise BadRequestError("More than one Authorization header")
    scheme, _, key = found[0].partition(b" ")
    if scheme.lower() != b"bearer" or not key or b" " in key or len(key) > _LONGEST:
        return None
    return key.decode("latin-1")
