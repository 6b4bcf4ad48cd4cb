"""Attributes as a request describes them: only known keys, only plain values where plain values belong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.errors import ABSENT, Violation
from tessera.features.modeling import values
from tessera.features.modeling.values import Check
from tessera.schema.model import JSON

_TO_MANY: Final = ("manyToOne", "manyToMany")
_MORPH: Final = ("morphOne", "morphMany", "morphToOne", "morphToMany")
ONE_WAY: Final = ("oneToOne", "oneToMany")
RELATIONS_OF_SINGLE: Final = (*ONE_WAY, *_MORPH)
RELATIONS: Final = (*ONE_WAY, *_TO_MANY, *_MORPH)
UNTARGETED: Final = ("morphToOne", "morphToMany")
SLUG_SOURCES: Final = ("string", "text")
USER: Final = "admin::user"

_BASE: Final[Mapping[str, Check]] = {
    "configurable": values.nullable(values.flag),
    "private": values.nullable(values.flag),
    "searchable": values.flag,
    "pluginOptions": values.mapping,
    "conditions": values.nullable(values.conditions),
}
_LENGTHS: Final[Mapping[str, Check]] = {"minLength": values.length, "maxLength": values.length}
_REQUIRED: Final[Mapping[str, Check]] = {"required": values.flag}
_UNIQUE: Final[Mapping[str, Check]] = {"unique": values.flag}
_TEXT: Final = {
    "default": values.nullable(values.text),
    **_LENGTHS,
    **_REQUIRED,
    **_UNIQUE,
    "regex": values.pattern,
}
_MOMENT: Final = {**_REQUIRED, **_UNIQUE, "default": values.text}


def _bounded(check: Check) -> dict[str, Check]:
    return {"default": check, "min": check, "max": check}


# The keys in the order in which the reference writes them.
_SHAPES: Final[Mapping[str, Mapping[str, Check]]] = {
    "media": {"multiple": values.flag, **_REQUIRED, "allowedTypes": values.files},
    "string": _TEXT,
    "text": _TEXT,
    "richtext": {**_REQUIRED, **_LENGTHS, "default": values.text},
    "blocks": _REQUIRED,
    "json": {**_REQUIRED, "default": values.any_json},
    "enumeration": {**_REQUIRED, "default": values.text, "enumName": values.name, "enum": values.choices},
    "password": {**_REQUIRED, **_LENGTHS},
    "email": {**_REQUIRED, **_LENGTHS, "default": values.email, **_UNIQUE},
    "integer": {**_REQUIRED, "default": values.whole, **_UNIQUE, "min": values.whole, "max": values.whole},
    "biginteger": {**_REQUIRED, **_UNIQUE, **_bounded(values.nullable(values.digits))},
    "float": {**_REQUIRED, **_UNIQUE, **_bounded(values.number)},
    "decimal": {**_REQUIRED, **_UNIQUE, **_bounded(values.number)},
    "time": _MOMENT,
    "date": _MOMENT,
    "datetime": _MOMENT,
    "timestamp": {},
    "boolean": {**_REQUIRED, "default": values.nullable(values.flag)},
    "component": {
        "component": values.text,
        "repeatable": values.flag,
        **_REQUIRED,
        "min": values.number,
        "max": values.number,
    },
    "customField": {
        "customField": values.text,
        **_REQUIRED,
        **_UNIQUE,
        "default": values.nullable(values.text),
        **_LENGTHS,
        "regex": values.pattern,
        "options": values.mapping,
    },
    "uid": {
        "targetField": values.nullable(values.text),
        **_REQUIRED,
        "default": values.nullable(values.text),
        **_LENGTHS,
        "options": values.uid_options,
        "regex": values.pattern,
    },
    "dynamiczone": {"components": values.texts, **_REQUIRED, "min": values.number, "max": values.number},
    "relation": {
        "relation": values.one_of(RELATIONS),
        "required": values.flag,
        "target": values.text,
        "targetAttribute": values.nullable(values.name),
    },
}
TYPES: Final = tuple(_SHAPES)
_OF_CONTENT_TYPES: Final = ("uid", "dynamiczone")
_NEEDED: Final[Mapping[str, str]] = {
    "component": "component",
    "dynamiczone": "components",
    "enumeration": "enum",
    "customField": "customField",
    "relation": "relation",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """What an attribute is read for."""

    is_component: bool = False
    is_single: bool = False

    @property
    def types(self) -> tuple[str, ...]:
        """Return the types that its attributes may have."""
        return tuple(t for t in TYPES if t not in _OF_CONTENT_TYPES) if self.is_component else TYPES

    @property
    def relations(self) -> tuple[str, ...]:
        """Return the relations that it may have."""
        return ONE_WAY if self.is_component else RELATIONS_OF_SINGLE if self.is_single else RELATIONS


def known_keys(type_name: str) -> frozenset[str]:
    """Return the keys of a type that a request may set; a file may have others."""
    return frozenset(("type", *_BASE, *_SHAPES.get(type_name, ())))


def read_attribute(value: JSON, path: tuple[str, ...], holder: Holder) -> dict[str, Any] | list[Violation]:
    """Return an attribute with the keys that are known, in the order of the reference, or what is wrong with it."""
    if not isinstance(value, dict):
        return [Violation(path, "Attribute must have either a type or a target", value)]
    type_name = value.get("type")
    if not isinstance(type_name, str) or type_name not in holder.types:
        words = f"type must be one of the following values: {', '.join(holder.types)}"
        return [Violation((*path, "type"), words, type_name)]
    checks = {**_BASE, **_SHAPES[type_name]}
    known = {key: value[key] for key in checks if key in value}
    faults = [
        Violation((*path, key), f"{key} {said}", item) for key, item in known.items() if (said := checks[key](item))
    ]
    faults = faults or [
        Violation((*path, key), said, known.get(key, ABSENT)) for key, said in _misfits(known, type_name, holder)
    ]
    return faults or {"type": type_name, **{key: item for key, item in known.items() if item is not None}}


def _misfits(known: Mapping[str, JSON], type_name: str, holder: Holder) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with values that are good each for itself."""
    needed = _NEEDED.get(type_name)
    if needed and known.get(needed) is None:
        yield needed, f"{needed} is a required field"
        return
    if type_name == "relation":
        yield from _misfits_of_relation(known, holder)
    for least, most in (("min", "max"), ("minLength", "maxLength")):
        bounds = known.get(least), known.get(most)
        if all(isinstance(bound, int | float) for bound in bounds) and known[most] < known[least]:
            yield most, f"{most} must be greater or equal to {least}"
    if known.get("targetField") is not None and known.get("default") is not None:
        yield "default", "Cannot define a default UID if the targetField is set"
    if type_name == "enumeration" and known.get("default") is not None and known["default"] not in known["enum"]:
        yield "default", "Default value must be one of the enum values"


def _misfits_of_relation(known: Mapping[str, JSON], holder: Holder) -> Iterator[tuple[str, str]]:
    relation = known["relation"]
    if relation not in holder.relations:
        yield "relation", f"must be one of the following values: {', '.join(holder.relations)}"
    elif relation in UNTARGETED:
        return
    elif known.get("target") is None:
        yield "target", "target is a required field"
    elif known["target"] == USER and (relation not in ONE_WAY or known.get("targetAttribute")):
        words = f"Relations to {USER} must be one of the following values: {', '.join(ONE_WAY)} without targetAttribute"
        yield "relation", words
    elif holder.is_component and known.get("targetAttribute"):
        yield "targetAttribute", "a relation of a component has no other side"
