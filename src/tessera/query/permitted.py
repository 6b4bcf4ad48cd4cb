"""The part of a body that one may write: what one may not is dropped without a word, as the reference does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tessera.authz.reach import Fields, covers, touches
from tessera.schema.model import Attribute, ComponentField, DynamicZone, Model, Schema

Object = Mapping[str, Any]  # an object of a body, with any members
_ID: Final = "id"


def permitted(schema: Schema, model: Model, data: Object, reach: Fields) -> dict[str, Any]:
    """Return the attributes of a body that may be written, components with those of theirs."""
    return _fields(schema, model, data, reach, "")


def written_paths(schema: Schema, model: Model, data: Object) -> Iterator[str]:
    """Yield the attributes that a body gives values to, components as what they give values to."""
    yield from _paths(schema, model, data, "")


def as_new(schema: Schema, model: Model, data: Object) -> dict[str, Any]:
    """Return a body in which no component has an id, so that all of them are new ones."""
    return {name: _new_value(schema, model.attributes.get(name), value) for name, value in data.items()}


def _new_value(schema: Schema, attribute: Attribute | None, value: Any) -> Any:  # noqa: ANN401 - any JSON
    if not isinstance(attribute, ComponentField | DynamicZone):
        return value
    if isinstance(value, list):
        return [_new_value(schema, attribute, item) for item in value]
    if not isinstance(value, dict):
        return value
    uid = attribute.component if isinstance(attribute, ComponentField) else value.get("__component")
    component = schema.components.get(uid) if isinstance(uid, str) else None
    kept = {key: inner for key, inner in value.items() if key != _ID}
    return kept if component is None else as_new(schema, component, kept)


def _fields(schema: Schema, model: Model, data: Object, reach: Fields, prefix: str) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in data.items():
        attribute, path = model.attributes.get(name), f"{prefix}{name}"
        if attribute is None or attribute.system or not attribute.writable:
            continue
        if covers(reach, path):
            kept[name] = value
        elif isinstance(attribute, ComponentField) and touches(reach, path):
            kept[name] = _component(schema, attribute, value, reach, f"{path}.")
    return kept


def _component(schema: Schema, attribute: ComponentField, value: Any, reach: Fields, prefix: str) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [_component(schema, attribute, item, reach, prefix) for item in value]
    if not isinstance(value, dict):
        return value
    component = schema.components[attribute.component]
    named = {_ID: value[_ID]} if _ID in value else {}
    return {**named, **_fields(schema, component, value, reach, prefix)}


def _paths(schema: Schema, model: Model, data: Object, prefix: str) -> Iterator[str]:
    for name, value in data.items():
        attribute = model.attributes.get(name)
        if attribute is not None and not attribute.system and attribute.writable:
            yield from _paths_of(schema, attribute, value, f"{prefix}{name}")


def _paths_of(schema: Schema, attribute: Attribute, value: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - any JSON
    inner = [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
    if not isinstance(attribute, ComponentField) or not inner:
        yield path
        return
    for item in inner:
        yield from _paths(schema, schema.components[attribute.component], item, f"{path}.")
