"""Laws of the attribute types and of bodies, for any JSON whatever."""

from __future__ import annotations

import json
import string
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tessera.schema.attributes import ROOT, TYPES, Accepted, AttributeType, Mode, PlainPassword
from tessera.schema.content import Content, Refusal, check_content, draft_to_publish, refused_key
from tessera.schema.model import JSON, Scalar
from tests.unit.attributes.drafts import written
from tests.unit.attributes.lab import FIRM, PROBE, SCHEMA

EACH = pytest.mark.parametrize("each", TYPES.values(), ids=lambda each: each.name)
# These laws are tried on each attribute type in turn, so that each has only a share of the cases.
SHORT = settings(max_examples=min(200, settings().max_examples))
PLACE = ROOT.key("value")
MODES = st.sampled_from(Mode)

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
_NUMERALS = st.one_of(
    st.integers().map(str),
    st.floats().map(str),
    st.from_regex(r"\A\s?[+-]?(0x|0b|0o)?[0-9a-f]{0,20}(\.[0-9]{0,4})?(e-?[0-9]{1,3})?\s?\Z"),
)
_DATES = st.one_of(
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.times().map(str),
    st.from_regex(
        r"\A[0-9]{4}(-?W?[0-9]{2}){0,2}([T ][0-9]{2}(:?[0-9]{2}(\.[0-9]{1,9})?){0,2}(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?\Z"
    ),
    st.integers(-(10**15), 10**15).map(str),
)
_WORDS = st.sampled_from(
    ["", "true", "FALSE", "1", "0", "one", "null", "[1]", '"x"', "{}", "Infinity", "a@b.co", "a-b"]
)
_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.integers(-(2**63), 2**64), _TEXT, _NUMERALS, _DATES, _WORDS
)
_BLOCK_WORDS = st.sampled_from(
    [
        "paragraph",
        "heading",
        "quote",
        "code",
        "list",
        "image",
        "list-item",
        "text",
        "link",
        "ordered",
        "https://a.b",
        "/a",
    ]
)
_KEYS = st.one_of(
    st.sampled_from(["type", "children", "level", "format", "text", "url", "image", "bold", "id", "connect", "set"]),
    st.sampled_from(["label", "num", "subs", "sub", "key", "when", "__component", "documentId", "position", "before"]),
    st.text(string.ascii_letters, max_size=3),
)
JSONS: st.SearchStrategy[Any] = st.recursive(
    st.one_of(_SCALARS, _BLOCK_WORDS, st.sampled_from(["lab.part", "lab.other"])),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_KEYS, inner, max_size=5)),
    max_leaves=12,
)
# Text that no database takes: null characters and halves of characters.
WILD = st.one_of(
    JSONS, st.text(st.characters(), max_size=5), st.lists(st.text(st.characters(), max_size=3), max_size=2)
)

OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "min_length": st.integers(0, 5),
        "max_length": st.integers(0, 20),
        "minimum": st.one_of(st.integers(-5, 5), st.floats(), _NUMERALS),
        "maximum": st.one_of(st.integers(-5, 50), st.floats(), _NUMERALS),
        "regex": st.sampled_from(["^[a-z]*$", r"^\d+$", "(?<n>a)", "[", "a/b", r"\p{L}", "(a+)+$"]),
        "required": st.booleans(),
    },
)


def attribute_of(each: AttributeType, options: dict[str, Any]) -> Scalar:
    """Return an attribute of a type with any options."""
    return Scalar(name="value", type=each.name, kind=each.kind, enum=("one", "two", "1"), **options)


@EACH
@SHORT
@given(value=WILD, options=OPTIONS, mode=MODES)
def test_any_value_is_accepted_or_refused(
    each: AttributeType, value: JSON, options: dict[str, Any], mode: Mode
) -> None:
    """
    No value makes a type fail: it is kept, or there is a reason.
    """
    if value is None:
        return
    parsed = each.parse(value, attribute_of(each, options), PLACE, mode)

    assert isinstance(parsed, Accepted) or getattr(parsed, "violations", None) or getattr(parsed, "message", None)


@EACH
@SHORT
@given(value=JSONS, options=OPTIONS, mode=MODES)
def test_what_is_accepted_comes_back_and_is_accepted_alike(
    each: AttributeType, value: JSON, options: dict[str, Any], mode: Mode
) -> None:
    """
    An accepted value, given back and sent again, is kept as it was.
    """
    attribute = attribute_of(each, options)
    parsed = each.parse(value, attribute, PLACE, mode) if value is not None else Accepted(None)
    if not isinstance(parsed, Accepted) or parsed.stored is None or isinstance(parsed.stored, PlainPassword):
        return
    shown = each.render(parsed.stored)

    assert parsed == each.parse(json.loads(json.dumps(shown)), attribute, PLACE, mode)


@EACH
@SHORT
@given(value=JSONS, mode=MODES)
def test_what_is_kept_can_be_bound(each: AttributeType, value: JSON, mode: Mode) -> None:
    """
    A stored value is null, true or false, a 64-bit integer, a finite double or text, of one class for each type.
    """
    classes = {"boolean": bool, "integer": int, "bigint": int, "datetime": int, "float": float, "decimal": float}
    parsed = each.parse(value, attribute_of(each, {}), PLACE, mode) if value is not None else Accepted(None)
    if not isinstance(parsed, Accepted) or parsed.stored is None:
        return
    stored = parsed.stored.text if isinstance(parsed.stored, PlainPassword) else parsed.stored

    assert type(stored) is classes.get(each.kind.value, str)
    assert not isinstance(stored, int) or -(2**63) <= stored < 2**63
    assert not isinstance(stored, float) or abs(stored) < float("inf")


@SHORT
@given(value=JSONS, mode=MODES)
def test_json_columns_hold_json(value: JSON, mode: Mode) -> None:
    """
    What a json or blocks attribute keeps is always valid JSON.
    """
    for name in ("json", "blocks"):
        parsed = TYPES[name].parse(value, attribute_of(TYPES[name], {}), PLACE, mode) if value is not None else None
        if isinstance(parsed, Accepted) and parsed.stored is not None:
            json.loads(parsed.stored, parse_constant=pytest.fail)


BODIES = st.one_of(st.dictionaries(st.sampled_from([*PROBE.attributes, "id", "nope"]), WILD, max_size=6), WILD)


@SHORT
@given(data=BODIES, mode=MODES, creating=st.booleans(), forgiving=st.booleans())
def test_any_body_is_content_or_refused(data: JSON, mode: Mode, creating: bool, forgiving: bool) -> None:
    """
    No body makes the check fail, and every refusal is an error that can be sent.
    """
    answer = check_content(SCHEMA, PROBE, data, mode=mode, creating=creating, forgiving=forgiving)
    if isinstance(answer, Refusal):
        error = answer.error()
        orjson.dumps({"message": error.message, "details": dict(error.details)})

        assert error.message


@SHORT
@given(data=st.dictionaries(st.sampled_from([*PROBE.attributes, "id", "nope"]), WILD, max_size=6))
def test_any_keys_are_known_or_refused(data: dict[str, JSON]) -> None:
    """
    No body makes the check of keys fail.
    """
    refused = refused_key(SCHEMA, PROBE, data)

    assert refused is None or refused.error().message.startswith("Invalid key ")


@SHORT
@given(data=BODIES, creating=st.booleans())
def test_what_may_be_published_may_be_drafted(data: JSON, creating: bool) -> None:
    """
    Drafts are checked less: what passes as a publication passes as a draft, and is kept alike.
    """
    strict = check_content(SCHEMA, FIRM, data, mode=Mode.PUBLISH, creating=creating)
    draft = check_content(SCHEMA, FIRM, data, mode=Mode.DRAFT, creating=creating)
    if isinstance(strict, Content):
        assert isinstance(draft, Content)
        assert strict.fields == draft.fields


@SHORT
@given(data=BODIES)
def test_what_was_published_at_once_may_be_published_from_its_draft(data: JSON) -> None:
    """
    A body that passes as a publication makes a draft that may be published, with the same values.
    """
    created = check_content(SCHEMA, FIRM, data, mode=Mode.PUBLISH, creating=True)
    if not isinstance(created, Content):
        return
    stored = written(SCHEMA, FIRM, created.fields)
    published = draft_to_publish(SCHEMA, FIRM, stored)

    assert isinstance(published, Content), published.error().details
    kept = {name: value for name, value in created.fields.scalars.items() if name != "zpass"}
    assert kept == {name: published.fields.scalars[name] for name in kept}
