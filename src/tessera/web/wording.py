"""How the reference prints paths inside its messages."""

from __future__ import annotations

from collections.abc import Sequence

from tessera.schema.attributes.printing import value_text


def dotted(path: Sequence[str | int]) -> str:
    """Return a path as it stands in messages: `permissions[0].action`; the body itself is `this`."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return words.removeprefix(".") or "this"


def word(value: str | float | None) -> str:
    """Return a plain value as it stands in a sentence."""
    return value if isinstance(value, str) else value_text(value)
