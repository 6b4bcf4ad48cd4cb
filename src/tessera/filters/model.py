"""Predicates over the rows of a content type, as data: they are combined, simplified, evaluated and compiled to SQL."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

Scalar = str | int | float | bool | None
Value = Scalar | tuple[Scalar, ...]  # a tuple for IN, NOT_IN and BETWEEN


class Operator(Enum):
    """How an attribute is compared; a comparison with a row's null is never true, also when it is a negative one."""

    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    IN = "in"
    NOT_IN = "notIn"
    BETWEEN = "between"
    NULL = "null"
    NOT_NULL = "notNull"


@dataclass(frozen=True, slots=True)
class Always:
    """Every row."""


@dataclass(frozen=True, slots=True)
class Never:
    """No row."""


@dataclass(frozen=True, slots=True)
class Compare:
    """An attribute of the row itself compared with a value, in the form in which the database keeps it."""

    attribute: str
    operator: Operator
    value: Value = None


@dataclass(frozen=True, slots=True)
class Exists:
    """Some entry that the relation leads to satisfies the inner filter."""

    relation: str
    inner: Filter


@dataclass(frozen=True, slots=True)
class Not:
    """What the inner filter is not true of; a comparison with null is not true, so its negation is."""

    inner: Filter


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: frozenset[Filter]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: frozenset[Filter]


Filter = Always | Never | Compare | Exists | Not | And | Or

ALWAYS: Final = Always()
NEVER: Final = Never()
