"""
Which rows a question is about, as data without values.

Negation stands at the leaves only, so that a guard beside a test hides a row from the test and from its opposite alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from tessera.filters import Filter
from tessera.query.conversions import Conversion, Pattern


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a value: a raw value of the question, by its number or name, as its column keeps it."""

    source: int | str
    conversion: Conversion = Conversion.AS_IS
    pattern: Pattern = Pattern.WHOLE
    or_default: bool = False  # of a locale: when there is no value, the default locale is meant


class Operator(Enum):
    """How a column is compared; the values are SQL where that is the same everywhere."""

    EQUAL = "="
    UNEQUAL = "<>"
    EQUAL_FOLDED = "= folded"
    UNEQUAL_FOLDED = "<> folded"
    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="
    IN = "IN"
    NOT_IN = "NOT IN"
    BETWEEN = "BETWEEN"
    NOT_BETWEEN = "NOT BETWEEN"
    LIKE = "LIKE"
    UNLIKE = "NOT LIKE"
    LIKE_FOLDED = "LIKE folded"
    UNLIKE_FOLDED = "NOT LIKE folded"


class Version(Enum):
    """Which rows of a document with drafts are meant."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; none of them: always."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the parts holds; none of them: never."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Test:
    """A column compared with values; never true of a null."""

    attribute: str
    operator: Operator
    operands: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Null:
    """Whether a column holds nothing."""

    attribute: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """Whether a relation, component or media attribute lists an entry of which the condition holds."""

    attribute: str
    where: Condition
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Granted:
    """What a principal's rules say of the row."""

    filter: Filter


@dataclass(frozen=True, slots=True)
class OfVersion:
    """Drafts only, or published rows only."""

    version: Version


@dataclass(frozen=True, slots=True)
class Twin:
    """
    Whether a row of this version has its other version: a draft its publication, a publication its draft.

    `modified` asks more of the pair: that the draft is newer than the publication, or that it is not.
    """

    version: Version
    same_locale: bool = True
    modified: bool | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Searched:
    """One of the columns holds the text; a column counts only where its condition holds."""

    columns: tuple[tuple[str, Condition], ...]
    text: Slot


@dataclass(frozen=True, slots=True)
class Listed:
    """
    Rows that an attribute of another model lists, for the rows of that model which meet a condition.

    `negated` means all other rows.
    """

    holder: str
    attribute: str
    where: Condition
    negated: bool = False


Condition: TypeAlias = All | AnyOf | Test | Null | Linked | Granted | OfVersion | Twin | Searched | Listed

EVERY = All()
NO = AnyOf()


def all_of(*parts: Condition) -> Condition:
    """Return a condition that holds when every part does, written as short as possible."""
    kept = tuple(inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,)))
    if NO in kept:
        return NO
    return kept[0] if len(kept) == 1 else All(kept)


def any_of(*parts: Condition) -> Condition:
    """Return a condition that holds when one of the parts does, written as short as possible."""
    kept = tuple(inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,)))
    if EVERY in kept:
        return EVERY
    return kept[0] if len(kept) == 1 else AnyOf(kept)
