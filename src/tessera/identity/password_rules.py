"""What a new password must look like; what it is kept as is not told here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_LEAST: Final = 8
_MOST: Final = 72  # bytes; bcrypt takes no notice of what follows


@dataclass(frozen=True, slots=True)
class PasswordRule:
    """One demand, and how its refusal goes on after the name of the field."""

    holds: Callable[[str], bool]
    message: str


def _holds_a(characters: str) -> Callable[[str], bool]:
    pattern = re.compile(f"[{characters}]")
    return lambda password: pattern.search(password) is not None


RULES: Final = (
    # A letter beyond U+FFFF counts as two, as everywhere in the reference.
    PasswordRule(
        lambda password: len(password.encode("utf-16-le", "surrogatepass")) // 2 >= _LEAST,
        f"must be at least {_LEAST} characters",
    ),
    PasswordRule(
        lambda password: len(password.encode("utf-8", "surrogatepass")) <= _MOST, f"must be less than {_MOST + 1} bytes"
    ),
    PasswordRule(_holds_a("a-z"), "must contain at least one lowercase character"),
    PasswordRule(_holds_a("A-Z"), "must contain at least one uppercase character"),
    PasswordRule(_holds_a("0-9"), "must contain at least one number"),
)


def broken_rules(password: str) -> tuple[str, ...]:
    """Return what is wrong with a password, in the words that follow its name."""
    return tuple(rule.message for rule in RULES if not rule.holds(password))
