"""JSON as text: what a column holds and what a text may stand for."""

from __future__ import annotations

import json
from typing import Final, NoReturn

from tessera.schema.attributes.printing import to_float
from tessera.schema.model import JSON

_LARGEST: Final = 2**64


def write_json(value: JSON) -> str:
    """Return the compact text of a value without flaws; keys keep their order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def read_json(text: str) -> JSON:
    """Return the value of a text; raise ValueError when it is no JSON."""
    try:
        return json.loads(text, parse_constant=_refuse, parse_int=_integer)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _integer(digits: str) -> int | float:
    """Return an integer exactly when it has 64 bits at most; JavaScript takes larger ones for doubles."""
    number = int(digits)
    return number if abs(number) < _LARGEST else to_float(number)
