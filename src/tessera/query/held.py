"""What a row holds: its components, at all depths, as the tables of links have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tessera.schema.model import ComponentField, DynamicZone, Model, Schema


@dataclass(frozen=True, slots=True)
class RowKey:
    """A row of a content type or component."""

    model: str
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPart:
    """A component in its place: who holds it, in which attribute."""

    holder: RowKey
    name: str  # of the attribute
    part: RowKey


@dataclass(frozen=True, slots=True)
class Holdings:
    """All components of some rows, in the order of their lists."""

    parts: tuple[HeldPart, ...] = ()
    _by_holder: Mapping[tuple[RowKey, str], list[RowKey]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        index: dict[tuple[RowKey, str], list[RowKey]] = {}
        for held in self.parts:
            index.setdefault((held.holder, held.name), []).append(held.part)
        object.__setattr__(self, "_by_holder", index)

    def listed(self, holder: RowKey, name: str) -> Sequence[RowKey]:
        """Return the components of one attribute of a row."""
        return self._by_holder.get((holder, name), ())

    def beneath(self, rows: Iterable[RowKey]) -> Iterator[RowKey]:
        """Yield the components in some rows, with the components in them."""
        waiting, below = list(rows), self._below()
        while waiting:
            for part in below.get(waiting.pop(), ()):
                yield part
                waiting.append(part)

    def _below(self) -> dict[RowKey, list[RowKey]]:
        below: dict[RowKey, list[RowKey]] = {}
        for held in self.parts:
            below.setdefault(held.holder, []).append(held.part)
        return below


def held_in(schema: Schema, model: Model, row_id: int, data: Mapping[str, Any]) -> Holdings:
    """Return the components of a row that was read with all that it holds, their ids included."""
    return Holdings(tuple(_parts(schema, model, RowKey(model.uid, row_id), data)))


def _parts(schema: Schema, model: Model, holder: RowKey, data: Mapping[str, Any]) -> Iterator[HeldPart]:
    for name, uid, item in _items(model, data):
        part = RowKey(uid, item["id"])
        yield HeldPart(holder=holder, name=name, part=part)
        yield from _parts(schema, schema.components[uid], part, item)


def _items(model: Model, data: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for attribute in model.attributes.values():
        value = data.get(attribute.name)
        if isinstance(attribute, ComponentField) and value:
            items = value if attribute.repeatable else [value]
            yield from ((attribute.name, attribute.component, item) for item in items)
        elif isinstance(attribute, DynamicZone):
            yield from ((attribute.name, item["__component"], item) for item in value or ())
