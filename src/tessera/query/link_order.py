"""The order of a list of related entries after some of them were put into new places (database.md §5.2)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tessera.schema.content import Spot

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Move(Generic[Key]):
    """An entry that goes to a place; before and after have an anchor."""

    key: Key
    spot: Spot = Spot.END
    anchor: Key | None = None


@dataclass(frozen=True, slots=True)
class _Placed(Generic[Key]):
    key: Key
    order: float
    settled: bool  # it was there before, and keeps its place
    looked_at: bool = True


def arranged(current: Sequence[Key], moves: Sequence[Move[Key]]) -> list[Key]:
    """
    Return the list after the moves: what is moved next to the same entry stays in the order of the moves.

    An entry that is in the list already is moved; an anchor that is in no list means the end. The start is before the
    first entry that the reference looks at: anchors, the first of all and the last. So the first entry itself, moved
    to the start, comes before the last (content_manager_relations.many_to_many_from_both_sides).
    """
    looked_at = {move.anchor for move in moves} | {*current[:1], *current[-1:]}
    placed = [
        _Placed(key, float(order), settled=True, looked_at=key in looked_at) for order, key in enumerate(current, 1)
    ]
    last = float(len(placed))
    for move in _anchors_first(current, moves):
        placed = [item for item in placed if item.key != move.key]
        _insert(placed, move, last)
    by_place = sorted(enumerate(placed), key=lambda pair: (pair[1].order, not pair[1].settled, pair[0]))
    return [item.key for _, item in by_place]


def _anchors_first(current: Sequence[Key], moves: Sequence[Move[Key]]) -> Iterator[Move[Key]]:
    """Yield each move after the one that brings its anchor, if another one does; circles are cut."""
    waiting = {move.key: move for move in reversed(moves)}
    known = set(current)
    for key in dict.fromkeys(move.key for move in moves):
        chain: list[Move[Key]] = []
        move = waiting.pop(key, None)
        while move is not None:
            chain.append(move)
            anchor = move.anchor
            move = waiting.pop(anchor, None) if anchor is not None and anchor not in known else None
        yield from reversed(chain)


def _insert(placed: list[_Placed[Key]], move: Move[Key], last: float) -> None:
    index, order = _place(placed, move, last)
    placed.insert(index, _Placed(move.key, order, settled=False))


def _place(placed: Sequence[_Placed[Key]], move: Move[Key], last: float) -> tuple[int, float]:
    anchor = next((index for index, item in enumerate(placed) if item.key == move.anchor), None)
    if move.spot is Spot.BEFORE and anchor is not None:
        return anchor, _beside(placed[anchor], -0.5)
    if move.spot is Spot.AFTER and anchor is not None:
        return anchor + 1, _beside(placed[anchor], 0.5)
    if move.spot is Spot.START:
        first = next((item for item in placed if item.looked_at), None)
        return 0, 0.5 if first is None else _beside(first, -0.5)
    return len(placed), last + 0.5


def _beside(item: _Placed[Key], step: float) -> float:
    return item.order + step if item.settled else item.order
