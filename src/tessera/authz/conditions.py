"""Conditions: named predicates over rows that a permission may be limited to, made for whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tessera.filters import Compare, Filter, Operator, related


@dataclass(frozen=True, slots=True)
class Asker:
    """What a condition may know of the administrator that asks, or that owns the token that asks."""

    user_id: int
    role_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition's id, its name in the panel, and how its filter is made."""

    id: str
    display_name: str
    make: Callable[[Asker], Filter]
    category: str = "default"


CONDITIONS: Final[dict[str, Condition]] = {}


def condition(id_: str, display_name: str) -> Callable[[Callable[[Asker], Filter]], Callable[[Asker], Filter]]:
    """Register a condition under its id; an id that is taken stops the start."""

    def register(make: Callable[[Asker], Filter]) -> Callable[[Asker], Filter]:
        if id_ in CONDITIONS:
            raise ValueError(f"two conditions are called {id_}")
        CONDITIONS[id_] = Condition(id_, display_name, make)
        return make

    return register


@condition("admin::is-creator", "Is creator")
def is_creator(asker: Asker) -> Filter:
    """The row was made by the asker."""
    return related("createdBy", Compare("id", Operator.EQ, asker.user_id))


@condition("admin::has-same-role-as-creator", "Has same role as creator")
def has_same_role_as_creator(asker: Asker) -> Filter:
    """The row was made by somebody who has one of the asker's roles."""
    roles = tuple(sorted(asker.role_ids))
    return related("createdBy", related("roles", Compare("id", Operator.IN, roles)))
