"""How far a right reaches: to everything, or to a named part."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final, TypeAlias


class Everything(Enum):
    """The type of `ALL`, which stands for every member there is or will be."""

    ALL = "all"


ALL: Final = Everything.ALL

Fields: TypeAlias = Everything | frozenset[str]  # attribute paths; `seo` covers `seo.metaTitle`
Locales: TypeAlias = Everything | frozenset[str]


def covers(fields: Fields, path: str) -> bool:
    """Whether the attribute and all within it are reached."""
    return fields is ALL or any(path == field or path.startswith(f"{field}.") for field in fields)


def touches(fields: Fields, path: str) -> bool:
    """Whether the attribute or something within it is reached."""
    return covers(fields, path) or any(field.startswith(f"{path}.") for field in _named(fields))


def shared_fields(first: Fields, second: Fields) -> Fields:
    """Return the paths that both reach."""
    if first is ALL:
        return second
    if second is ALL:
        return first
    return frozenset(path for path in first | second if covers(first, path) and covers(second, path))


def shared_locales(first: Locales, second: Locales) -> Locales:
    """Return the locales that both reach."""
    if first is ALL:
        return second
    return first if second is ALL else first & second


def joined(reaches: Iterable[Everything | frozenset[str]]) -> Everything | frozenset[str]:
    """Return what is reached by any of them."""
    found: frozenset[str] = frozenset()
    for reach in reaches:
        if reach is ALL:
            return ALL
        found |= _named(reach)
    return found


def in_order(reach: Everything | frozenset[str]) -> tuple[str, ...] | None:
    """Return the members sorted, None for everything: equal reaches are written alike in every process."""
    return None if reach is ALL else tuple(sorted(_named(reach)))


def _named(reach: Everything | frozenset[str]) -> frozenset[str]:
    return frozenset() if isinstance(reach, Everything) else reach
