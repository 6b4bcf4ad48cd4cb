"""Content types and components as the two families of read routes show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from tessera.features.modeling.names import slug
from tessera.schema.model import JSON, Attribute, Component, ContentType, Media, Model, Relation, Schema
from tessera.schema.snapshot import global_id

USER: Final = "admin::user"
_FILE: Final = "plugin::upload.file"
_HIDDEN: Final = ("createdAt", "updatedAt", "publishedAt")


def shown_content_type(content_type: ContentType) -> dict[str, Any]:
    """Return a content type as the list of content types shows it."""
    return {
        "uid": content_type.uid,
        **_plugin(content_type),
        "apiID": content_type.singular_name,
        "schema": {
            **content_type.options,
            "displayName": content_type.display_name,
            "singularName": content_type.singular_name,
            "pluralName": content_type.plural_name,
            "description": _info(content_type).get("description", ""),
            **_picked(content_type, "pluginOptions"),
            "kind": content_type.kind.value,
            "collectionName": content_type.collection_name,
            "attributes": _attributes(content_type, _completed),
            "visible": content_type.visible_in_builder,
            "restrictRelationsTo": restricted_relations(content_type),
        },
    }


def shown_component(component: Component) -> dict[str, Any]:
    """Return a component as the list of components shows it."""
    info = _info(component)
    return {
        "uid": component.uid,
        "category": component.category,
        "apiId": component.singular_name,
        "schema": {
            "displayName": component.display_name,
            "description": info.get("description", ""),
            **{key: info[key] for key in ("icon",) if key in info},
            "collectionName": component.collection_name,
            **_picked(component, "pluginOptions"),
            "attributes": _attributes(component, _completed),
        },
    }


def shown_schema(schema: Schema) -> dict[str, Any]:
    """Return everything at once, as the panel reads it before it edits."""
    return {
        "contentTypes": {uid: _content_type(each) for uid, each in schema.content_types.items()},
        "components": {uid: _component(each) for uid, each in schema.components.items()},
    }


def restricted_relations(content_type: ContentType) -> list[str] | None:
    """Return the only relations that may point to a type, None for any."""
    if content_type.uid == USER:
        return ["oneWay", "manyWay"]
    return [] if content_type.uid == _FILE or not content_type.visible_in_builder else None


def _content_type(content_type: ContentType) -> dict[str, Any]:
    return {
        "uid": content_type.uid,
        "modelName": content_type.singular_name,
        "kind": content_type.kind.value,
        "globalId": global_id(content_type),
        "options": dict(content_type.options),
        **_picked(content_type, "pluginOptions"),
        **_plugin(content_type),
        "collectionName": content_type.collection_name,
        "info": _info(content_type),
        "modelType": "contentType",
        "attributes": _listed(content_type),
        "visible": content_type.visible_in_builder,
        "restrictRelationsTo": restricted_relations(content_type),
    }


def _component(component: Component) -> dict[str, Any]:
    words = slug(f"component {component.category} {component.singular_name}").split("-")
    return {
        "uid": component.uid,
        "modelName": component.singular_name,
        "globalId": component.source.get("globalId") or "".join(word.capitalize() for word in words),
        "modelType": "component",
        "collectionName": component.collection_name,
        "category": component.category,
        "info": _info(component),
        "attributes": _listed(component),
    }


def _attributes(model: Model, show: Callable[[Attribute], dict[str, Any]]) -> dict[str, Any]:
    return {attribute.name: show(attribute) for attribute in _visible(model)}


def _listed(model: Model) -> list[dict[str, Any]]:
    return [{**_with_other_side(attribute), "name": attribute.name} for attribute in _visible(model)]


def _visible(model: Model) -> Iterator[Attribute]:
    return (each for each in model.attributes.values() if each.visible and each.name not in _HIDDEN)


def _spelled(attribute: Attribute) -> dict[str, Any]:
    """Return an attribute as its file spells it; a custom field is told by what it is kept as."""
    return {**attribute.options, "type": attribute.type}


def _with_other_side(attribute: Attribute) -> dict[str, Any]:
    spelled = _spelled(attribute)
    if not isinstance(attribute, Relation):
        return spelled
    return {**spelled, "targetAttribute": attribute.inversed_by or attribute.mapped_by}


def _completed(attribute: Attribute) -> dict[str, Any]:
    """Return an attribute with what it leaves unsaid, where the reference says it."""
    spelled = _spelled(attribute)
    said = {
        "required": attribute.required,
        **({} if attribute.configurable else {"configurable": False}),
        "private": spelled.get("private") is True,
    }
    if isinstance(attribute, Media):
        kept: dict[str, Any] = {key: spelled[key] for key in ("allowedTypes", "pluginOptions") if key in spelled}
        return {"type": "media", "multiple": attribute.multiple, **said, **kept}
    if isinstance(attribute, Relation):
        bare = {key: value for key, value in spelled.items() if key != "configurable"}
        return {**bare, "targetAttribute": attribute.inversed_by or attribute.mapped_by, **said}
    return spelled


def _plugin(content_type: ContentType) -> dict[str, Any]:
    return {"plugin": content_type.plugin} if content_type.plugin else {}


def _picked(model: Model, *keys: str) -> dict[str, Any]:
    return {key: model.source[key] for key in keys if key in model.source}


def _info(model: Model) -> dict[str, JSON]:
    info = model.source.get("info")
    return dict(info) if isinstance(info, dict) else {}
