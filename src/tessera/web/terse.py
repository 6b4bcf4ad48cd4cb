"""The reference's second way of wording refusals: short, and without the value that was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any, Final

import pydantic
from pydantic import BaseModel
from pydantic_core import ErrorDetails

from tessera.errors import Violation
from tessera.web.wording import word

Step = str | int


def violations_of(error: pydantic.ValidationError, model: type[BaseModel]) -> list[Violation]:
    """Return what Pydantic found; unknown keys of one object are one violation."""
    schema = model.model_json_schema(by_alias=True)
    found: list[Violation] = []
    for (unknown, parent), group in groupby(error.errors(include_url=False), key=_group):
        details = list(group)
        if unknown:
            names = ", ".join(f'"{detail["loc"][-1]}"' for detail in details)
            found.append(Violation(_path(parent), f"Unrecognized key{'s' if len(details) > 1 else ''}: {names}"))
        else:
            found += [Violation(_path(detail["loc"]), _message(detail, schema)) for detail in details]
    return found


def _group(detail: ErrorDetails) -> tuple[bool, tuple[Step, ...]]:
    unknown = detail["type"] == "extra_forbidden"
    return unknown, detail["loc"][:-1] if unknown else ()


def _path(place: tuple[Step, ...]) -> tuple[str, ...]:
    return tuple(str(step) for step in place)


def _message(detail: ErrorDetails, schema: Mapping[str, Any]) -> str:
    if detail["type"] == "missing":
        return f"Invalid input: expected {_expected(schema, detail['loc'])}, received undefined"
    say = _TABLE.get(detail["type"])
    return say(detail) if say else "Invalid input"


def _expected(schema: Mapping[str, Any], place: tuple[Step, ...]) -> str:
    """Return the JSON type that the schema has at a place."""
    node = schema
    for step in place:
        node = _resolved(schema, node)
        node = node["items"] if isinstance(step, int) else node["properties"][step]
    node = _resolved(schema, node)
    return str(node.get("type", "nonoptional"))


def _resolved(schema: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = node.get("$ref")
    resolved: Mapping[str, Any] = schema["$defs"][reference.rpartition("/")[2]] if reference else node
    return resolved


def _received(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def _kind(expected: str) -> Callable[[ErrorDetails], str]:
    return lambda detail: f"Invalid input: expected {expected}, received {_received(detail['input'])}"


def _bound(template: str, key: str) -> Callable[[ErrorDetails], str]:
    return lambda detail: template + word(detail["ctx"][key])


def _length(template: str, key: str) -> Callable[[ErrorDetails], str]:
    return lambda detail: template.replace("#", word(detail["ctx"][key]))


def _choice(detail: ErrorDetails) -> str:
    choices = str(detail["ctx"]["expected"]).replace(" or ", ", ").replace("'", '"').split(", ")
    return (
        f"Invalid option: expected one of {'|'.join(choices)}"
        if len(choices) > 1
        else f"Invalid input: expected {choices[0]}"
    )


_TABLE: Final[Mapping[str, Callable[[ErrorDetails], str]]] = {
    "model_type": _kind("object"),
    "model_attributes_type": _kind("object"),
    "dict_type": _kind("object"),
    "list_type": _kind("array"),
    "string_type": _kind("string"),
    "int_type": _kind("number"),
    "float_type": _kind("number"),
    "int_from_float": _kind("int"),
    "bool_type": _kind("boolean"),
    "literal_error": _choice,
    "enum": _choice,
    "less_than_equal": _bound("Too big: expected number to be <=", "le"),
    "less_than": _bound("Too big: expected number to be <", "lt"),
    "greater_than_equal": _bound("Too small: expected number to be >=", "ge"),
    "greater_than": _bound("Too small: expected number to be >", "gt"),
    "too_short": _length("Too small: expected array to have >=# items", "min_length"),
    "too_long": _length("Too big: expected array to have <=# items", "max_length"),
    "string_too_short": _length("Too small: expected string to have >=# characters", "min_length"),
    "string_too_long": _length("Too big: expected string to have <=# characters", "max_length"),
}
