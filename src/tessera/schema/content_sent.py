"""A body as the reference repeats it in errors about the whole of it: with defaults, relations spelled out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tessera.errors import ABSENT
from tessera.schema.attributes.enumeration import as_word
from tessera.schema.content_relations import shown_change
from tessera.schema.model import JSON, Attribute, ComponentField, DynamicZone, Media, Model, Relation, Schema


def writable(model: Model) -> Iterator[Attribute]:
    """Yield the attributes that a body may give a value to."""
    return (each for each in model.attributes.values() if each.writable and not each.system)


def as_sent(schema: Schema, model: Model, data: Mapping[str, JSON], *, creating: bool) -> dict[str, Any]:
    """Return the known attributes of a body; a creation has the defaults of those that are absent."""
    sent = {}
    for attribute in writable(model):
        value = data.get(attribute.name, _default(attribute) if creating else ABSENT)
        if value is not ABSENT:
            sent[attribute.name] = sent_value(schema, attribute, value, creating=creating)
    return sent


def _default(attribute: Attribute) -> JSON:
    if isinstance(attribute, DynamicZone) or (isinstance(attribute, ComponentField) and attribute.repeatable):
        return []
    return attribute.default


def sent_value(schema: Schema, attribute: Attribute, value: JSON, *, creating: bool) -> JSON:
    """Return one attribute of a body."""
    if isinstance(attribute, Relation | Media):
        return shown_change(value)
    if isinstance(attribute, ComponentField | DynamicZone):
        if isinstance(value, list):
            return [_part(schema, attribute, item, creating=creating) for item in value]
        return _part(schema, attribute, value, creating=creating) if isinstance(value, dict) else value
    return value


def _part(schema: Schema, attribute: ComponentField | DynamicZone, value: JSON, *, creating: bool) -> JSON:
    """Return a component; an item that is none has become null."""
    if not isinstance(value, dict):
        return None
    uid = attribute.component if isinstance(attribute, ComponentField) else value.get("__component")
    component = schema.components.get(uid) if isinstance(uid, str) else None
    if component is None:
        return {key: as_word(item) if key == "__component" else item for key, item in value.items()}
    return {
        **{key: value[key] for key in ("__component", "id") if key in value},
        **as_sent(schema, component, value, creating=creating),
    }
