"""What becomes of the links of one attribute of one row: which go, which move, which are new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tessera.query.held import RowKey
from tessera.query.link_order import Move, arranged
from tessera.schema.content import Spot


@dataclass(frozen=True, slots=True)
class Connection:
    """The rows of an entry to connect (two where a draft and its publication both are), and where."""

    keys: tuple[RowKey, ...]
    spot: Spot = Spot.END
    anchor: RowKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChange:
    """A change of a relation in terms of rows: `set` replaces the list, or some rows leave it and some come."""

    set: tuple[RowKey, ...] | None = None
    connect: tuple[Connection, ...] = ()
    disconnect: tuple[RowKey, ...] = ()

    @property
    def is_placed(self) -> bool:
        """Tell whether some entry goes elsewhere than to the end."""
        return any(connection.spot is not Spot.END for connection in self.connect)

    def named(self) -> tuple[RowKey, ...]:
        """Return the rows that come or go."""
        return (*(self.set or ()), *(key for link in self.connect for key in link.keys), *self.disconnect)


@dataclass(frozen=True, slots=True)
class HeldLink:
    """A link as it is stored."""

    id: int
    other: RowKey
    order: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEdits:
    """The difference between the links that there are and those that there should be."""

    gone: tuple[int, ...] = ()
    places: tuple[tuple[int, float], ...] = ()
    added: tuple[tuple[RowKey, float], ...] = ()


def edits(before: Sequence[HeldLink], change: LinkChange, *, single: bool, last: float = 0.0) -> LinkEdits:
    """
    Return the edits that make a change.

    `before` is the whole list in its order, unless every entry goes to the end: then the links of the entries that
    are named will do, and `last` is the last place in the list.
    """
    if change.set is not None or (single and change.connect):
        wanted = change.set if change.set is not None else change.connect[-1].keys
        return _replaced(before, list(dict.fromkeys(wanted)))
    leaving = set(change.disconnect)
    gone = tuple(link.id for link in before if link.other in leaving)
    staying = [link for link in before if link.other not in leaving]
    if not change.connect:
        return LinkEdits(gone=gone)
    if not change.is_placed:
        return _appended(staying, change, gone, last)
    moves = [Move(key, link.spot, link.anchor) for link in change.connect for key in link.keys]
    moved = _replaced(staying, arranged([link.other for link in staying], moves))
    return LinkEdits(gone=(*gone, *moved.gone), places=moved.places, added=moved.added)


def _replaced(before: Sequence[HeldLink], wanted: Sequence[RowKey]) -> LinkEdits:
    held = {link.other: link for link in reversed(before)}
    kept = {held[key].id for key in wanted if key in held}
    places, added = [], []
    for order, key in enumerate(wanted, 1):
        link = held.get(key)
        if link is None:
            added.append((key, float(order)))
        elif link.order != order:
            places.append((link.id, float(order)))
    gone = tuple(link.id for link in before if link.id not in kept)
    return LinkEdits(gone=gone, places=tuple(places), added=tuple(added))


def _appended(staying: Sequence[HeldLink], change: LinkChange, gone: tuple[int, ...], last: float) -> LinkEdits:
    held = {link.other: link for link in staying}
    places, added = [], []
    for step, key in enumerate(dict.fromkeys(key for link in change.connect for key in link.keys), 1):
        if key in held:
            places.append((held[key].id, last + step))
        else:
            added.append((key, last + step))
    return LinkEdits(gone=gone, places=tuple(places), added=tuple(added))
