"""
What becomes of the components of an entry: new ones, those that stay and change, those that go.

The content of a write is laid out flat: node 0 is the entry itself, every component of the content is a node after it.
Their ids are known only once the rows are written, so lists name nodes by their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tessera.query.held import Holdings, RowKey
from tessera.schema.content import Fields, Part
from tessera.schema.model import DynamicZone, Model, Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A row that the content is about; one without an id is new."""

    model: str
    id: int | None
    fields: Fields

    @property
    def key(self) -> RowKey | None:
        """Return the row, if there is one already."""
        return None if self.id is None else RowKey(self.model, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartList:
    """The components of one attribute after the write; `moved` tells that the rows which list them have to change."""

    holder: int  # the number of a node
    name: str
    items: tuple[int, ...]
    ordered: bool  # false for a single component, whose order is null
    moved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPlan:
    """The nodes of a write, the lists that connect them, and the components that are in none of them any more."""

    nodes: tuple[Node, ...]
    lists: tuple[PartList, ...] = ()
    gone: tuple[RowKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Unrelated:
    """An attribute that names a component which is not there."""

    name: str
    in_zone: bool


def plan_parts(schema: Schema, model: str, row_id: int | None, fields: Fields, held: Holdings) -> PartPlan | Unrelated:
    """Return what a write does to the components of a row, given those that it holds."""
    planner = _Planner(schema, held, [Node(model=model, id=row_id, fields=fields)], [], [])
    if (unrelated := planner.read(0)) is not None:
        return unrelated
    gone = [*planner.gone, *held.beneath(planner.gone)]
    return PartPlan(nodes=tuple(planner.nodes), lists=tuple(planner.lists), gone=tuple(dict.fromkeys(gone)))


@dataclass(slots=True)
class _Planner:
    schema: Schema
    held: Holdings
    nodes: list[Node]
    lists: list[PartList]
    gone: list[RowKey]

    def read(self, holder: int) -> Unrelated | None:
        """Plan the components of one node, and of those in it."""
        for name, parts in self.nodes[holder].fields.parts.items():
            found = self._list(holder, name, parts)
            if isinstance(found, Unrelated):
                return found
            for item in found.items:
                if (unrelated := self.read(item)) is not None:
                    return unrelated
        return None

    def _list(self, holder: int, name: str, parts: Sequence[Part]) -> PartList | Unrelated:
        node = self.nodes[holder]
        before = self.held.listed(node.key, name) if node.key is not None else ()
        known = set(before)
        attribute = self._model(node.model).attributes[name]
        if any(part.id is not None and RowKey(part.uid, part.id) not in known for part in parts):
            return Unrelated(name, isinstance(attribute, DynamicZone))
        kept = [RowKey(part.uid, part.id) for part in parts if part.id is not None]
        self.gone.extend(row for row in before if row not in set(kept))
        planned = PartList(
            holder=holder,
            name=name,
            items=tuple(self._number(parts)),
            ordered=isinstance(attribute, DynamicZone) or bool(getattr(attribute, "repeatable", False)),
            moved=kept != list(before) or len(parts) != len(kept),
        )
        self.lists.append(planned)
        return planned

    def _number(self, parts: Iterable[Part]) -> Iterator[int]:
        for part in parts:
            self.nodes.append(Node(model=part.uid, id=part.id, fields=part.fields))
            yield len(self.nodes) - 1

    def _model(self, uid: str) -> Model:
        model = self.schema.model(uid)
        if model is None:
            raise KeyError(uid)
        return model
