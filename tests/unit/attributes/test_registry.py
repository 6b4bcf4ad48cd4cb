"""Every registered attribute type, held to the same rules."""

from __future__ import annotations

import re

import pytest

from tessera.schema.attributes import ROOT, TYPES, Accepted, AttributeType, Mode, kind_of
from tessera.schema.attributes.registry import register
from tessera.schema.attributes.string import String
from tessera.schema.model import JSON, ColumnKind, Scalar

SAMPLES: dict[str, JSON] = {
    "string": "a",
    "text": "a",
    "richtext": "# a",
    "blocks": [{"type": "paragraph", "children": [{"type": "text", "text": "a"}]}],
    "email": "a@example.com",
    "password": "secret",
    "uid": "a-b",
    "enumeration": "one",
    "integer": 1,
    "biginteger": "9223372036854775807",
    "float": 1.5,
    "decimal": 1.5,
    "boolean": True,
    "date": "2025-01-31",
    "time": "10:11:12.500",
    "datetime": "2025-06-01T10:00:00.000Z",
    "timestamp": "1748764800000",
    "json": {"a": [1, None]},
}
EACH = pytest.mark.parametrize("each", TYPES.values(), ids=lambda each: each.name)


def attribute_of(each: AttributeType, *, required: bool = False) -> Scalar:
    """Return an attribute of a type."""
    enum = ("one", "two") if each.name == "enumeration" else ()
    return Scalar(name="value", type=each.name, kind=each.kind, enum=enum, required=required)


def test_the_types_are_those_of_the_reference() -> None:
    """
    There is a type for each scalar type of the reference, and no other.
    """
    assert set(SAMPLES) == set(TYPES)


def test_a_name_is_used_once() -> None:
    """
    Two types of one name are refused when the server starts.
    """
    with pytest.raises(ValueError, match="two attribute types are called 'string'"):
        register((String(), String()))


def test_an_unknown_type_has_no_kind() -> None:
    """
    A name that is no scalar type has no column kind.
    """
    assert [kind_of(name) for name in ("relation", "component", "", "String")] == [None] * 4


@EACH
def test_the_kind_is_found_by_name(each: AttributeType) -> None:
    """
    The kind of a type's column is found by its name.
    """
    assert isinstance(kind_of(each.name), ColumnKind)
    assert each.kind is kind_of(each.name)


@EACH
@pytest.mark.parametrize("mode", Mode)
def test_a_usual_value_comes_back(each: AttributeType, mode: Mode) -> None:
    """
    A usual value is accepted in drafts and publications and comes back as it was; only a password does not.
    """
    parsed = each.parse(SAMPLES[each.name], attribute_of(each), ROOT.key("value"), mode)
    assert isinstance(parsed, Accepted)

    assert (None if each.name == "password" else SAMPLES[each.name]) == each.render(parsed.stored)


@EACH
def test_the_schema_allows_null_unless_it_is_required(each: AttributeType) -> None:
    """
    A JSON Schema lets an attribute be null exactly when it is not required; a schema of anything lets it anyway.
    """
    optional = each.json_schema(attribute_of(each))
    required = each.json_schema(attribute_of(each, required=True))

    assert required == each.shape(attribute_of(each))
    assert each.name == "json" or "null" in optional.get("type", ()) or None in optional.get("enum", ())


@EACH
def test_the_schema_describes_a_usual_value(each: AttributeType) -> None:
    """
    A usual value is of the JSON Schema's type, matches its pattern and is among its values.
    """
    schema = each.json_schema(attribute_of(each, required=True))
    value = SAMPLES[each.name]
    classes = {"string": str, "integer": int, "number": float, "boolean": bool, "array": list}

    assert isinstance(value, classes.get(schema.get("type", ""), object))
    assert "pattern" not in schema or re.search(schema["pattern"], str(value))
    assert "enum" not in schema or value in schema["enum"]


@EACH
def test_the_schema_tells_the_default(each: AttributeType) -> None:
    """
    A JSON Schema has the attribute's default, and none when there is none.
    """
    value = SAMPLES[each.name]
    attribute = Scalar(name="value", type=each.name, kind=each.kind, enum=("one",), default=value)

    assert value == each.json_schema(attribute)["default"]
    assert "default" not in each.json_schema(attribute_of(each))


@EACH
@pytest.mark.parametrize("value", ["a\0b", "\ud800", float("nan"), float("inf"), 2**64, [["\0"]], {"\udfff": 1}])
def test_what_cannot_be_kept_is_refused_by_those_that_keep_anything(each: AttributeType, value: JSON) -> None:
    """
    No type's accepted value holds null characters, halves of characters or endless numbers, even when asked directly.
    """
    parsed = each.parse(value, attribute_of(each), ROOT.key("value"), Mode.PUBLISH)

    assert not isinstance(parsed, Accepted) or each.name in {
        "string",
        "text",
        "richtext",
        "password",
        "float",
        "decimal",
    }
