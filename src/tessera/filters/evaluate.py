"""
Whether a filter holds for a row, without a database: the oracle for the SQL of filters.

A row is a dictionary of stored values; a relation is a dictionary, a list of them or None. What a row does not tell is
not guessed: a missing key is an error. Text is folded as SQLite folds it, in ASCII only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias

from tessera.filters.filter import Always, And, Compare, Exists, Filter, Never, Not, Operator, Or, Stored

Row: TypeAlias = Mapping[str, Any]  # stored values, and rows of relations
Truth: TypeAlias = bool | None  # None is unknown

_TO_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def evaluate(filter_: Filter, row: Row) -> bool:
    """Return whether a row counts."""
    return _truth(filter_, row) is True


def _truth(filter_: Filter, row: Row) -> Truth:
    match filter_:
        case Always():
            return True
        case Never():
            return False
        case Compare(attribute, operator, value):
            return _compared(row[attribute], operator, value)
        case Exists(relation, inner):
            return any(_truth(inner, other) for other in _rows(row[relation]))
        case Not(inner):
            return _opposite(_truth(inner, row))
        case And(parts):
            return _all(_truth(part, row) for part in parts)
        case Or(parts):
            return _opposite(_all(_opposite(_truth(part, row)) for part in parts))


def _all(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    if False in found:
        return False
    return None if None in found else True


def _opposite(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _rows(related: Row | Iterable[Row] | None) -> Iterable[Row]:
    if related is None:
        return ()
    return (related,) if isinstance(related, Mapping) else related


def _compared(own: Stored | None, operator: Operator, value: Any) -> Truth:  # noqa: ANN401 - as the operator takes it
    if operator in (Operator.NULL, Operator.NOT_NULL):
        return (own is None) is (operator is Operator.NULL)
    if operator in (Operator.IN, Operator.NOT_IN) and not value:
        return operator is Operator.NOT_IN
    return None if own is None else _COMPARISONS[operator](own, value)


def folded(value: Stored) -> str:
    """Return a value as text with its ASCII letters in lower case."""
    return str(value).translate(_TO_LOWER)


def _not(comparison: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda own, value: not comparison(own, value)


def _contains(own: Stored, value: Stored) -> bool:
    return folded(value) in folded(own)


def _starts(own: Stored, value: Stored) -> bool:
    return folded(own).startswith(folded(value))


def _ends(own: Stored, value: Stored) -> bool:
    return folded(own).endswith(folded(value))


def _equal_folded(own: Stored, value: Stored) -> bool:
    return folded(own) == folded(value)


# SQLite's LIKE ignores the case of ASCII letters with and without the letter i (content_api_filters.patterns).
_COMPARISONS: Final[Mapping[Operator, Callable[[Any, Any], bool]]] = {
    Operator.EQ: lambda own, value: bool(own == value),
    Operator.NE: lambda own, value: bool(own != value),
    Operator.EQI: _equal_folded,
    Operator.NEI: _not(_equal_folded),
    Operator.LT: lambda own, value: bool(own < value),
    Operator.LTE: lambda own, value: bool(own <= value),
    Operator.GT: lambda own, value: bool(own > value),
    Operator.GTE: lambda own, value: bool(own >= value),
    Operator.IN: lambda own, value: own in value,
    Operator.NOT_IN: lambda own, value: own not in value,
    Operator.BETWEEN: lambda own, value: bool(value[0] <= own <= value[1]),
    Operator.CONTAINS: _contains,
    Operator.CONTAINSI: _contains,
    Operator.NOT_CONTAINS: _not(_contains),
    Operator.NOT_CONTAINSI: _not(_contains),
    Operator.STARTS_WITH: _starts,
    Operator.STARTS_WITHI: _starts,
    Operator.ENDS_WITH: _ends,
    Operator.ENDS_WITHI: _ends,
}
