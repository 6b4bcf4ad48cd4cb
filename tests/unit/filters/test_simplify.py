"""How filters are put together."""

from __future__ import annotations

import pytest

from tessera.filters import (
    ALWAYS,
    NEVER,
    And,
    Compare,
    Exists,
    Filter,
    Not,
    Operator,
    Or,
    all_of,
    any_of,
    both,
    either,
    negate,
    one_of,
    related,
    simplify,
)

A, B, C = (Compare(name, Operator.EQ, 1) for name in "abc")


@pytest.mark.parametrize(
    ("expected", "made"),
    [
        (ALWAYS, all_of([])),
        (NEVER, any_of([])),
        (A, both(A, ALWAYS)),
        (NEVER, both(A, NEVER)),
        (A, either(A, NEVER)),
        (ALWAYS, either(A, ALWAYS)),
        (A, both(A, A)),
        (And((A, B, C)), both(both(A, B), C)),
        (Or((A, B, C)), either(A, either(B, C))),
        (A, either(A, both(A, B))),
        (A, both(A, either(A, B))),
        (A, negate(negate(A))),
        (NEVER, negate(ALWAYS)),
        (ALWAYS, negate(NEVER)),
        (NEVER, related("r", NEVER)),
        (Exists("r", ALWAYS), related("r", ALWAYS)),
        (NEVER, one_of("a", [])),
        (Compare("a", Operator.IN, (2, 1)), one_of("a", [2, 1, 2])),
        (Or((Exists("r", A), Not(B))), simplify(Or((Exists("r", And((A, ALWAYS))), Or((Not(B), NEVER)))))),
    ],
)
def test_filters_are_as_short_as_they_can_be(expected: Filter, made: Filter) -> None:
    """
    Groups are flat, without repetitions, and without parts that another part makes needless.
    """
    assert expected == made


def test_a_filter_or_its_opposite_is_not_every_row() -> None:
    """
    A null leaves both open, so that they do not cancel out.
    """
    assert Or((A, Not(A))) == either(A, negate(A))
    assert And((A, Not(A))) == both(A, negate(A))
