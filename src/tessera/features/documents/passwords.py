"""Passwords within documents: hashed before the transaction opens, since it takes long, and never kept as they came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from tessera.errors import ValidationError
from tessera.identity.passwords import hash_of_start
from tessera.schema.attributes.password import PlainPassword
from tessera.schema.content import Content, Fields
from tessera.schema.model import ComponentField, DynamicZone, Model, Scalar, Schema

MOST: Final = 20  # of one write: each costs as much work as a sign-in
_ROUNDS: Final = range(4, 13)  # what an attribute may ask for

Secret = tuple[str, int]  # the password and its cost
Hashes = Mapping[str, str]


def hashed(schema: Schema, model: Model, data: Any) -> Hashes:  # noqa: ANN401 - any JSON
    """Return the hashes of all passwords in a body."""
    secrets = dict(_secrets(schema, model, data))
    if len(secrets) > MOST:
        raise ValidationError(f"Too many passwords ({len(secrets)}) in one write. The maximum is {MOST}.")
    return {text: hash_of_start(text, cost) for text, cost in secrets.items()}


def with_hashes(content: Content, hashes: Hashes) -> Content:
    """Return the content with the hashes in place of the passwords."""
    return replace(content, fields=_hashed_fields(content.fields, hashes)) if hashes else content


def _hashed_fields(fields: Fields, hashes: Hashes) -> Fields:
    scalars = {
        name: hashes[value.text] if isinstance(value, PlainPassword) else value
        for name, value in fields.scalars.items()
    }
    parts = {
        name: tuple(replace(part, fields=_hashed_fields(part.fields, hashes)) for part in items)
        for name, items in fields.parts.items()
    }
    return replace(fields, scalars=scalars, parts=parts)


def _secrets(schema: Schema, model: Model, data: Any) -> Iterator[Secret]:  # noqa: ANN401 - any JSON
    if not isinstance(data, Mapping):
        return
    for name, value in data.items():
        attribute = model.attributes.get(name)
        if isinstance(attribute, Scalar) and attribute.type == "password" and isinstance(value, str):
            yield value, _cost(attribute)
        elif isinstance(attribute, ComponentField | DynamicZone):
            for item in value if isinstance(value, list) else [value]:
                component = _component(schema, attribute, item)
                if component is not None:
                    yield from _secrets(schema, component, item)


def _component(schema: Schema, attribute: ComponentField | DynamicZone, item: Any) -> Model | None:  # noqa: ANN401
    uid = attribute.component if isinstance(attribute, ComponentField) else None
    if isinstance(item, Mapping):
        uid = uid or item.get("__component")
    return schema.components.get(uid) if isinstance(uid, str) else None


def _cost(attribute: Scalar) -> int:
    encryption = attribute.options.get("encryption")
    rounds = encryption.get("rounds") if isinstance(encryption, Mapping) else None
    return rounds if isinstance(rounds, int) and rounds in _ROUNDS else 10
