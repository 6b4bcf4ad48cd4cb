"""
The kinds of filter: what a row must be like, as data that permissions and queries share.

Filters follow SQL's three-valued logic: a comparison with a null is unknown, the opposite of unknown is unknown, and a
row counts only where the whole filter is true. `Exists` is never unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

Stored: TypeAlias = str | int | float  # a value as its column keeps it: booleans as 0 and 1, moments in milliseconds
Operand: TypeAlias = Stored | tuple[Stored, ...] | None


class Operator(Enum):
    """How an attribute is compared; the values are the reference's words without their dollar sign."""

    EQ = "eq"
    EQI = "eqi"
    NE = "ne"
    NEI = "nei"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    IN = "in"
    NOT_IN = "notIn"
    BETWEEN = "between"
    CONTAINS = "contains"
    CONTAINSI = "containsi"
    NOT_CONTAINS = "notContains"
    NOT_CONTAINSI = "notContainsi"
    STARTS_WITH = "startsWith"
    STARTS_WITHI = "startsWithi"
    ENDS_WITH = "endsWith"
    ENDS_WITHI = "endsWithi"
    NULL = "null"
    NOT_NULL = "notNull"


_LISTS: Final = frozenset({Operator.IN, Operator.NOT_IN, Operator.BETWEEN})
_ALONE: Final = frozenset({Operator.NULL, Operator.NOT_NULL})
_ENDS: Final = 2


@dataclass(frozen=True, slots=True)
class Always:
    """Every row."""


@dataclass(frozen=True, slots=True)
class Never:
    """No row."""


@dataclass(frozen=True, slots=True)
class Compare:
    """
    Rows of which an attribute compares with a value; lists and the two ends of a range are tuples.

    `NULL` and `NOT_NULL` stand alone. No other operator takes a null: nothing is equal or unequal to it.
    """

    attribute: str
    operator: Operator
    value: Operand = None

    def __post_init__(self) -> None:
        """Refuse a value that the operator cannot take, which is a mistake of the code that made the filter."""
        expected: type | tuple[type, ...] = (str, int, float)
        if self.operator in _ALONE:
            expected = type(None)
        elif self.operator in _LISTS:
            expected = tuple
        odd_range = self.operator is Operator.BETWEEN and isinstance(self.value, tuple) and len(self.value) != _ENDS
        if not isinstance(self.value, expected) or odd_range:
            raise TypeError(f"{self.operator.value} does not take {self.value!r}")


@dataclass(frozen=True, slots=True)
class Exists:
    """Rows of which a relation lists some row that the filter holds for."""

    relation: str
    filter: Filter


@dataclass(frozen=True, slots=True)
class Not:
    """Rows of which the filter is false."""

    filter: Filter


@dataclass(frozen=True, slots=True)
class And:
    """Rows that every part holds for; without parts every row."""

    parts: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Rows that one of the parts holds for; without parts no row."""

    parts: tuple[Filter, ...]


Filter: TypeAlias = And | Or | Not | Compare | Exists | Always | Never

ALWAYS: Final = Always()
NEVER: Final = Never()
