"""What a client says it knows: which content may go, and which attributes go on under another name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tessera.errors import ValidationError, Violation
from tessera.features.modeling.edits import Rename
from tessera.schema.model import JSON

_KEYS: Final = ("drops", "renames")
_RENAME: Final = ("uid", "from", "to")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The names of what may go, and the renames."""

    drops: frozenset[str] = frozenset()
    renames: tuple[Rename, ...] = ()


def confirmed(value: JSON) -> Confirmed:
    """Return what is confirmed; nothing is when nothing is sent."""
    if value is None:
        return Confirmed()
    if not isinstance(value, dict) or not value.keys() <= set(_KEYS):
        raise _refusal((), f"expected an object with the keys {' and '.join(_KEYS)}", value)
    drops, renames = value.get("drops") or [], value.get("renames") or []
    if isinstance(drops, str):
        drops = [drops]  # as a query string has one
    if not isinstance(drops, list) or not all(isinstance(each, str) for each in drops):
        raise _refusal(("drops",), "expected a list of texts", drops)
    if not isinstance(renames, list) or not all(_is_rename(each) for each in renames):
        raise _refusal(("renames",), f"expected a list of objects with the keys {', '.join(_RENAME)}", renames)
    return Confirmed(frozenset(drops), tuple(Rename(*(each[key] for key in _RENAME)) for each in renames))


def _is_rename(value: JSON) -> bool:
    is_object = isinstance(value, dict) and value.keys() == set(_RENAME)
    return is_object and all(isinstance(each, str) for each in value.values())


def _refusal(path: tuple[str, ...], message: str, value: JSON) -> ValidationError:
    return ValidationError.of([Violation(("confirm", *path), message, value)])
