"""What lists and forms say of each attribute, as it is at first and after the type has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tessera.schema.model import JSON, Schema
from tessera.schema.views.managed import DOCUMENT_ID, ID, Managed, managed

Labels = dict[str, dict[str, Any]]  # attribute → how its form field and its list column are labelled

_MAIN: Final = "mainField"


def default_labels(model: Managed, schema: Schema) -> Labels:
    """Return the labels of a model that nobody has changed."""
    labels = {name: _label(model, name, schema) for name in model.attributes}
    return {**labels, ID: plain_label(ID), DOCUMENT_ID: plain_label(DOCUMENT_ID)}


def kept_labels(stored: Mapping[str, JSON], model: Managed, schema: Schema) -> Labels:
    """Return stored labels without those of gone attributes, and with what is missing."""
    if not stored:
        return default_labels(model, schema)
    defaults = default_labels(model, schema)
    return {
        name: _kept(name, _merged(default, stored.get(name) or {}), model, schema) for name, default in defaults.items()
    }


def plain_label(name: str) -> dict[str, JSON]:
    """Return the label of an attribute that no form shows."""
    return {"edit": {}, "list": {"label": name, "searchable": True, "sortable": True}}


def target_of(model: Managed, name: str, schema: Schema) -> Managed | None:
    """Return the content type that a relation leads to."""
    if not model.is_relation(name):
        return None
    target = schema.content_types.get(model.attributes[name].get("targetModel") or "")
    return None if target is None else managed(target)


def _label(model: Managed, name: str, schema: Schema) -> dict[str, JSON]:
    sortable, target = model.is_sortable(name), target_of(model, name, schema)
    return {
        "edit": {
            "label": name,
            "description": "",
            "placeholder": "",
            "visible": model.is_editable(name),
            "editable": True,
            **({} if target is None else {_MAIN: target.main_field}),
        },
        "list": {"label": name, "searchable": sortable, "sortable": sortable},
    }


def _merged(default: Mapping[str, JSON], stored: Mapping[str, JSON]) -> dict[str, Any]:
    return {part: {**default[part], **(stored.get(part) or {})} for part in ("edit", "list")}


def _kept(name: str, label: dict[str, Any], model: Managed, schema: Schema) -> dict[str, Any]:
    """Return a label without promises that the attribute no longer keeps."""
    edit, column = dict(label["edit"]), dict(label["list"])
    if not model.is_sortable(name):
        column.update({key: False for key in ("searchable", "sortable") if column.get(key)})
    if _MAIN in edit and not model.is_relation(name):
        del edit[_MAIN]
    target, chosen = target_of(model, name, schema), edit.get(_MAIN)
    if target is not None and chosen not in (None, ID) and not _can_stand_for(target, chosen):
        edit[_MAIN] = target.main_field
    return {"edit": edit, "list": column}


def _can_stand_for(target: Managed, name: str) -> bool:
    return target.is_sortable(name) or target.is_listable(name)
