"""The locales that can be added: codes in the reference's order, names as CLDR has them in English."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

_FILE: Final = "iso.tsv"  # a code, a tabulator, a name


@cache
def known_locales() -> dict[str, str]:
    """Return the names of all known locales by code."""
    text = (resources.files(__package__) / _FILE).read_text(encoding="utf-8")
    return dict(line.split("\t", 1) for line in text.splitlines())
