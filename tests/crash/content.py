"""
The documents that are written: everything in one follows from a number, so that half of a write is told from a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_SOURCES = 3
_BLOCKS = 4


@dataclass(frozen=True, slots=True)
class State:
    """What a document is: the number of its draft, and that of its publication if it has one."""

    draft: int
    published: int | None = None


GONE: State | None = None  # the state of a document that was deleted


@dataclass(frozen=True, slots=True)
class People:
    """The documents that articles lead to, by id; whose row ids are their places, counted from one."""

    authors: tuple[str, ...]
    categories: tuple[str, ...]

    def author(self, number: int) -> int:
        """Return the place of the author of an article with that number."""
        return number % len(self.authors)

    def filed(self, number: int) -> list[int]:
        """Return the places of its categories, in order."""
        first = number % len(self.categories)
        return [first, (first + 1) % len(self.categories)]


def body(number: int, people: People) -> dict[str, Any]:
    """Return the article with a number as a client sends it."""
    return {
        "title": text(number),
        "seo": {"metaTitle": text(number)},
        "sources": [{"label": text(number)} for _ in range(sources(number))],
        "blocks": [_block(number, kind) for kind in blocks(number)],
        "author": {"set": [people.authors[people.author(number)]]},
        "categories": {"set": [people.categories[place] for place in people.filed(number)]},
    }


def text(number: int) -> str:
    """Return what all texts of an article say."""
    return f"Serial {number}"


def sources(number: int) -> int:
    """Return how many sources it has."""
    return number % _SOURCES + 1


def blocks(number: int) -> list[str]:
    """Return the kinds of its blocks, in order."""
    return [("shared.quote", "shared.rich-text")[place % 2] for place in range(number % _BLOCKS)]


def _block(number: int, kind: str) -> dict[str, Any]:
    if kind == "shared.rich-text":
        return {"__component": kind, "body": text(number)}
    return {"__component": kind, "text": text(number), "attribution": {"label": text(number)}}
