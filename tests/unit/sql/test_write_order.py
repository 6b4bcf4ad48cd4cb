"""The order of related entries after moves, and the edits that bring a list into it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tessera.query.held import RowKey
from tessera.query.link_change import Connection, HeldLink, LinkChange, edits
from tessera.query.link_order import Move, arranged
from tessera.schema.content import Spot

LISTS = st.lists(st.integers(0, 9), unique=True, max_size=8)


@given(LISTS, st.integers(10, 19))
def test_a_new_entry_goes_where_it_is_told(current: list[int], new: int) -> None:
    """
    The end is behind all, the start before all, and beside an entry is directly beside it.
    """
    assert [*current, new] == arranged(current, [Move(new)])
    assert [new, *current] == arranged(current, [Move(new, Spot.START)])
    for place, anchor in enumerate(current):
        before = arranged(current, [Move(new, Spot.BEFORE, anchor)])
        after = arranged(current, [Move(new, Spot.AFTER, anchor)])
        assert [*current[:place], new, *current[place:]] == before
        assert [*current[: place + 1], new, *current[place + 1 :]] == after


@given(LISTS, st.lists(st.builds(Move, st.integers(0, 19), st.sampled_from(Spot), st.integers(0, 19)), max_size=6))
def test_moves_lose_and_double_nothing(current: list[int], moves: list[Move[int]]) -> None:
    """
    After any moves every entry is there once: those that were there and those that came.
    """
    assert sorted({*current, *(move.key for move in moves)}) == sorted(arranged(current, moves))


@given(LISTS, st.lists(st.integers(10, 19), unique=True, max_size=6))
def test_entries_moved_to_the_same_place_keep_their_order(current: list[int], new: list[int]) -> None:
    """
    What is put to the end in one request stands there in the order of the request.
    """
    assert [*current, *new] == arranged(current, [Move(key) for key in new])


def test_a_chain_of_anchors_is_resolved() -> None:
    """
    An entry may be placed beside one that comes with the same request, wherever that stands in it.
    """
    moves = [Move("c", Spot.AFTER, "b"), Move("b", Spot.AFTER, "a")]

    assert ["a", "b", "c", "z"] == arranged(["a", "z"], moves)


def _key(number: int) -> RowKey:
    return RowKey("api::thing.thing", number)


def _held(*numbers: int) -> list[HeldLink]:
    return [
        HeldLink(id=100 + number, other=_key(number), order=float(place)) for place, number in enumerate(numbers, 1)
    ]


@given(LISTS, LISTS)
def test_a_set_makes_the_list_that_it_says(before: list[int], wanted: list[int]) -> None:
    """
    Applying the edits of a set to the links gives its list; links that stay keep their rows.
    """
    change = LinkChange(set=tuple(map(_key, wanted)))
    found = edits(_held(*before), change, single=False)
    orders = {link.other: link.order for link in _held(*before) if link.id not in found.gone}
    places = dict(found.places)
    orders.update({link.other: places[link.id] for link in _held(*before) if link.id in places})
    orders.update(dict(found.added))

    assert wanted == [key.id for key in sorted(orders, key=lambda key: orders[key] or 0)]
    assert {link.id for link in _held(*before) if link.other.id not in wanted} == set(found.gone)


def test_one_place_holds_the_last_one_that_is_connected() -> None:
    """
    A relation to one entry lets the old one go.
    """
    found = edits(_held(1), LinkChange(connect=(Connection((_key(2),)),)), single=True)

    assert ((101,), ((_key(2), 1.0),)) == (found.gone, found.added)


def test_connecting_what_is_connected_moves_it_to_the_end() -> None:
    """
    No second link is made; the first one gets the last place.
    """
    change = LinkChange(connect=(Connection((_key(1),)),))
    found = edits(_held(1), change, single=False, last=3.0)

    assert ((), ((101, 4.0),), ()) == (found.gone, found.places, found.added)
