"""What each operator means, with the answers that the reference gives on SQLite."""

from __future__ import annotations

from typing import Any

import pytest

from tessera.filters import ALWAYS, NEVER, Compare, Exists, Filter, Not, Operator, Or, evaluate

ADA = {"id": 1, "name": "Ada", "summary": None, "views": 20, "author": None, "tags": [{"name": "sea"}, {"name": None}]}


@pytest.mark.parametrize(
    ("attribute", "operator", "value", "expected"),
    [
        ("name", Operator.EQ, "Ada", True),
        ("name", Operator.EQ, "ada", False),
        ("name", Operator.EQI, "ADA", True),
        ("name", Operator.NE, "ada", True),
        ("name", Operator.NEI, "ADA", False),
        ("name", Operator.LT, "B", True),
        ("views", Operator.LTE, 20, True),
        ("views", Operator.GT, 20, False),
        ("views", Operator.GTE, 20, True),
        ("views", Operator.IN, (10, 20), True),
        ("views", Operator.IN, (), False),
        ("views", Operator.NOT_IN, (10,), True),
        ("views", Operator.NOT_IN, (), True),
        ("views", Operator.BETWEEN, (20, 30), True),
        ("views", Operator.BETWEEN, (30, 20), False),
        ("views", Operator.CONTAINS, "0", True),
        ("name", Operator.CONTAINS, "DA", True),
        ("name", Operator.CONTAINS, "%", False),
        ("name", Operator.CONTAINSI, "DA", True),
        ("name", Operator.NOT_CONTAINS, "da", False),
        ("name", Operator.NOT_CONTAINSI, "x", True),
        ("name", Operator.STARTS_WITH, "a", True),
        ("name", Operator.STARTS_WITHI, "d", False),
        ("name", Operator.ENDS_WITH, "A", True),
        ("name", Operator.ENDS_WITHI, "d", False),
        ("name", Operator.NULL, None, False),
        ("name", Operator.NOT_NULL, None, True),
        ("summary", Operator.NULL, None, True),
    ],
)
def test_operators(attribute: str, operator: Operator, value: Any, expected: bool) -> None:  # noqa: ANN401
    """
    Text is compared as SQLite does it: patterns ignore the case of ASCII letters (content_api_filters.patterns).
    """
    assert expected == evaluate(Compare(attribute, operator, value), ADA)


@pytest.mark.parametrize("folded", ["É", "é"])
def test_letters_beyond_ascii_keep_their_case(folded: str) -> None:
    """
    An accented letter is only found in its own case (content_manager_queries.operators_on_text).
    """
    row = {"title": "Épsilon"}

    assert (folded == "É") == evaluate(Compare("title", Operator.CONTAINSI, folded), row)


@pytest.mark.parametrize(
    "filter_",
    [
        Compare("summary", Operator.EQ, "x"),
        Compare("summary", Operator.NE, "x"),
        Compare("summary", Operator.IN, ("x",)),
        Compare("summary", Operator.NOT_IN, ("x",)),
        Compare("summary", Operator.NOT_CONTAINS, "x"),
    ],
)
def test_nothing_is_known_of_a_null(filter_: Filter) -> None:
    """
    A comparison with a null is not true, and neither is its opposite (content_api_filters.nulls).
    """
    assert not evaluate(filter_, ADA)
    assert not evaluate(Not(filter_), ADA)
    assert evaluate(Or((filter_, ALWAYS)), ADA)


def test_a_relation_lists_any_row_that_fits() -> None:
    """
    One related row is enough, and no related row is never unknown.
    """
    sea = Compare("name", Operator.EQ, "sea")

    assert evaluate(Exists("tags", sea), ADA)
    assert not evaluate(Exists("tags", NEVER), ADA)
    assert evaluate(Not(Exists("author", ALWAYS)), ADA)


def test_what_a_row_does_not_tell_is_not_guessed() -> None:
    """
    A filter about something that the row lacks is an error, not an answer.
    """
    with pytest.raises(KeyError):
        evaluate(Not(Exists("createdBy", ALWAYS)), ADA)


@pytest.mark.parametrize(
    ("operator", "value"),
    [
        (Operator.EQ, None),
        (Operator.EQ, ("a",)),
        (Operator.IN, "abc"),
        (Operator.BETWEEN, (1,)),
        (Operator.NULL, 1),
    ],
)
def test_a_value_that_an_operator_cannot_take_makes_no_filter(operator: Operator, value: Any) -> None:  # noqa: ANN401
    """
    Such a filter cannot be made, so it cannot be misunderstood either.
    """
    with pytest.raises(TypeError):
        Compare("name", operator, value)
