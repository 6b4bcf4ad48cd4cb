"""The view of a model: its settings, the labels of its attributes, and the layouts of its lists and forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tessera.schema.model import JSON, Component, ComponentField, ContentType, DynamicZone, Model, Relation, Schema
from tessera.schema.views.labels import default_labels, kept_labels
from tessera.schema.views.layouts import default_layouts, kept_layouts
from tessera.schema.views.managed import CREATORS, DOCUMENT_ID, Managed, managed

View = dict[str, Any]

_SORT: Final = re.compile(r"(?P<name>[^\[\]]+)(?:\[(?P<within>[^\[\]]+)\])?")
_SETTINGS: Final[Mapping[str, JSON]] = {
    "bulkable": True,
    "filterable": True,
    "searchable": True,
    "pageSize": 10,
    "relationOpenMode": "modal",
}


def default_view(model: Model, schema: Schema) -> View:
    """Return the view of a model that nobody has arranged."""
    known = managed(model)
    return {
        "settings": _default_settings(known),
        "metadatas": default_labels(known, schema),
        "layouts": default_layouts(known),
        **_identity(model),
    }


def kept_view(stored: Mapping[str, JSON], model: Model, schema: Schema) -> View:
    """Return a stored view in step with a model that may have changed since."""
    known, labels = managed(model), stored.get("metadatas") or {}
    return {
        **stored,
        "settings": _kept_settings(stored.get("settings") or {}, model, schema),
        "metadatas": kept_labels(labels, known, schema),
        "layouts": kept_layouts(stored.get("layouts") or {}, labels, known),
        **_identity(model),
    }


def is_sort(value: JSON, model: Model, schema: Schema) -> bool:
    """Tell whether lists may be sorted by that at first: `title`, or `author[name]` of the entry that is related."""
    found = _SORT.fullmatch(value) if isinstance(value, str) else None
    if found is None or found["name"] not in _sorts(model):
        return False
    if not found["within"]:
        return True
    attribute = model.attributes.get(found["name"])
    target = schema.content_types.get(attribute.target or "") if isinstance(attribute, Relation) else None
    return target is not None and found["within"] in _sorts(target)


def components_within(model: Model, schema: Schema) -> dict[str, Component]:
    """Return all components that entries of a model may hold, at any depth, each before those in it."""
    found: dict[str, Component] = {}
    _collect(model, schema, found)
    return found


def _collect(model: Model, schema: Schema, found: dict[str, Component]) -> None:
    for uid in _parts(model):
        component = schema.components.get(uid)
        if component is not None and uid not in found:
            found[uid] = component
            _collect(component, schema, found)


def _parts(model: Model) -> Iterator[str]:
    for attribute in model.attributes.values():
        if isinstance(attribute, ComponentField):
            yield attribute.component
        elif isinstance(attribute, DynamicZone):
            yield from attribute.components


def _default_settings(known: Managed) -> dict[str, JSON]:
    main = known.main_field
    return {**_SETTINGS, "mainField": main, "defaultSortBy": main, "defaultSortOrder": "ASC"}


def _kept_settings(stored: Mapping[str, JSON], model: Model, schema: Schema) -> dict[str, JSON]:
    known = managed(model)
    if not stored:
        return _default_settings(known)
    default = known.main_field
    main, sort = stored.get("mainField", default), stored.get("defaultSortBy", default)
    return {
        **stored,
        "mainField": main if known.is_sortable(main) else default,
        "defaultSortBy": sort if is_sort(sort, model, schema) else default,
    }


def _sorts(model: Model) -> frozenset[str]:
    unseen = (name for name, it in model.attributes.items() if it.writable and not it.visible)
    return frozenset({*managed(model).listable, *unseen, *CREATORS, DOCUMENT_ID})


def _identity(model: Model) -> dict[str, JSON]:
    return {"uid": model.uid} if isinstance(model, ContentType) else {"uid": model.uid, "isComponent": True}
