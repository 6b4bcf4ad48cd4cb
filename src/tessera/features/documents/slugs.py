"""Texts as parts of addresses: what the reference's own identifiers look like."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources
from typing import Final

_LETTERS: Final = "letters.tsv"  # what a letter is written as where taking off its marks is not enough
_LATIN: Final = "\u017f"  # beyond it marks stay: such letters are dropped when they are not in the table
_WORDS: Final = (
    (re.compile(r"([A-Z]{2,})(\d+)", re.ASCII), r"\1 \2"),
    (re.compile(r"([a-z\d]+)([A-Z]{2,})", re.ASCII), r"\1 \2"),
    (re.compile(r"([a-z\d])([A-Z])", re.ASCII), r"\1 \2"),
    (re.compile(r"([A-Z]+)([A-Z][a-z\d]+)", re.ASCII), r"\1 \2"),
)
_OTHER: Final = re.compile(r"[^a-z\d]+", re.ASCII)


def slug(text: str) -> str:
    """Return a text in lower case letters and digits of ASCII, its words joined by hyphens."""
    plain = unicodedata.normalize("NFC", text)
    for letter, written in _letters():
        plain = plain.replace(letter, written)
    plain = "".join(_without_marks(character) for character in plain)
    for pattern, apart in _WORDS:
        plain = pattern.sub(apart, plain)
    return _OTHER.sub("-", plain.lower()).strip("-")


def _without_marks(character: str) -> str:
    if character > _LATIN:
        return "" if unicodedata.combining(character) else character
    return "".join(part for part in unicodedata.normalize("NFD", character) if not unicodedata.combining(part))


@cache
def _letters() -> tuple[tuple[str, str], ...]:
    text = (resources.files("tessera.features.documents") / _LETTERS).read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines())
    return tuple((letter, written) for letter, written in pairs)
