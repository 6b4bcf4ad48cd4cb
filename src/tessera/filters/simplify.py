"""Filters made of filters, written as short as their logic allows without looking at values."""

from __future__ import annotations

from collections.abc import Iterable

from tessera.filters.filter import ALWAYS, NEVER, Always, And, Compare, Exists, Filter, Never, Not, Operator, Or, Stored


def both(first: Filter, second: Filter) -> Filter:
    """Return the filter of rows that both hold for."""
    return all_of((first, second))


def either(first: Filter, second: Filter) -> Filter:
    """Return the filter of rows that one of the two holds for."""
    return any_of((first, second))


def all_of(filters: Iterable[Filter]) -> Filter:
    """Return the filter of rows that every one holds for."""
    parts = _flat(filters, And)
    if NEVER in parts:
        return NEVER
    kept = _shortest([part for part in parts if part != ALWAYS], Or)
    if not kept:
        return ALWAYS
    return kept[0] if len(kept) == 1 else And(kept)


def any_of(filters: Iterable[Filter]) -> Filter:
    """Return the filter of rows that at least one holds for."""
    parts = _flat(filters, Or)
    if ALWAYS in parts:
        return ALWAYS
    kept = _shortest([part for part in parts if part != NEVER], And)
    if not kept:
        return NEVER
    return kept[0] if len(kept) == 1 else Or(kept)


def negate(filter_: Filter) -> Filter:
    """Return the filter of rows that it is false for."""
    match filter_:
        case Always():
            return NEVER
        case Never():
            return ALWAYS
        case Not(inner):
            return inner
        case _:
            return Not(filter_)


def related(relation: str, filter_: Filter) -> Filter:
    """Return the filter of rows whose relation lists a row that it holds for."""
    return NEVER if filter_ == NEVER else Exists(relation, filter_)


def one_of(attribute: str, values: Iterable[Stored]) -> Filter:
    """Return the filter of rows whose attribute has one of the values."""
    listed = tuple(dict.fromkeys(values))
    return Compare(attribute, Operator.IN, listed) if listed else NEVER


def simplify(filter_: Filter) -> Filter:
    """Return a filter that holds for the same rows and has no needless parts."""
    match filter_:
        case And(parts):
            return all_of(simplify(part) for part in parts)
        case Or(parts):
            return any_of(simplify(part) for part in parts)
        case Not(inner):
            return negate(simplify(inner))
        case Exists(relation, inner):
            return related(relation, simplify(inner))
        case _:
            return filter_


def _flat(filters: Iterable[Filter], kind: type[And | Or]) -> list[Filter]:
    """Return the parts without groups of the same kind among them and without repetitions, in their order."""
    found: dict[Filter, None] = {}
    for filter_ in filters:
        found |= dict.fromkeys(_flat(filter_.parts, kind) if isinstance(filter_, kind) else [filter_])
    return list(found)


def _shortest(parts: list[Filter], inner: type[And | Or]) -> tuple[Filter, ...]:
    """Return the parts without those that another one makes needless: of `a or (a and b)` only `a` counts."""
    sets = [frozenset(part.parts) if isinstance(part, inner) else frozenset({part}) for part in parts]
    return tuple(part for part, own in zip(parts, sets, strict=True) if not any(other < own for other in sets))
