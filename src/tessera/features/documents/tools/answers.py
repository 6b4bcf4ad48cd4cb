"""What agents are answered, described as JSON Schema: as much as the reference says, or all that is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tessera.authz.reach import Fields, touches
from tessera.features.documents.tools.data import ZONE_TAG
from tessera.mcp.shapes import DIALECT, JSONSchema
from tessera.mcp.tool import Scope
from tessera.query.sight import USER
from tessera.schema.attributes.registry import type_of
from tessera.schema.model import Attribute, ComponentField, ContentType, DynamicZone, Model, Relation, Scalar, Schema

_OPEN: Final[JSONSchema] = {"type": "object", "propertyNames": {"type": "string"}, "additionalProperties": {}}
_TEXT: Final[JSONSchema] = {"type": "string"}
_NUMBER: Final[JSONSchema] = {"type": "number"}
_IDENTITY: Final[JSONSchema] = {
    "type": "object",
    "properties": dict.fromkeys(("documentId", "locale", "__type", "status"), _TEXT),
    "required": ["documentId"],
    "additionalProperties": False,
}
_PAGINATION: Final = ("page", "pageSize", "pageCount", "total")


def list_answer(scope: Scope, content_type: ContentType, fields: Fields) -> JSONSchema:
    """Return the schema of a page of documents."""
    return _object(
        {
            "results": {"type": "array", "items": _document(scope, content_type, fields)},
            "pagination": {
                "type": "object",
                "properties": dict.fromkeys(_PAGINATION, _NUMBER),
                "required": list(_PAGINATION),
                "additionalProperties": False,
            },
        },
        "results",
        "pagination",
    )


def document_answer(scope: Scope, content_type: ContentType, fields: Fields) -> JSONSchema:
    """Return the schema of one document and what is told of its other versions."""
    versions = {"type": "array", "items": _OPEN}
    meta = {
        "type": "object",
        "properties": {"availableLocales": versions, "availableStatus": versions},
        "additionalProperties": False,
    }
    document = {"anyOf": [_document(scope, content_type, fields), {"type": "null"}]}
    return _object({"data": document, "meta": meta}, "data")


def empty_answer() -> JSONSchema:
    """Return the schema of the answer to a deletion."""
    nothing = {"type": "object", "properties": {}, "additionalProperties": {}}
    return _object({"data": {"anyOf": [nothing, {"type": "null"}]}}, "data")


def count_answer() -> JSONSchema:
    """Return the schema of the answer to an action on several documents."""
    return _object({"data": _object({"count": _NUMBER})}, "data")


def _object(properties: dict[str, Any], *required: str) -> JSONSchema:
    return {
        "$schema": DIALECT,
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": {},
    }


def _document(scope: Scope, content_type: ContentType, fields: Fields) -> JSONSchema:
    shown = [item for item in content_type.attributes.values() if touches(fields, item.name) and not item.system]
    if scope.typed:
        shown = [item for item in shown if item.type != "password"]  # which no answer holds
    if not shown and not scope.typed:
        return _OPEN
    teller = _Teller(scope.schema, fields) if scope.typed else None
    properties = {item.name: _loose(item) if teller is None else teller.attribute(item, "") for item in shown}
    if teller is not None:
        properties = {"documentId": _TEXT, **properties}
    return {"type": "object", "properties": properties, "additionalProperties": {}}


def _loose(attribute: Attribute) -> JSONSchema:
    """Return what the reference tells of an attribute: nothing, unless it is a relation."""
    if not isinstance(attribute, Relation) or attribute.target == USER:
        return {}
    if attribute.lists_many:
        return {"type": "array", "items": _IDENTITY}
    return {"anyOf": [_IDENTITY, {"type": "null"}]}


def _open(identity: JSONSchema) -> JSONSchema:
    """Return the schema of related documents of which more is told where that was asked for."""
    known = {"documentId": _TEXT, "locale": {"type": ["string", "null"]}, "__type": _TEXT, "status": _TEXT}
    told = {**_IDENTITY, "properties": known, "additionalProperties": {}}
    if "items" in identity:
        return {**identity, "items": told}
    return {"anyOf": [told, {"type": "null"}]} if "anyOf" in identity else identity


class _Teller:
    """Tells all that is known about values that are read."""

    def __init__(self, schema: Schema, fields: Fields) -> None:
        self._schema = schema
        self._fields = fields

    def attribute(self, attribute: Attribute, prefix: str, above: frozenset[str] = frozenset()) -> JSONSchema:
        """Return the schema of an attribute's values; whatever is not a list may be null."""
        inside = f"{prefix}{attribute.name}."
        match attribute:
            case Scalar():
                return {"anyOf": [type_of(attribute.type).shape(attribute), {"type": "null"}]}
            case ComponentField(component=uid, repeatable=True):
                return {"type": "array", "items": self._component(uid, inside, above)}
            case ComponentField(component=uid):
                return {"anyOf": [self._component(uid, inside, above), {"type": "null"}]}
            case DynamicZone(components=uids):
                return {"type": "array", "items": {"anyOf": [self._part(uid, inside, above) for uid in uids]}}
        return _open(_loose(attribute)) if isinstance(attribute, Relation) else _loose(attribute)

    def _part(self, uid: str, prefix: str, above: frozenset[str]) -> JSONSchema:
        described = self._component(uid, prefix, above, whole=True)
        properties = {ZONE_TAG: {"const": uid}, **described.get("properties", {})}
        return {**described, "properties": properties, "required": [ZONE_TAG]}

    def _component(self, uid: str, prefix: str, above: frozenset[str], *, whole: bool = False) -> JSONSchema:
        component = self._schema.components.get(uid)
        if component is None or uid in above:
            return {"type": "object"}
        shown = {
            item.name: self.attribute(item, prefix, above | {uid}) for item in self._shown(component, prefix, whole)
        }
        return {"type": "object", "properties": shown, "additionalProperties": {}}

    def _shown(self, model: Model, prefix: str, whole: bool) -> Iterator[Attribute]:  # noqa: FBT001 - as its caller's
        for item in model.attributes.values():
            if item.type != "password" and (whole or touches(self._fields, f"{prefix}{item.name}")):
                yield item
