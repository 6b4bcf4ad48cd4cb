"""Laws of filters: what they mean does not depend on how they are written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tessera.filters import And, Filter, Not, Or, all_of, any_of, both, either, evaluate, negate, simplify
from tests.properties.library import BOOK, Library, filters, libraries

BOOKS = st.sampled_from([1, 2])


@given(libraries(), BOOKS, filters(BOOK))
def test_simplifying_keeps_the_meaning(library: Library, book: int, filter_: Filter) -> None:
    """
    A simplified filter holds for the same rows, and so does its opposite.
    """
    row = library.row(BOOK, book)

    assert evaluate(filter_, row) == evaluate(simplify(filter_), row)
    assert evaluate(Not(filter_), row) == evaluate(negate(simplify(filter_)), row)


@given(filters(BOOK))
def test_simplifying_twice_changes_nothing(filter_: Filter) -> None:
    """
    What has been simplified is as simple as it gets.
    """
    once = simplify(filter_)

    assert once == simplify(once)


@given(libraries(), BOOKS, st.lists(filters(BOOK), max_size=3))
def test_groups_mean_what_they_say(library: Library, book: int, parts: list[Filter]) -> None:
    """
    All of some filters holds where each does, any of them where one does.
    """
    row = library.row(BOOK, book)
    truths = [evaluate(part, row) for part in parts]

    assert all(truths) == evaluate(all_of(parts), row) == evaluate(And(tuple(parts)), row)
    assert any(truths) == evaluate(any_of(parts), row) == evaluate(Or(tuple(parts)), row)


@given(libraries(), BOOKS, filters(BOOK), filters(BOOK))
def test_a_condition_more_never_reaches_more(library: Library, book: int, one: Filter, other: Filter) -> None:
    """
    Both of two filters hold for no row that one of them does not hold for; either of them, for every such row.
    """
    row = library.row(BOOK, book)

    assert evaluate(both(one, other), row) <= evaluate(one, row) <= evaluate(either(one, other), row)


@given(libraries(), BOOKS, filters(BOOK))
def test_nothing_is_true_together_with_its_opposite(library: Library, book: int, filter_: Filter) -> None:
    """
    A filter and its opposite never hold for the same row, though neither need hold where a null leaves it open.
    """
    row = library.row(BOOK, book)

    assert not (evaluate(filter_, row) and evaluate(negate(filter_), row))
