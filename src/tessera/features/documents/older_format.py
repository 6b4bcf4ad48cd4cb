"""
Answers in the shape that version 4 of the reference gave them, for clients that ask for it by a header.

There, what an entry holds stands under `attributes`, and related entries and files stand under a `data` of their own.
"""

from __future__ import annotations

from typing import Any, Final

import orjson

from tessera.schema.model import Component, ComponentField, DynamicZone, Media, Model, Relation, Schema
from tessera.schema.naming import FILE
from tessera.web.request import Request

_HEADER: Final = "strapi-response-format"
_IDENTITY: Final = ("id", "documentId")


def is_wanted(request: Request) -> bool:
    """Tell whether a client asks for the older shape."""
    return request.header(_HEADER) == "v4"


def older(schema: Schema, model: Model, body: bytes) -> bytes:
    """Return the body of an answer about a type in the older shape."""
    answer = orjson.loads(body)
    return orjson.dumps({**answer, "data": _entries(schema, model, answer["data"])})


def _entries(schema: Schema, model: Model | None, shown: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return one entry, a list of them or null in the older shape; of an unknown type, by its keys alone."""
    if isinstance(shown, list):
        return [_entries(schema, model, each) for each in shown]
    if not isinstance(shown, dict):
        return shown
    identity = {key: shown[key] for key in _IDENTITY if key in shown}
    rest = {key: value for key, value in shown.items() if key not in _IDENTITY}
    return {**identity, "attributes": _attributes(schema, model, rest)}


def _attributes(schema: Schema, model: Model | None, shown: dict[str, Any]) -> dict[str, Any]:
    return {key: _value(schema, model, key, value) for key, value in shown.items()}


def _value(schema: Schema, model: Model | None, key: str, value: Any) -> Any:  # noqa: ANN401 - any JSON
    match model.attributes.get(key) if model is not None else None:
        case Relation(target=target):
            return {"data": _entries(schema, schema.model(target) if target else None, value)}
        case Media():
            return {"data": _entries(schema, schema.model(FILE), value)}
        case ComponentField(component=component):
            return _parts(schema, schema.components[component], value)
        case DynamicZone() if isinstance(value, list):
            return [_parts(schema, schema.components[part["__component"]], part) for part in value]
    return value


def _parts(schema: Schema, component: Component, shown: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return components, whose own attributes stay beside their id."""
    if isinstance(shown, list):
        return [_parts(schema, component, each) for each in shown]
    return _attributes(schema, component, shown) if isinstance(shown, dict) else shown
