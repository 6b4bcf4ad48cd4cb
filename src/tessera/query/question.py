"""
A question with its values taken out: what is left is small, hashable and the same for many questions.

Only what stands in filters and the text that is searched for are values; everything else shapes the statement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from tessera.query import budgets
from tessera.query.conversions import truth_of

SEARCH, FILTERS, OMITTED, INCLUDED = "_q", "filters", "idsToOmit", "idsToInclude"
_VALUES = frozenset({SEARCH, OMITTED, INCLUDED})
_TRUTHS = frozenset({"$null", "$notNull"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """The place of a value, by its number."""

    index: int


@dataclass(frozen=True, slots=True)
class Branch:
    """An object: its keys and what they hold, in order."""

    pairs: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    nodes: tuple[Node, ...]


Node: TypeAlias = Leaf | Branch | Items | str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked (`shape`) and the values that it was asked with."""

    shape: Branch
    values: tuple[Any, ...]

    def literals(self) -> dict[str, Node]:
        """Return the parameters that are not values."""
        return {name: node for name, node in self.shape.pairs if not isinstance(node, Leaf | Branch | Items)}

    def get(self, key: str) -> Node:
        """Return what one parameter holds, or None."""
        return next((node for name, node in self.shape.pairs if name == key), None)


def question(params: Mapping[str, Any], *kept: str) -> Question:
    """Return the question that parameters ask; parameters that are not to be kept do not matter."""
    values: list[Any] = []
    pairs = tuple((key, _node(params[key], key, values, 0, key in _VALUES)) for key in kept if key in params)
    budgets.hold(len(values), budgets.VALUES, "values")
    return Question(Branch(pairs), tuple(values))


def _node(value: Any, key: str, values: list[Any], depth: int, is_value: bool) -> Node:  # noqa: ANN401, FBT001 - any JSON
    budgets.hold_depth(depth, "query", budgets.SPELT)
    inside = is_value or key == FILTERS
    if isinstance(value, Mapping):
        budgets.hold_list(dict(value), "filters" if inside else "populate")
        return Branch(tuple((name, _node(held, name, values, depth + 1, inside)) for name, held in value.items()))
    if isinstance(value, list | tuple):
        return Items(tuple(_node(held, key if inside else "", values, depth + 1, is_value or inside) for held in value))
    if not inside or value is None:
        return value  # type: ignore[no-any-return]
    if key in _TRUTHS:
        return truth_of(value)
    values.append(value)
    return Leaf(len(values) - 1)
