"""Entries as a database would hold them, so that one write can follow another without any database."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count, zip_longest
from typing import Any

from tessera.schema.attributes import type_of
from tessera.schema.content import Fields, Part
from tessera.schema.model import Attribute, ComponentField, DynamicZone, Model, Scalar, Schema

_IDS = count(1)

Entry = dict[str, Any]  # an entry as clients see it


def written(schema: Schema, model: Model, fields: Fields, before: Mapping[str, Any] | None = None) -> Entry:
    """Return an entry after a write, as clients see it: what is not named stays as it was."""
    entry: Entry = dict(before or {"id": next(_IDS)})
    for attribute in model.attributes.values():
        if isinstance(attribute, Scalar) and not attribute.system:
            entry[attribute.name] = _scalar(attribute, fields, entry)
        elif isinstance(attribute, ComponentField | DynamicZone):
            entry[attribute.name] = _structure(schema, attribute, fields, entry)
    return entry


def _scalar(attribute: Scalar, fields: Fields, before: Entry) -> Any:  # noqa: ANN401 - any JSON
    if attribute.name not in fields.scalars:
        return before.get(attribute.name)
    stored = fields.scalars[attribute.name]
    if attribute.type == "password":
        return "hash" if stored else None
    return None if stored is None else type_of(attribute.type).render(stored)


def _structure(schema: Schema, attribute: Attribute, fields: Fields, before: Entry) -> Any:  # noqa: ANN401
    is_list = isinstance(attribute, DynamicZone) or (isinstance(attribute, ComponentField) and attribute.repeatable)
    if attribute.name not in fields.parts:
        return before.get(attribute.name, [] if is_list else None)
    old = before.get(attribute.name) or []
    in_zone = isinstance(attribute, DynamicZone)
    # A recorded id says that a part is kept, not which one, so the one at its place will do.
    places = zip_longest(fields.parts[attribute.name], old if isinstance(old, list) else [old])
    parts = [_part(schema, part, before, in_zone=in_zone) for part, before in places if part is not None]
    return parts if is_list else next(iter(parts), None)


def _part(schema: Schema, part: Part, before: Entry | None, *, in_zone: bool) -> Entry:
    before = before if part.id is not None else None
    entry = written(schema, schema.components[part.uid], part.fields, before)
    return {**entry, "__component": part.uid} if in_zone else entry
