"""Numbers, sizes and lengths of time as configuration files spell them."""

from __future__ import annotations

import math
import re
from typing import Any, Final

_TRUE: Final = frozenset({"true", "1", "yes", "on"})
_FALSE: Final = frozenset({"false", "0", "no", "off"})
_BYTES: Final = {"": 1, "b": 1, "kb": 1024, "mb": 1024**2, "gb": 1024**3}
_SECONDS: Final = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}
_QUANTITY: Final = re.compile(r"(\d+(?:\.\d+)?) *([a-z]*)")


def parse_boolean(given: Any) -> bool:  # noqa: ANN401 - any TOML
    """Return a truth value; texts come from the environment."""
    if isinstance(given, bool):
        return given
    if isinstance(given, str) and given.strip().lower() in _TRUE | _FALSE:
        return given.strip().lower() in _TRUE
    raise ValueError(f"expected true or false, got {given!r}")


def parse_integer(given: Any) -> int:  # noqa: ANN401 - any TOML
    """Return a whole number."""
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    if isinstance(given, str) and re.fullmatch(r"[+-]?[0-9]+", given.strip()):
        return int(given)
    raise ValueError(f"expected a whole number, got {given!r}")


def parse_number(given: Any) -> float:  # noqa: ANN401 - any TOML
    """Return a number of 0 or more."""
    if isinstance(given, int | float) and not isinstance(given, bool) and math.isfinite(given) and given >= 0:
        return float(given)
    if isinstance(given, str) and re.fullmatch(r"\d+(\.\d+)?", given.strip()):
        return float(given)
    raise ValueError(f"expected a number of 0 or more, got {given!r}")


def parse_bytes(given: Any) -> int:  # noqa: ANN401 - any TOML
    """Return a size in bytes."""
    return int(_quantity(given, _BYTES, 'a size such as 1048576 or "1mb"'))


def parse_seconds(given: Any) -> int:  # noqa: ANN401 - any TOML
    """Return a length of time in whole seconds."""
    return int(_quantity(given, _SECONDS, 'a time in seconds or a text such as "30d"'))


def _quantity(given: Any, units: dict[str, Any], expected: str) -> float:  # noqa: ANN401 - any TOML
    if isinstance(given, int) and not isinstance(given, bool) and given >= 0:
        return given
    found = _QUANTITY.fullmatch(given.strip().lower()) if isinstance(given, str) else None
    if found is None or found[2] not in units:
        raise ValueError(f"expected {expected}, got {given!r}")
    return float(found[1]) * float(units[found[2]])
