"""Filters combined so that the result is as small as it can be seen to be."""

from __future__ import annotations

from collections.abc import Iterable

from tessera.filters.model import ALWAYS, NEVER, Always, And, Compare, Exists, Filter, Never, Not, Or


def both(*filters: Filter) -> Filter:
    """Return what satisfies all of the filters; of none, every row does."""
    parts = _flat(filters, And)
    if NEVER in parts or any(negate(part) in parts for part in parts):
        return NEVER
    return _only(parts - {ALWAYS}, ALWAYS, And)


def either(*filters: Filter) -> Filter:
    """Return what satisfies at least one of the filters; of none, no row does."""
    parts = _flat(filters, Or)
    if ALWAYS in parts or any(negate(part) in parts for part in parts):
        return ALWAYS
    parts -= {NEVER}
    weakest = frozenset(part for part in parts if not any(_implies(part, other) for other in parts - {part}))
    return _only(weakest, NEVER, Or)


def negate(filter_: Filter) -> Filter:
    """Return what does not satisfy the filter."""
    match filter_:
        case Always():
            return NEVER
        case Never():
            return ALWAYS
        case Not(inner):
            return inner
        case _:
            return Not(filter_)


def exists(relation: str, inner: Filter) -> Filter:
    """Return that a related entry satisfies the filter."""
    return NEVER if inner == NEVER else Exists(relation, inner)


def simplify(filter_: Filter) -> Filter:
    """Return the same predicate, rebuilt from its leaves."""
    match filter_:
        case And(parts):
            return both(*(simplify(part) for part in parts))
        case Or(parts):
            return either(*(simplify(part) for part in parts))
        case Not(inner):
            return negate(simplify(inner))
        case Exists(relation, inner):
            return exists(relation, simplify(inner))
        case Always() | Never() | Compare():
            return filter_


def _flat(filters: Iterable[Filter], kind: type[And | Or]) -> frozenset[Filter]:
    parts: set[Filter] = set()
    for filter_ in filters:
        parts |= filter_.parts if isinstance(filter_, And | Or) and isinstance(filter_, kind) else {filter_}
    return frozenset(parts)


def _only(parts: frozenset[Filter], empty: Filter, kind: type[And | Or]) -> Filter:
    if not parts:
        return empty
    return next(iter(parts)) if len(parts) == 1 else kind(parts)


def _implies(stronger: Filter, weaker: Filter) -> bool:
    """Tell whether one conjunction holds all that the other asks for; the simplest case of implication."""
    held = stronger.parts if isinstance(stronger, And) else frozenset({stronger})
    asked = weaker.parts if isinstance(weaker, And) else frozenset({weaker})
    return asked <= held
