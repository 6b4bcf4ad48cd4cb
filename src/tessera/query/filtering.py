"""
The `filters` of a question, checked and guarded.

Negation is carried down to the leaves, with the meaning that a joined query gives it: `$not` over a related field looks
for a related row of which the opposite holds. A related field is null, too, where nothing is related.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tessera.errors import ValidationError
from tessera.query import budgets
from tessera.query.conditions import (
    EVERY,
    NO,
    All,
    AnyOf,
    Condition,
    Granted,
    Linked,
    Null,
    OfVersion,
    Operator,
    Slot,
    Test,
    all_of,
    any_of,
)
from tessera.query.conversions import Conversion, Pattern, conversion_for
from tessera.query.question import Branch, Items, Leaf, Node
from tessera.query.refusals import Refusals
from tessera.query.sight import Part, Sight
from tessera.schema.model import Component, ComponentField, Media, Model, Relation, Scalar
from tessera.schema.naming import FILE

GROUPS: Final = {"$and": all_of, "$or": any_of}
NULLS: Final = {"$null": False, "$notNull": True}
_PLAIN: Final = {
    "$eq": (Operator.EQUAL, Operator.UNEQUAL),
    "$ne": (Operator.UNEQUAL, Operator.EQUAL),
    "$gt": (Operator.GREATER, Operator.AT_MOST),
    "$gte": (Operator.AT_LEAST, Operator.LESS),
    "$lt": (Operator.LESS, Operator.AT_LEAST),
    "$lte": (Operator.AT_MOST, Operator.GREATER),
}
_LISTS: Final = {
    "$in": (Operator.IN, Operator.NOT_IN),
    "$notIn": (Operator.NOT_IN, Operator.IN),
    "$between": (Operator.BETWEEN, Operator.NOT_BETWEEN),
}
_LIKE: Final = (Operator.LIKE, Operator.UNLIKE)
_LIKE_FOLDED: Final = (Operator.LIKE_FOLDED, Operator.UNLIKE_FOLDED)
_TEXTS: Final = {
    "$eqi": ((Operator.EQUAL_FOLDED, Operator.UNEQUAL_FOLDED), Pattern.WHOLE),
    "$nei": ((Operator.UNEQUAL_FOLDED, Operator.EQUAL_FOLDED), Pattern.WHOLE),
    "$contains": (_LIKE, Pattern.ANYWHERE),
    "$notContains": (_LIKE[::-1], Pattern.ANYWHERE),
    "$containsi": (_LIKE_FOLDED, Pattern.ANYWHERE),
    "$notContainsi": (_LIKE_FOLDED[::-1], Pattern.ANYWHERE),
    "$startsWith": (_LIKE, Pattern.START),
    "$startsWithi": (_LIKE_FOLDED, Pattern.START),
    "$endsWith": (_LIKE, Pattern.END),
    "$endsWithi": (_LIKE_FOLDED, Pattern.END),
}
OPERATORS: Final = frozenset({*GROUPS, *NULLS, *_PLAIN, *_LISTS, *_TEXTS, "$not"})


@dataclass(frozen=True, slots=True)
class Filtering:
    """
    Plans filters for one audience.

    What may not be asked about is left out of the question or, when `strict`, refused. `visible` says which related
    rows count; None means that nothing may be asked of them.
    """

    sight: Sight
    refusals: Refusals
    visible: Callable[[Model], Condition | None]
    strict: bool = False

    def planned(self, node: Node, model: Model, part: Part | None = None) -> Condition:
        """Return the condition that filters put on rows of a model; a component is part of a content type."""
        scope = _Scope(self, model, part, ())
        if self.strict:
            scope.refuse_passwords(node)
        found = scope.where(node, negated=False) or EVERY
        # A right that depends on the row of the holder cannot be looked up from a component.
        return NO if scope.guards else found


@dataclass(slots=True)
class _Scope:
    """A model whose rows are asked about, and where it stands when it is a component."""

    filtering: Filtering
    model: Model
    part: Part | None
    path: tuple[str, ...]
    guards: list[Condition] = field(default_factory=list)  # on the owner's row

    def refuse_passwords(self, node: Node) -> None:
        """Refuse a password wherever it stands, before anything else is."""
        if isinstance(node, Items):
            for item in node.nodes:
                self.refuse_passwords(item)
        for key, value in node.pairs if isinstance(node, Branch) else ():
            attribute = self.model.attributes.get(key)
            target = self._target(attribute)
            if attribute is not None and attribute.type == "password":
                raise self._refused(key, own=True)
            if attribute is None:
                self.refuse_passwords(value)
            elif target is not None:
                _Scope(self.filtering, target, None, (*self.path, key)).refuse_passwords(value)

    def where(self, node: Node, *, negated: bool) -> Condition | None:
        """Return the condition of an object or list of them; None when nothing of it may be asked."""
        if isinstance(node, Branch):
            parts = [self._pair(key, value, negated=negated) for key, value in node.pairs]
        elif isinstance(node, Items):
            parts = [self.where(item, negated=negated) for item in node.nodes]
        else:
            return None
        return _joined(parts, any_of if negated else all_of)

    def _pair(self, key: str, value: Node, *, negated: bool) -> Condition | None:
        if key in GROUPS:
            return self._group(key, value, negated=negated)
        if key == "$not":
            return self.where(value, negated=not negated)
        if key in ("id", "documentId") and self.filtering.sight.is_shown(self.model, key):
            conversion = Conversion.ID if key == "id" else Conversion.TEXT
            return self._guarded(key, self._tests(key, conversion, value, negated=negated))
        attribute = self.model.attributes.get(key)
        if attribute is None:
            raise self._refused(key)
        if isinstance(attribute, Scalar) and attribute.type != "password":
            conversion = conversion_for(attribute.kind)
            return self._guarded(key, self._tests(key, conversion, value, negated=negated))
        target = self._target(attribute)
        if target is not None:
            guard = self._guard(key)
            return None if guard == NO else self._beside(guard, self._linked(key, target, value, negated=negated))
        if not isinstance(attribute, Scalar):
            raise self._refused(key, own=True)
        self._leave_out(key)
        return None

    def _group(self, key: str, value: Node, *, negated: bool) -> Condition | None:
        if not isinstance(value, Items):
            raise ValidationError(f"Operator {key} must be an array")
        parts = [self.where(item, negated=negated) for item in value.nodes]
        other = any_of if key == "$and" else all_of
        return _joined(parts, other if negated else GROUPS[key])

    def _guarded(self, name: str, condition: Condition | None) -> Condition | None:
        guard = self._guard(name)
        return None if guard == NO else self._beside(guard, condition)

    def _guard(self, name: str) -> Condition:
        guard = self.filtering.sight.asked(self.model, name, self.part)
        if guard == NO:
            self._leave_out(name)
        return guard

    def _beside(self, guard: Condition, condition: Condition | None) -> Condition | None:
        """Put the guard of an attribute beside its condition; of a component's it goes to the owner's row."""
        if condition is None or guard == EVERY:
            return condition
        if isinstance(self.model, Component):
            self.guards.append(guard)
            return condition
        return all_of(guard, condition)

    def _leave_out(self, name: str) -> None:
        if self.filtering.strict:
            raise self._refused(name, own=True)

    def _target(self, attribute: object) -> Model | None:
        schema = self.filtering.sight.schema
        if isinstance(attribute, Relation):
            return schema.model(attribute.target) if attribute.target else None
        if isinstance(attribute, ComponentField):
            return schema.model(attribute.component)
        return schema.model(FILE) if isinstance(attribute, Media) else None

    def _linked(self, name: str, target: Model, value: Node, *, negated: bool) -> Condition | None:
        budgets.hold_depth(len(self.path) + 1, "filters")
        is_part = isinstance(target, Component)
        visible = EVERY if is_part else self.filtering.visible(target)
        if visible is None:
            self._leave_out(name)
        inner = _Scope(
            self.filtering,
            target,
            (self.part.within(name) if self.part else Part(self.model, f"{name}.")) if is_part else None,
            (*self.path, name),
        )
        condition = inner.inside(value, negated=negated, unseen=visible is None)
        if condition is None:
            return None
        found: Condition = Linked(name, all_of(visible or EVERY, condition))
        if holds_of_nothing(condition):
            found = any_of(found, Linked(name, visible or EVERY, negated=True))
        if not is_part:
            return found
        if isinstance(self.model, Component):
            self.guards.extend(inner.guards)
            return found
        return all_of(*inner.guards, found)

    def inside(self, value: Node, *, negated: bool, unseen: bool) -> Condition | None:
        """Return the condition on a linked row: a filter of its own, or an operator on its id."""
        operators = [key for key, _ in value.pairs if key in OPERATORS] if isinstance(value, Branch) else []
        if isinstance(value, Branch) and (not operators or all(key in (*GROUPS, "$not") for key in operators)):
            if operators and len(operators) != len(value.pairs):
                raise ValidationError("Operator and non-operator keys cannot be mixed in a relation where clause")
            return None if unseen else self.where(value, negated=negated)
        if isinstance(value, Branch) and len(operators) != len(value.pairs):
            raise ValidationError("Operator and non-operator keys cannot be mixed in a relation where clause")
        if unseen and not _asks_for_presence(value):
            return None
        return self._tests("id", Conversion.ID, value, negated=negated)

    def _tests(self, name: str, conversion: Conversion, value: Node, *, negated: bool) -> Condition | None:
        if isinstance(value, Leaf) or value is None:
            return self._test(name, conversion, "$eq", value, negated=negated)
        if isinstance(value, Items):
            return self._test(name, conversion, "$in", value, negated=negated)
        if not isinstance(value, Branch):
            return NO
        parts = [self._operator(name, conversion, key, held, negated=negated) for key, held in value.pairs]
        return _joined(parts, any_of if negated else all_of)

    def _operator(self, name: str, conversion: Conversion, key: str, value: Node, *, negated: bool) -> Condition | None:
        if key == "$not":
            return self._tests(name, conversion, value, negated=not negated)
        if key not in OPERATORS or key in GROUPS:
            raise self.filtering.refusals.invalid_key(key, (*self.path, name))
        if isinstance(value, Branch) and not any(inner in OPERATORS for inner, _ in value.pairs):
            return None  # A list with wide gaps is no list and counts as none (content_api_filters.encodings).
        if isinstance(value, Items) and key not in _LISTS and key not in NULLS:
            parts = [self._test(name, conversion, key, item, negated=negated) for item in value.nodes]
            return _joined(parts, all_of if negated else any_of)
        return self._test(name, conversion, key, value, negated=negated)

    def _test(self, name: str, conversion: Conversion, key: str, value: Node, *, negated: bool) -> Condition:
        if key in NULLS:
            return self._null(name, key, value, negated=negated)
        if key in _LISTS:
            return _listed(name, conversion, key, value, negated=negated)
        if value is None and key in ("$eq", "$eqi", "$ne", "$nei"):
            return Null(name, negated=(key in ("$ne", "$nei")) is not negated)
        if not isinstance(value, Leaf):
            return NO  # An operator inside an operator finds nothing (content_api_filters.refused_keys).
        if key in _PLAIN:
            return Test(name, _PLAIN[key][negated], (Slot(value.index, conversion),))
        operators, pattern = _TEXTS[key]
        return Test(name, operators[negated], (Slot(value.index, Conversion.TEXT, pattern),))

    def _null(self, name: str, key: str, value: Node, *, negated: bool) -> Condition:
        if isinstance(value, Branch | Items):
            return NO
        wanted = bool(value) is not NULLS[key]
        return Null(name, negated=wanted is negated)

    def _refused(self, key: str, *, own: bool = False) -> ValidationError:
        return self.filtering.refusals.invalid_key(key, (*self.path, key) if own else self.path)


def holds_of_nothing(condition: Condition) -> bool:
    """Tell whether a condition on a linked row holds where nothing is linked, all of whose fields are null."""
    match condition:
        case All(parts):
            return all(holds_of_nothing(part) for part in parts)
        case AnyOf(parts):
            return any(holds_of_nothing(part) for part in parts)
        case Null(negated=negated):
            return not negated
        case Linked(negated=negated):
            return negated
        case Granted() | OfVersion():
            return True
    return False


def _listed(name: str, conversion: Conversion, key: str, value: Node, *, negated: bool) -> Condition:
    nodes = value.nodes if isinstance(value, Items) else (value,)
    leaves = [node for node in nodes if isinstance(node, Leaf)]
    operator = _LISTS[key][negated]
    if len(leaves) != len(nodes) and operator is not Operator.IN:
        return NO  # What is no value equals none: one of others it does no harm (content_api_filters.encodings).
    if key == "$between" and len(leaves) != 2:  # noqa: PLR2004 - two ends
        raise ValidationError("Operator $between takes two values")
    if not leaves:
        return NO if operator is Operator.IN else Null(name, negated=True)
    return Test(name, operator, tuple(Slot(leaf.index, conversion) for leaf in leaves))


def _asks_for_presence(value: Node) -> bool:
    return value is None or (isinstance(value, Branch) and all(key in NULLS for key, _ in value.pairs))


def _joined(parts: Sequence[Condition | None], join: Callable[..., Condition]) -> Condition | None:
    kept = [part for part in parts if part is not None]
    return join(*kept) if kept else None
