"""Which part of a file is asked for: one range of bytes (RFC 9110 §14)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_RANGE: Final = re.compile(r"\s*bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Range:
    """Some bytes of a file."""

    start: int
    size: int

    def told(self, whole: int) -> str:
        """Return the range as the answer tells it."""
        return f"bytes {self.start}-{self.start + self.size - 1}/{whole}"


def range_of(header: str | None, whole: int) -> Range | None:
    """
    Return the range that is asked for, or None for the whole file, which also answers what is asked in an odd way.

    Raises LookupError for a range that begins after the end.
    """
    found = _RANGE.fullmatch(header or "")
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        size = min(int(found[2]), whole)
        if not size:
            raise LookupError(header)
        return Range(whole - size, size)
    start = int(found[1])
    last = min(int(found[2]), whole - 1) if found[2] else whole - 1
    if found[2] and int(found[2]) < start:
        return None
    if start >= whole:
        raise LookupError(header)
    return Range(start, last - start + 1)
