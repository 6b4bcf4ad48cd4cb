"""A statement: its text, which is prepared once, and the values bound to it."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | float | bytes | None


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL text with `?1`-style parameters and their values in order."""

    text: str
    values: tuple[Value, ...] = ()
