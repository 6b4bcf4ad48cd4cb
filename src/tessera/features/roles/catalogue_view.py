"""The catalogue as the panel's permission matrix shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tessera.authz.actions import Action, Catalogue, Section
from tessera.authz.conditions import CONDITIONS
from tessera.schema.model import Attribute, ComponentField, ContentType, Model, Schema

Locale = Mapping[str, Any]  # label, value, isDefault


def catalogue_view(schema: Schema, catalogue: Catalogue, locales: list[Locale]) -> dict[str, Any]:
    """Return conditions and sections: settings, plugins, and content types with their fields and locales."""
    return {
        "conditions": [
            {"id": each.id, "displayName": each.display_name, "category": each.category} for each in CONDITIONS.values()
        ],
        "sections": {
            "collectionTypes": _content_section(schema, catalogue, locales, single=False),
            "singleTypes": _content_section(schema, catalogue, locales, single=True),
            "plugins": [_plugin(action) for action in catalogue.offered if action.section is Section.PLUGINS],
            "settings": [_setting(action) for action in catalogue.offered if action.section is Section.SETTINGS],
        },
    }


def _plugin(action: Action) -> dict[str, Any]:
    return {
        "displayName": action.display_name,
        "plugin": action.plugin,
        "subCategory": action.sub_category,
        "action": action.uid,
    }


def _setting(action: Action) -> dict[str, Any]:
    return {
        "displayName": action.display_name,
        "category": action.category,
        "subCategory": action.sub_category,
        "action": action.uid,
    }


def _content_section(schema: Schema, catalogue: Catalogue, locales: list[Locale], *, single: bool) -> dict[str, Any]:
    shown = [each for each in schema.content_types.values() if each.visible_in_content_manager]
    actions = [action for action in catalogue.offered if action.section is Section.CONTENT_TYPES]
    subjects = [_subject(schema, each, locales) for each in shown if each.is_single == single]
    return {
        "subjects": subjects,
        "actions": [_content_action(action, [each.uid for each in shown]) for action in actions],
    }


def _content_action(action: Action, displayed: list[str]) -> dict[str, Any]:
    return {
        "label": action.display_name,
        "actionId": action.uid,
        "subjects": displayed if action.subjects is not None else [],
        "applyToProperties": list(action.properties),
    }


def _subject(schema: Schema, content_type: ContentType, locales: list[Locale]) -> dict[str, Any]:
    fields = list(_fields(schema, content_type, frozenset()))
    properties: list[dict[str, Any]] = [{"label": "Fields", "value": "fields", "children": fields}]
    if content_type.localized:
        properties.append({"label": "Locales", "value": "locales", "children": locales})
    return {"uid": content_type.uid, "label": content_type.singular_name, "properties": properties}


def _fields(schema: Schema, model: Model, above: frozenset[str]) -> Iterator[dict[str, Any]]:
    for attribute in model.attributes.values():
        if not attribute.system:
            yield _field(schema, attribute, above)


def _field(schema: Schema, attribute: Attribute, above: frozenset[str]) -> dict[str, Any]:
    field: dict[str, Any] = {"label": attribute.name, "value": attribute.name}
    if attribute.required:
        field["required"] = True
    inner = schema.components.get(attribute.component) if isinstance(attribute, ComponentField) else None
    if inner is not None and inner.uid not in above:
        field["children"] = list(_fields(schema, inner, above | {inner.uid}))
    return field
