"""The `sort` of a question, checked and guarded; what may not be sorted by is left out or refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tessera.errors import ValidationError
from tessera.query import budgets
from tessera.query.conditions import EVERY, NO, Condition, all_of
from tessera.query.filtering import Filtering
from tessera.query.plan import SortKey, StatusKey
from tessera.query.question import Branch, Items, Node
from tessera.query.sight import Part
from tessera.schema.model import Component, ComponentField, Media, Model, Relation, Scalar
from tessera.schema.naming import FILE

_DIRECTIONS: Final = {"asc": False, "desc": True}
STATUS: Final = "status"
_RESERVED: Final = frozenset({"__proto__", "prototype", "constructor"})

Path = tuple[str, ...]


def sort_keys(
    filtering: Filtering, node: Node, model: Model, *, by_status: bool | None = None, part: Part | None = None
) -> tuple[SortKey | StatusKey, ...]:
    """
    Return the keys to sort by.

    `status` is the status of the document unless `by_status` is None; it is left out when it is the same of all rows.
    """
    takes_status = by_status is not None and STATUS not in model.attributes
    keys: list[SortKey | StatusKey] = []
    last: list[SortKey | StatusKey] = []  # The status sorts after everything else.
    for path, descending in _wishes(node, strict=filtering.strict):
        if path == (STATUS,) and takes_status:
            last.append(StatusKey(descending))
            continue
        steps = _Walk(filtering, model, part=part).of(path)
        if steps is not None:
            keys.append(SortKey(path, steps, descending))
    keys += last[:1] if by_status else []
    budgets.hold(len(keys), budgets.SORTS, "sort keys")
    return tuple(keys)


def _wishes(node: Node, *, strict: bool) -> Iterator[tuple[Path, bool]]:
    if isinstance(node, str):
        for segment in node.split(","):
            if segment.partition(":")[0].strip():
                yield _segment(segment, strict=strict)
    elif isinstance(node, Items):
        for item in node.nodes:
            yield from _wishes(item, strict=strict)
    elif isinstance(node, Branch):
        yield from _nested(node, ())
    elif node is not None and node is not True:
        raise ValidationError(
            "Invalid sort parameter. Expected a string, an array of strings, a sort object or an array of sort objects"
        )


def _segment(segment: str, *, strict: bool) -> tuple[Path, bool]:
    field, _, rest = segment.strip().partition(":")
    if field.strip() in _RESERVED:
        raise ValidationError("Invalid sort query")
    # The Content API does not know a key with a space after it (content_api_read.sorting).
    path = tuple((field if strict else field.strip()).split("."))
    return path, _descending(rest.partition(":")[0].strip() or "asc")


def _nested(branch: Branch, path: Path) -> Iterator[tuple[Path, bool]]:
    for key, held in branch.pairs:
        if isinstance(held, Branch):
            yield from _nested(held, (*path, key))
        elif isinstance(held, str):
            if held.strip():
                yield (*path, key), _descending(held.strip())
        else:
            raise ValidationError("Invalid sort type expected object or string got object")


def _descending(direction: str) -> bool:
    found = _DIRECTIONS.get(direction.lower())
    if found is None:
        raise ValidationError("Invalid order. order can only be one of asc|desc|ASC|DESC")
    return found


@dataclass(slots=True)
class _Walk:
    """Follows a path from model to model and gathers what has to hold of the rows on the way."""

    filtering: Filtering
    model: Model
    steps: list[Condition] = field(default_factory=lambda: [EVERY])
    part: Part | None = None  # where the model stands when it is a component
    owner: int = 0  # the step of the content type that the components on the way belong to

    def of(self, path: Path) -> tuple[Condition, ...] | None:
        """Return a condition for each name of the path, or None when it leads to what may not be sorted by."""
        budgets.hold_depth(len(path) - 1, "sort")
        outside = self.part is not None  # The row that the rights of a component depend on is not on the way.
        for index, name in enumerate(path):
            target = self._target(name, path[:index])
            is_last = index == len(path) - 1
            if target is None and not is_last:
                raise self.filtering.refusals.invalid_key(path[index + 1], path[: index + 1])
            if not self._allowed(name) or (target is not None and (is_last or not self._enter(name, target))):
                self._leave_out(path[: index + 1])
                return None
        return None if outside and self.steps[0] != EVERY else tuple(self.steps)

    def _allowed(self, name: str) -> bool:
        guard = self.filtering.sight.asked(self.model, name, self.part)
        self.steps[self.owner] = all_of(self.steps[self.owner], guard)
        return guard != NO

    def _enter(self, name: str, target: Model) -> bool:
        if isinstance(target, Component):
            self.part = self.part.within(name) if self.part else Part(self.model, f"{name}.")
            self.steps.append(EVERY)
        else:
            visible = self.filtering.visible(target)
            if visible is None:
                return False
            self.steps.append(visible)
            self.owner, self.part = len(self.steps) - 1, None
        self.model = target
        return True

    def _target(self, name: str, walked: Path) -> Model | None:
        schema = self.filtering.sight.schema
        match self.model.attributes.get(name):
            case Scalar():
                return None
            case Relation(target=str(uid)) | ComponentField(component=uid):
                return schema.model(uid)
            case Media():
                return schema.model(FILE)
            case None:
                if name not in ("id", "documentId"):
                    raise self.filtering.refusals.invalid_key(name, walked)
                return None
        raise self.filtering.refusals.invalid_key(name, (*walked, name))

    def _leave_out(self, walked: Path) -> None:
        if self.filtering.strict:
            raise self.filtering.refusals.invalid_key(walked[-1], walked)
