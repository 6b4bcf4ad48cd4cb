"""The JSON Schemas of what routes take and answer; each named shape stands once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import TypedDictSchema

from tessera.web.routing import Route, Shape

Side = Literal["validation", "serialization"]
BODY: Final[Side] = "validation"
ANSWER: Final[Side] = "serialization"
_REFERENCE: Final = "#/components/schemas/"


class Schemas:
    """The schemas of all shapes of some routes."""

    def __init__(self, routes: Sequence[Route]) -> None:
        taken = [(shape, BODY) for each in routes for shape in (each.body, each.query)]
        given = [(shape, ANSWER) for each in routes for shape in (each.answer, *each.besides.values())]
        shapes: list[tuple[Any, Side]] = [(shape, side) for shape, side in (*taken, *given) if _is_type(shape)]
        wanted = {_key(shape, side): (shape, side) for shape, side in shapes}
        found, described = TypeAdapter.json_schemas(
            [(key, side, TypeAdapter(shape)) for key, (shape, side) in wanted.items()],
            ref_template=_REFERENCE + "{model}",
            schema_generator=_Generator,
        )
        every = described.get("$defs", {})
        self._found: Final = _opened(found, every)
        self.definitions: Final = _opened({name: each for name, each in every.items() if not _is_envelope(name)}, every)

    def of(self, shape: Shape, side: Side) -> Mapping[str, Any]:
        """Return the schema of a shape, or where it stands; an envelope is shown in its place."""
        found: Mapping[str, Any] = shape if isinstance(shape, Mapping) else self._found[_key(shape, side), side]
        return found

    def properties(self, shape: Shape) -> Mapping[str, Any]:
        """Return the object schema of a shape itself."""
        schema = self.of(shape, BODY)
        found: Mapping[str, Any] = self.definitions[_name(schema)] if "$ref" in schema else schema
        return found


class _Generator(GenerateJsonSchema):
    """Makes schemas in which an object has the keys that are declared, and no titles that repeat names."""

    def typed_dict_schema(self, schema: TypedDictSchema) -> JsonSchemaValue:
        return {"additionalProperties": False, **super().typed_dict_schema(schema)}

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401 - any core schema
        return False


def _opened(schema: Any, every: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any part of a JSON Schema
    """Return a schema with every envelope in place of the reference to it."""
    if isinstance(schema, list):
        return [_opened(item, every) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if _is_envelope(_name(schema)):
        return _opened(every[_name(schema)], every)
    return {key: _opened(value, every) for key, value in schema.items()}


def _name(schema: Mapping[str, Any]) -> str:
    """Return the name of the definition that a schema refers to, if it is but a reference."""
    return str(schema.get("$ref", "")).removeprefix(_REFERENCE)


def _is_type(shape: Shape) -> bool:
    return shape is not None and not isinstance(shape, Mapping)


def _key(shape: Shape, side: Side) -> str:
    return f"{side} {shape!r}"


def _is_envelope(name: str) -> bool:
    """Whether a name is that of a generic type with its parameters, such as `Data_list_Role__`."""
    return name.endswith("_")
