"""The attributes that schema files declare: JSON in, attribute values out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from tessera.schema.attributes import kind_of
from tessera.schema.attributes.patterns import compile_pattern
from tessera.schema.model import (
    JSON,
    Attribute,
    ColumnKind,
    ComponentField,
    DynamicZone,
    Media,
    Relation,
    RelationKind,
    Scalar,
)
from tessera.schema.naming import snake
from tessera.schema.reading import Place

# The custom fields whose base type is known; a schema file names only the field, not what it is kept as.
CUSTOM_FIELDS: Final[Mapping[str, str]] = {"plugin::color-picker.color": "string"}

_NAME: Final = re.compile(r"[^\W\d][\w-]*")
_RESERVED: Final = ("id", "document_id")
_NUMBERS: Final = (ColumnKind.INTEGER, ColumnKind.BIGINT, ColumnKind.FLOAT, ColumnKind.DECIMAL)
_NUMBER_TEXT: Final = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")
# Options that would move an attribute elsewhere in the database than where its name says.
_UNSUPPORTED: Final = ("columnName", "columnType", "joinTable", "morphColumn")
_COLUMN_FLAGS: Final = ("unique", "notNullable", "unsigned")


def parse_attribute(name: str, place: Place, *, system: bool = False) -> Attribute | None:
    """Return the attribute that stands there, or None when its faults leave nothing to return."""
    _check_name(name, place)
    if not isinstance(place.value, Mapping):
        place.refuse("expected an object that describes the attribute")
        return None
    for key in _UNSUPPORTED:
        if not place.at(key).is_missing:
            place.at(key).refuse("is not supported: columns and tables are named after the attribute")
    type_name = _type_name(place)
    if type_name is None:
        return None
    shared = _shared(name, type_name, place, system=system)
    structural = _STRUCTURAL.get(type_name)
    return structural(place, shared) if structural else _scalar(place, shared)


def _check_name(name: str, place: Place) -> None:
    if not _NAME.fullmatch(name):
        place.refuse("expected a name of letters, digits, _ and - that begins with a letter or _")
    elif snake(name) in _RESERVED or not snake(name):
        place.refuse(f'"{name}" is reserved, expected another name')


def _type_name(place: Place) -> str | None:
    type_name = place.at("type").text(required=True)
    if type_name == "customField":
        return _base_type(place.at("customField"))
    if type_name is None or type_name in _STRUCTURAL or kind_of(type_name):
        return type_name
    place.at("type").refuse(f'there is no attribute type "{type_name}"')
    return None


def _base_type(place: Place) -> str | None:
    uid = place.text(required=True)
    if uid is not None and uid not in CUSTOM_FIELDS:
        place.refuse(f'expected one of {", ".join(CUSTOM_FIELDS)}; "{uid}" is not known')
    return CUSTOM_FIELDS.get(uid or "")


_UNSORTED: Final = (ColumnKind.TEXT, ColumnKind.JSON)  # too long to be kept twice, or without an order


def _shared(name: str, type_name: str, place: Place, *, system: bool) -> dict[str, Any]:
    """Return what every kind of attribute has, by its field name."""
    localized = place.at("pluginOptions").at("i18n").at("localized").value is True
    return {
        "name": name,
        "type": type_name,
        "required": place.at("required").flag(),
        "unique": place.at("unique").flag(),
        "private": place.at("private").flag(),
        "configurable": place.at("configurable").flag(default=True),
        "writable": place.at("writable").flag(default=True),
        "visible": place.at("visible").flag(default=True),
        "searchable": place.at("searchable").flag(default=True),
        # Links and uids differ by locale whatever the file says, as in the reference's i18n plugin.
        "localized": localized or type_name in {"relation", "uid"},
        "default": place.at("default").value,
        "system": system,
        "options": dict(place.object()),
    }


def _scalar(place: Place, shared: dict[str, Any]) -> Scalar | None:
    kind = kind_of(shared["type"])
    if kind is None:
        return None
    _check_default(place.at("default"), kind)
    _check_column(place.at("column"))
    return Scalar(
        **shared,
        kind=kind,
        enum=_enum(place.at("enum")) if shared["type"] == "enumeration" else (),
        minimum=_bound(place.at("min"), kind),
        maximum=_bound(place.at("max"), kind),
        min_length=place.at("minLength").whole(),
        max_length=place.at("maxLength").whole(),
        regex=_pattern(place.at("regex")),
        target_field=place.at("targetField").text() if shared["type"] == "uid" else None,
        sort_index=_sort_index(place.at("pluginOptions").at("tessera").at("sortIndex"), shared["type"], kind),
    )


def _pattern(place: Place) -> str | None:
    """Return a regular expression; one that cannot be expressed here would refuse every text."""
    pattern = place.text()
    if pattern is not None and compile_pattern(pattern) is None:
        place.refuse("expected a regular expression that can be expressed in Python too")
    return pattern


def _sort_index(place: Place, type_name: str, kind: ColumnKind) -> bool:
    """Return whether an index is wanted that serves lists sorted by the attribute."""
    if place.flag() and (kind in _UNSORTED or type_name == "password"):
        place.refuse(f"expected to be on an attribute that lists are sorted by, and not on one of type {type_name}")
    return place.value is True


def _check_default(place: Place, kind: ColumnKind) -> None:
    if kind is not ColumnKind.JSON and isinstance(place.value, dict | list):
        place.refuse("expected a text, a number, true or false")


def _check_column(place: Place) -> None:
    """Accept only plain values: an object here once reached the database as raw SQL (CVE-2026-22599)."""
    for key, option in place.entries():
        if key in _COLUMN_FLAGS:
            option.flag()
        elif key != "defaultTo":
            option.refuse(f"expected one of {', '.join(_COLUMN_FLAGS)}, defaultTo")
        elif isinstance(option.value, dict | list):
            option.refuse("expected a text, a number, true or false")


def _enum(place: Place) -> tuple[str, ...]:
    values = place.texts()
    if not values or not all(values):
        place.refuse("expected a list of values, none of them empty")
    if len(set(values)) < len(values):
        place.refuse("expected values that differ")
    return values


def _bound(place: Place, kind: ColumnKind) -> JSON:
    """Return a bound of a number, which may also be written as a text. It means nothing to other types."""
    if place.is_missing or kind not in _NUMBERS:
        return None
    value = place.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _NUMBER_TEXT.fullmatch(value):
        return float(value) if "." in value else int(value)
    place.refuse("expected a number")
    return None


def _relation(place: Place, shared: dict[str, Any]) -> Relation | None:
    kind = _relation_kind(place.at("relation"))
    if kind is None:
        return None
    morph_to = kind in (RelationKind.MORPH_TO_ONE, RelationKind.MORPH_TO_MANY)
    morph_from = kind.is_polymorphic and not morph_to
    return Relation(
        **shared,
        relation=kind,
        target=None if morph_to else place.at("target").text(required=True),
        inversed_by=place.at("inversedBy").text(),
        mapped_by=place.at("mappedBy").text(),
        morph_by=place.at("morphBy").text(required=True) if morph_from else None,
        use_join_table=place.at("useJoinTable").flag(default=True),
        join_column=None if shared["system"] else place.at("joinColumn").at("name").text(),
        virtual=shared["system"] and place.at("unstable_virtual").flag(),
    )


def _relation_kind(place: Place) -> RelationKind | None:
    name = place.text(required=True)
    if name in {kind.value for kind in RelationKind}:
        return RelationKind(name)
    if name is not None:
        place.refuse(f"expected one of {', '.join(kind.value for kind in RelationKind)}")
    return None


def _component(place: Place, shared: dict[str, Any]) -> ComponentField | None:
    uid = place.at("component").text(required=True)
    if uid is None:
        return None
    return ComponentField(
        **shared,
        component=uid,
        repeatable=place.at("repeatable").flag(),
        minimum=place.at("min").whole(),
        maximum=place.at("max").whole(),
    )


def _zone(place: Place, shared: dict[str, Any]) -> DynamicZone:
    return DynamicZone(
        **shared,
        components=place.at("components").texts(),
        minimum=place.at("min").whole(),
        maximum=place.at("max").whole(),
    )


def _media(place: Place, shared: dict[str, Any]) -> Media:
    allowed = place.at("allowedTypes").texts()
    return Media(**shared, multiple=place.at("multiple").flag(), allowed_types=allowed)


_STRUCTURAL: Final[Mapping[str, Callable[[Place, dict[str, Any]], Attribute | None]]] = {
    "relation": _relation,
    "component": _component,
    "dynamiczone": _zone,
    "media": _media,
}
