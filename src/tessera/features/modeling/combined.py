"""The combined update, taken apart: what the panel sends when somebody saves all changes at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tessera.errors import ABSENT, Violation
from tessera.features.modeling import values
from tessera.features.modeling.attributes import Holder
from tessera.features.modeling.edits import (
    Attributes,
    ComponentChange,
    ComponentRemoval,
    Edit,
    NewComponent,
    NewType,
    TypeChange,
    TypeRemoval,
)
from tessera.features.modeling.reading import KINDS, SINGLE, Body, Sent, attributes_of
from tessera.schema.model import JSON, Model, Schema

_ACTIONS: Final = ("create", "update", "delete")


def read_update(value: JSON, schema: Schema) -> tuple[list[Edit], list[Violation]]:
    """Return what an update asks for, and every fault of it."""
    faults: list[Violation] = []
    data = value.get("data", ABSENT) if isinstance(value, dict) else ABSENT
    if not isinstance(data, dict):
        given = "undefined" if data is ABSENT else "array" if isinstance(data, list) else "another value"
        return [], [Violation(("data",), f"Invalid input: expected object, received {given}")]
    edits = [
        edit
        for key, read in (("contentTypes", _content_type), ("components", _component))
        for body in _bodies(data, key, faults)
        if (edit := read(body, schema)) is not None
    ]
    return edits, faults


def _bodies(data: Mapping[str, JSON], key: str, faults: list[Violation]) -> Iterator[Body]:
    listed = data.get(key)
    if listed is not None and not isinstance(listed, list):
        faults.append(Violation(("data", key), "Invalid input: expected array", listed))
        return
    for place, item in enumerate(listed or ()):
        path = ("data", key, str(place))
        if isinstance(item, dict):
            yield Body(item, path, faults)
        else:
            faults.append(Violation(path, "Invalid input: expected object", item))


def _content_type(body: Body, schema: Schema) -> Edit | None:
    uid = body.text("uid", required=True) or ""
    action = body.get("action", values.one_of(_ACTIONS), required=True)
    if action == "delete":
        return TypeRemoval(uid)
    if action == "update":
        return _changed_type(body, uid, schema)
    return _new_type(body, uid) if action == "create" else None


def _new_type(body: Body, uid: str) -> NewType:
    kind = body.get("kind", values.one_of(KINDS), required=True) or ""
    singular, plural = body.model_names()
    drafts = body.drafts(required=True) or False
    return NewType(
        uid=uid,
        plugin=body.text("plugin") or None,
        kind=kind,
        collection_name=body.table(),
        singular_name=singular,
        plural_name=plural,
        display_name=body.text("displayName", required=True) or "",
        description=body.text("description"),
        options={**(body.options() or {}), "draftAndPublish": drafts},
        plugin_options=body.mapping("pluginOptions") or {},
        config=body.mapping("config"),
        attributes=_attributes(body, Holder(is_single=kind == SINGLE), None, drafts=drafts),
    )


def _changed_type(body: Body, uid: str, schema: Schema) -> TypeChange:
    kind, drafts, before = body.kind(), body.drafts(required=True), schema.content_types.get(uid)
    is_single = kind == SINGLE if kind else before is not None and before.is_single
    return TypeChange(
        uid=uid,
        kind=kind,
        display_name=body.text("displayName", required=True) or "",
        description=body.text("description"),
        options=body.options(),
        draft_and_publish=drafts,
        plugin_options=body.mapping("pluginOptions"),
        attributes=_attributes(body, Holder(is_single=is_single), before, drafts=drafts is True),
    )


def _component(body: Body, schema: Schema) -> Edit | None:
    uid = body.text("uid", required=True) or ""
    action = body.get("action", values.one_of(_ACTIONS), required=True)
    if action == "delete":
        return ComponentRemoval(uid)
    if action == "update":
        category = body.category(required=False)
        return ComponentChange(uid=uid, category=category, **_described(body, schema.components.get(uid)))
    if action == "create":
        category, config = body.category(required=True) or "", body.mapping("config") or {}
        return NewComponent(uid=uid, category=category, config=config, **_described(body, None))
    return None


def _described(body: Body, before: Model | None) -> dict[str, Any]:
    return {
        "display_name": body.text("displayName", required=True) or "",
        "icon": body.icon(),
        "description": body.text("description"),
        "plugin_options": body.mapping("pluginOptions"),
        "attributes": _attributes(body, Holder(is_component=True), before, drafts=False),
    }


def _attributes(body: Body, holder: Holder, before: Model | None, *, drafts: bool) -> Attributes:
    listed = body.get("attributes", lambda value: None if isinstance(value, list) else "expected a list", required=True)
    sent = [each for place, item in enumerate(listed or ()) if (each := _sent(body, place, item)) is not None]
    old = () if before is None else before.attributes
    return attributes_of(body, sent, holder, old=old, drafts=drafts)


def _sent(body: Body, place: int, item: JSON) -> Sent | None:
    """Return one attribute; None for one that goes, which is the same as one that is not listed."""
    path = (*body.path, "attributes", str(place))
    if not isinstance(item, dict):
        body.faults.append(Violation(path, "Invalid input: expected object", item))
        return None
    own = Body(item, path, body.faults)
    name = own.text("name", required=True)
    action = own.get("action", values.one_of(_ACTIONS), required=True)
    if not name or action in (None, "delete"):
        return None
    return Sent(name, (*path, "properties"), item.get("properties"), is_new=action == "create")
