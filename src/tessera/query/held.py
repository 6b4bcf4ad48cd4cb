"""What a row holds: its components, at all depths, as the tables of links have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field


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
