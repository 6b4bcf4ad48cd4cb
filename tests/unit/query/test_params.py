"""The parser of bracketed query strings; the expected values were recorded from the reference's parser."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tessera.errors import ValidationError
from tessera.query.params import ARRAY_LIMIT, DEPTH, PARAMETER_LIMIT, parse

RECORDED: list[tuple[str, dict[str, Any]]] = [
    ("a=1", {"a": "1"}),
    ("a[b]=1&a[c]=2", {"a": {"b": "1", "c": "2"}}),
    ("a[]=1&a[]=2", {"a": ["1", "2"]}),
    ("a[0]=1&a[2]=3", {"a": ["1", "3"]}),
    ("a=1&a=2", {"a": ["1", "2"]}),
    ("a[b]=1&a=2", {"a": [{"b": "1"}, "2"]}),
    ("a=1&a[b]=2", {"a": ["1", {"b": "2"}]}),
    ("a=&a[b]=2", {"a": ["", {"b": "2"}]}),
    ("a[b]=1&a=", {"a": {"b": "1"}}),
    ("a", {"a": None}),
    ("a[", {"a": {"[": None}}),
    ("a]=1", {"a]": "1"}),
    ("[a]=1", {"a": "1"}),
    ("[0]=1", {"0": "1"}),
    ("[]=1", {"0": "1"}),
    ("=x", {}),
    ("&&", {}),
    ("a[b[c]]=1", {"a": {"b[c]": "1"}}),
    ("a[b]c[d]=1", {"a": {"b": {"d": "1"}}}),
    ("a[[b]]=1", {"a": {"[b]": "1"}}),
    ("filters[title=apple", {"filters": {"[title": "apple"}}),
    ("a%5Bb%5D=%20+", {"a": {"b": "  "}}),
    ("a=%E0%A4%A", {"a": "%E0%A4%A"}),
    ("a[5]=1&a[99]=2", {"a": ["1", "2"]}),
    ("a[0]=10&a[101]=20", {"a": {"0": "10", "101": "20"}}),
    ("a[100]=1&a[]=2", {"a": {"0": "2", "100": "1"}}),
    ("__proto__[a]=1", {}),
    ("a[__proto__][b]=1", {}),
    ("a[constructor]=1", {}),
    ("a[toString]", {}),
    ("a=1&a[0]=2", {"a": ["1", "2"]}),
    ("a[0]=1&a=2", {"a": ["1", "2"]}),
    ("a[0]=1&a[x]=2", {"a": {"0": "1", "x": "2"}}),
    ("a[x]=2&a[0]=1", {"a": {"0": "1", "x": "2"}}),
    ("a[x][]=1&a[x][]=2", {"a": {"x": ["1", "2"]}}),
    ("a[0][0]=1", {"a": [["1"]]}),
    ("a[0][b]=1&a[0][c]=2", {"a": [{"b": "1", "c": "2"}]}),
    ("a[][b]=1&a[][c]=2", {"a": [{"b": "1", "c": "2"}]}),
    ("a=1&b", {"a": "1", "b": None}),
    ("a[]", {"a": [None]}),
    ("a[]=", {"a": [""]}),
    ("a[]=&a[]=", {"a": ["", ""]}),
    ("a[01]=1", {"a": {"01": "1"}}),
    ("a[-1]=1", {"a": {"-1": "1"}}),
    ("a[1e1]=2", {"a": {"1e1": "2"}}),
    ("a=b%5D=c", {"a=b]": "c"}),
    ("a[b]=]=c", {"a": {"b": "]=c"}}),
    ("a[200]=1&a[201]=2&a=3", {"a": {"200": "1", "201": "2", "202": "3"}}),
    ("a=1&a[200]=2", {"a": {"0": "1", "201": "2"}}),
    ("a[200]=1&a[b]=2&a=3", {"a": {"200": "1", "201": "3", "b": "2"}}),
    ("a[b][200]=1&a[b][]=2", {"a": {"b": {"0": "2", "200": "1"}}}),
    ("a[0]=1&a[0]=2", {"a": [["1", "2"]]}),
    ("a[0][x]=1&a[0]=2", {"a": [{"x": "1"}, "2"]}),
    ("a[0]=2&a[0][x]=1", {"a": ["2", {"x": "1"}]}),
    ("a.b=1", {"a.b": "1"}),
    ("a[b].c=1", {"a": {"b": "1"}}),
    ("%00=1", {"\x00": "1"}),
    ("a[%00]=1", {"a": {"\x00": "1"}}),
    ("a[b]=%00", {"a": {"b": "\x00"}}),
    ("%5B%5D=1", {"0": "1"}),
    ("a[]b=1", {"a": ["1"]}),
    ("a[ ]=1", {"a": {" ": "1"}}),
    ("a[+]=1", {"a": {" ": "1"}}),
]


@pytest.mark.parametrize(("query", "expected"), RECORDED)
def test_query_strings_read_as_the_reference_reads_them(query: str, expected: dict[str, Any]) -> None:
    """
    Brackets, lists, holes, repeated keys and broken encodings mean what they mean to the reference.
    """
    assert expected == parse(query)


def test_a_list_that_is_too_long_becomes_an_object() -> None:
    """
    More than a hundred entries, or an index beyond, give an object with number keys.
    """
    many = parse("&".join(f"a[]={number}" for number in range(ARRAY_LIMIT + 5)))

    assert {str(number): str(number) for number in range(ARRAY_LIMIT + 5)} == many["a"]


def test_brackets_are_followed_twenty_levels_deep() -> None:
    """
    What is nested deeper stays one literal key, so that nobody builds a bottomless value.
    """
    value: Any = parse("a" + "[b]" * (DEPTH + 2) + "=1")["a"]
    for _ in range(DEPTH):
        value = value["b"]

    assert value == {"[b][b]": "1"}


def test_more_parameters_than_the_limit_are_refused() -> None:
    """
    A thousand parameters are read; one more is refused rather than dropped, since it might be a filter.
    """
    assert len(parse("&".join(f"a{number}" for number in range(PARAMETER_LIMIT)))) == PARAMETER_LIMIT
    with pytest.raises(ValidationError, match="Too many parameters"):
        parse("&".join(f"a{number}" for number in range(PARAMETER_LIMIT + 1)))


@given(st.lists(st.text("ab[]0123=&%+$.é\x00_", max_size=12), max_size=12).map("&".join))
def test_any_query_string_can_be_read(query: str) -> None:
    """
    No query string makes the parser fail, and every value is a word, nothing, a list or an object.
    """
    waiting: list[Any] = [parse(query)]
    while waiting:
        value = waiting.pop()
        waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()

        assert value is None or isinstance(value, str | list | dict)
