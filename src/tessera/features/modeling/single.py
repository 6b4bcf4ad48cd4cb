"""The older requests, taken apart: one content type or component at a time, with the components that come with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from tessera.errors import Violation
from tessera.features.modeling import names, values
from tessera.features.modeling.attributes import Holder
from tessera.features.modeling.edits import (
    Attributes,
    CategoryRename,
    ComponentChange,
    Edit,
    NewComponent,
    NewType,
    TypeChange,
    uid_of,
)
from tessera.features.modeling.reading import SINGLE, Body, Sent, attributes_of
from tessera.schema.model import JSON, Model, Schema

Read = tuple[list[Edit], list[Violation]]
_THE_TYPE: Final = "__contentType__"  # how a component points to the type that is made along with it
_SHORTEST: Final = 3  # characters of a category


def read_new_type(value: JSON, schema: Schema) -> Read:
    """Return what it takes to make a content type."""
    faults: list[Violation] = []
    body = _body(value, "contentType", faults)
    singular, plural = body.model_names()
    kind, drafts = body.kind() or "collectionType", body.drafts()
    edit = NewType(
        uid=None,
        kind=kind,
        collection_name=body.table(),
        singular_name=singular,
        plural_name=plural,
        display_name=body.text("displayName", required=True) or "",
        description=body.text("description"),
        options={**(body.options() or {}), **({} if drafts is None else {"draftAndPublish": drafts})},
        plugin_options=body.mapping("pluginOptions"),
        config=body.mapping("config"),
        attributes=_attributes(body, Holder(is_single=kind == SINGLE), None, drafts=drafts is True),
    )
    return _with_components(value, edit, schema, faults, f"api::{singular}.{singular}")


def read_changed_type(value: JSON, uid: str, schema: Schema) -> Read:
    """Return what it takes to change a content type; names do not change."""
    faults: list[Violation] = []
    body, before = _body(value, "contentType", faults), schema.content_types[uid]
    kind, drafts = body.kind(), body.drafts()
    is_single = kind == SINGLE if kind else before.is_single
    has_drafts = before.draft_and_publish if drafts is None else drafts
    edit = TypeChange(
        uid=uid,
        kind=kind,
        display_name=body.text("displayName", required=True) or "",
        description=body.text("description"),
        options=body.options(),
        draft_and_publish=drafts,
        plugin_options=body.mapping("pluginOptions"),
        attributes=_attributes(body, Holder(is_single=is_single), before, drafts=has_drafts),
    )
    return _with_components(value, edit, schema, faults, uid)


def read_new_component(value: JSON, schema: Schema) -> Read:
    """Return what it takes to make a component."""
    faults: list[Violation] = []
    edit = _new_component(_body(value, "component", faults))
    return _with_components(value, edit, schema, faults)


def read_changed_component(value: JSON, uid: str, schema: Schema) -> Read:
    """Return what it takes to change a component."""
    faults: list[Violation] = []
    edit = _changed_component(_body(value, "component", faults), uid, schema)
    return _with_components(value, edit, schema, faults)


def read_category(value: JSON, name: str) -> Read:
    """Return what it takes to call a category otherwise."""
    faults: list[Violation] = []
    body = Body(value if isinstance(value, dict) else {}, (), faults)
    wanted = body.text("name", required=True) or ""
    if 0 < len(wanted) < _SHORTEST:
        body.refuse("name", f"name must be at least {_SHORTEST} characters", wanted)
    if wanted and not names.is_category(wanted):
        words = "name must start with a letter and only contain letters, numbers, dashes and underscores"
        body.refuse("name", words, wanted)
    _check_keys(value, ("name",), faults)
    return [CategoryRename(name, wanted)], faults


def _check_keys(value: JSON, known: Collection[str], faults: list[Violation]) -> None:
    unknown = [key for key in (value if isinstance(value, dict) else ()) if key not in (*known, "confirm")]
    if unknown:
        faults.append(Violation((), f"this field has unspecified keys: {', '.join(unknown)}", value))


def _body(value: JSON, key: str, faults: list[Violation]) -> Body:
    found = value.get(key) if isinstance(value, dict) else None
    body = Body(found if isinstance(found, dict) else {}, (key,), faults)
    if not isinstance(found, dict):
        body.refuse("", f"{key} is a required field")
    _check_keys(value, (key, "components"), faults)
    return body


def _with_components(value: JSON, edit: Edit, schema: Schema, faults: list[Violation], uid: str = "") -> Read:
    """Add the components that come with an edit; new ones are known by a name for this request only."""
    bodies = list(_nested(value, faults))
    edits = [edit, *(_nested_edit(body, schema) for body in bodies)]
    made = {
        str(body.value["tmpUID"]): uid_of(each)
        for body, each in zip(bodies, edits[1:], strict=True)
        if isinstance(each, NewComponent)
    }
    return [_resolved(each, made, uid) for each in edits], faults


def _nested(value: JSON, faults: list[Violation]) -> Iterator[Body]:
    listed = value.get("components") if isinstance(value, dict) else None
    if listed is not None and not isinstance(listed, list):
        faults.append(Violation(("components",), "components expected a list", listed))
        return
    for place, item in enumerate(listed or ()):
        path = ("components", str(place))
        named = [key for key in ("uid", "tmpUID") if isinstance(item, dict) and isinstance(item.get(key), str)]
        if len(named) == 1:
            yield Body(item, path, faults)
        else:
            faults.append(Violation(path, "Component must have a uid or a tmpUID", item))


def _nested_edit(body: Body, schema: Schema) -> NewComponent | ComponentChange:
    if "uid" in body.value:
        return _changed_component(body, str(body.value["uid"]), schema)
    return _new_component(body)


def _new_component(body: Body) -> NewComponent:
    return NewComponent(
        uid=None,
        category=body.category(required=True) or "",
        config=body.mapping("config"),
        **_component(body, None),
    )


def _changed_component(body: Body, uid: str, schema: Schema) -> ComponentChange:
    before = schema.components.get(uid)
    return ComponentChange(uid=uid, category=body.category(required=True), **_component(body, before))


def _component(body: Body, before: Model | None) -> dict[str, Any]:
    return {
        "display_name": body.text("displayName", required=True) or "",
        "icon": body.icon(),
        "description": body.text("description"),
        "plugin_options": body.mapping("pluginOptions"),
        "attributes": _attributes(body, Holder(is_component=True), before, drafts=False),
    }


def _attributes(body: Body, holder: Holder, before: Model | None, *, drafts: bool) -> Attributes:
    sent = body.get("attributes", values.mapping)
    if sent is None:
        body.refuse("attributes", "attributes.required")
    old = () if before is None else before.attributes
    path = (*body.path, "attributes")
    listed = [Sent(name, (*path, name), value, is_new=before is None) for name, value in (sent or {}).items()]
    return attributes_of(body, listed, holder, old=old, drafts=drafts)


def _resolved(edit: Any, made: Mapping[str, str], uid: str) -> Edit:  # noqa: ANN401 - any edit that has attributes
    """Return an edit with uids in the place of names for this request."""
    resolved: Edit = replace(
        edit, attributes={name: _attribute(each, made, uid) for name, each in edit.attributes.items()}
    )
    return resolved


def _attribute(attribute: Mapping[str, JSON], made: Mapping[str, str], uid: str) -> dict[str, Any]:
    changed: dict[str, JSON] = {}
    if "component" in attribute:
        changed["component"] = made.get(attribute["component"], attribute["component"])
    if "components" in attribute:
        changed["components"] = [made.get(each, each) for each in attribute["components"]]
    if attribute.get("target") == _THE_TYPE and uid:
        changed["target"] = uid
    return {**attribute, **changed}
