"""The `populate` of a question in one form, however it was spelt: which attributes are wanted, with what options."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tessera.errors import ValidationError
from tessera.query import budgets
from tessera.query.question import Branch, Items, Node

STAR: Final = "*"
_TRUE: Final = frozenset({"true", "t", "1"})
_FALSE: Final = frozenset({"false", "f", "0"})
_MALFORMED: Final = "Invalid populate parameter. Expected a string, an array of strings, a populate object"


@dataclass(slots=True)
class Wanted:
    """What is wanted of an attribute: options as they were asked for, and what is wanted below it."""

    options: dict[str, Node] = field(default_factory=dict)
    below: Wants | None = None
    spelt: str | None = None  # a word in place of options


@dataclass(slots=True)
class Wants:
    """The attributes that are wanted; `every` means all that lead elsewhere. `named` says that paths were given."""

    attributes: dict[str, Wanted] = field(default_factory=dict)
    every: bool = False
    named: bool = False


def wants(node: Node) -> Wants:
    """Return what is wanted; refuses a shape that means nothing."""
    if node == STAR:
        return Wants(every=True)
    if node is None or node is False:
        return Wants()
    if isinstance(node, str):
        return _paths([node])
    if isinstance(node, Items):
        if not all(isinstance(item, str) for item in node.nodes):
            raise ValidationError(_MALFORMED)
        return _paths([item for item in node.nodes if isinstance(item, str)])
    if isinstance(node, Branch):
        return _named(node)
    raise ValidationError(_MALFORMED)


def truth(node: Node) -> bool | None:
    """Return yes or no as a word says it, or None for any other word."""
    if isinstance(node, bool):
        return node
    return True if node in _TRUE else False if node in _FALSE else None


def _paths(texts: list[str]) -> Wants:
    found = Wants(named=True)
    for path in (part.strip() for text in texts for part in text.split(",")):
        steps = path.split(".") if path else []
        budgets.hold_depth(len(steps), "populate")
        level: Wants = found
        for index, step in enumerate(steps):
            wanted = level.attributes.setdefault(step, Wanted())
            if index < len(steps) - 1:
                wanted.below = wanted.below or Wants(named=True)
                level = wanted.below
    return found


def _named(branch: Branch) -> Wants:
    found = Wants()
    for name, node in branch.pairs:
        if isinstance(node, Branch):
            found.attributes[name] = Wanted(dict(node.pairs))
        elif isinstance(node, str | bool):
            answer = truth(node)
            if answer is not False:
                found.attributes[name] = Wanted(spelt=None if answer else str(node))
        elif node is not None:
            raise ValidationError("Invalid nested populate. Expected '*' or an object")
    return found
