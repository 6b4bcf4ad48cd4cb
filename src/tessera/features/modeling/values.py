"""What may stand under a key of an attribute: each check returns what was expected instead, or nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from typing import Final

from tessera.features.modeling.names import is_name
from tessera.schema.model import JSON

Check = Callable[[JSON], str | None]

_DIGITS: Final = re.compile(r"\d*", re.ASCII)
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_FILES: Final = ("images", "videos", "files", "audios")
_LONGEST_PATTERN: Final = 500


def flag(value: JSON) -> str | None:
    """Expect true or false."""
    return None if isinstance(value, bool) else "expected true or false"


def text(value: JSON) -> str | None:
    """Expect a text."""
    return None if isinstance(value, str) else "expected a text"


def number(value: JSON) -> str | None:
    """Expect a number."""
    return None if isinstance(value, int | float) and not isinstance(value, bool) else "expected a number"


def whole(value: JSON) -> str | None:
    """Expect a whole number."""
    return None if isinstance(value, int) and not isinstance(value, bool) else "expected a whole number"


def length(value: JSON) -> str | None:
    """Expect a number of characters."""
    return None if whole(value) is None and value > 0 else "expected a whole number above zero"


def digits(value: JSON) -> str | None:
    """Expect a number that may be too long for JSON, as a text."""
    return None if isinstance(value, str) and _DIGITS.fullmatch(value) else "expected a text of digits"


def email(value: JSON) -> str | None:
    """Expect an address."""
    return None if isinstance(value, str) and _EMAIL.fullmatch(value) else "Invalid email address"


def pattern(value: JSON) -> str | None:
    """Expect a regular expression; an empty one is none."""
    if not isinstance(value, str) or len(value) > _LONGEST_PATTERN:
        return f"expected a text of at most {_LONGEST_PATTERN} characters"
    try:
        re.compile(value)
    except re.error:
        return "Invalid regular expression pattern"
    return None


def name(value: JSON) -> str | None:
    """Expect what an attribute could be called; an empty text is nothing."""
    is_good = isinstance(value, str) and (not value or is_name(value))
    return None if is_good else "expected a name of letters, digits and _ that begins with a letter"


def any_json(value: JSON) -> str | None:
    """Expect a JSON value, perhaps written as a text."""
    if not isinstance(value, str):
        return None
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        return "expected JSON"
    return None


def choices(value: JSON) -> str | None:
    """Expect the values of an enumeration."""
    if not _is_texts(value) or not value or not all(value):
        return "expected a list of values, none of them empty"
    if any(choice[0].isdigit() for choice in value):
        return "should not start with number"
    return None if len(set(value)) == len(value) else "cannot contain duplicate values"


def files(value: JSON) -> str | None:
    """Expect kinds of files."""
    is_good = _is_texts(value) and value and all(kind in _FILES for kind in value)
    return None if is_good else f"expected a list of {', '.join(_FILES)}"


def texts(value: JSON) -> str | None:
    """Expect uids of components, at least one."""
    return None if _is_texts(value) and value else "expected a list of components, at least one"


def mapping(value: JSON) -> str | None:
    """Expect an object."""
    return None if isinstance(value, dict) else "expected an object"


def conditions(value: JSON) -> str | None:
    """Expect when an attribute is shown: a rule in JSON under each name."""
    visible = value.get("visible") if isinstance(value, dict) and value.keys() == {"visible"} else None
    is_good = isinstance(visible, dict) and all(isinstance(rule, list) for rule in visible.values())
    return None if is_good else 'expected an object with the key "visible", and a list under each of its keys'


_UID_OPTIONS: Final[dict[str, Check]] = {
    "separator": text,
    "lowercase": flag,
    "decamelize": flag,
    "preserveLeadingUnderscore": flag,
    "customReplacements": lambda value: None if _are_pairs(value) else "expected a list of pairs of texts",
}


def uid_options(value: JSON) -> str | None:
    """Expect how a uid is made from a text."""
    if not isinstance(value, dict):
        return "expected an object"
    wrong = (f"{key}: {said}" for key in value if (said := _UID_OPTIONS.get(key, _unknown)(value[key])))
    return next(wrong, None)


def nullable(check: Check) -> Check:
    """Return a check that also lets null pass, which says nothing."""
    return lambda value: None if value is None else check(value)


def one_of(allowed: Collection[str]) -> Check:
    """Return a check for one of some words."""
    expected = f"must be one of the following values: {', '.join(allowed)}"
    return lambda value: None if isinstance(value, str) and value in allowed else expected


def _unknown(_: JSON) -> str:
    return "is not known"


def _is_texts(value: JSON) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _are_pairs(value: JSON) -> bool:
    return isinstance(value, list) and all(_is_texts(pair) and len(pair) == len("ab") for pair in value)
