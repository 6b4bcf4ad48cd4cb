"""The keys of a body, where the Content API refuses those that it does not know or that may not be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.errors import ABSENT, ValidationError
from tessera.schema.model import JSON, Attribute, Component, ComponentField, DynamicZone, Media, Model, Relation, Schema

MayLink = Callable[[Attribute], bool]

_IGNORED: Final = frozenset({"locale", "publishedAt"})  # taken by other means, and no fault
_IDENTITY: Final = frozenset({"id", "documentId"})
_OPERATIONS: Final = frozenset({"connect", "disconnect", "set", "options"})
_FILE: Final = "plugin::upload.file"


@dataclass(frozen=True, slots=True)
class RefusedKey:
    """A key that may not be there; `path` is where, None at the top, absent for ids."""

    key: str
    path: Any = ABSENT  # a dotted path, None or ABSENT

    def error(self) -> ValidationError:
        """Return the error that clients see (content_api_write.keys_that_may_not_be_written)."""
        where = f" at {self.path}" if isinstance(self.path, str) and self.path != self.key else ""
        details = {"key": self.key, "source": "body", **({} if self.path is ABSENT else {"path": self.path})}
        return ValidationError(f"Invalid key {self.key}{where}", details)


def refused_key(
    schema: Schema, model: Model, data: Mapping[str, JSON], may_link: MayLink = lambda _: True
) -> RefusedKey | None:
    """Return the first key that may not be written; `may_link` says whether a relation may be touched."""
    return _Reader(schema, may_link).in_model(model, data, None)


@dataclass(frozen=True, slots=True)
class _Reader:
    schema: Schema
    may_link: MayLink

    def in_model(self, model: Model, data: Mapping[str, JSON], path: str | None) -> RefusedKey | None:
        for key, value in data.items():
            if (refused := self.at(model, key, value, path)) is not None:
                return refused
        return None

    def at(self, model: Model, key: str, value: JSON, path: str | None) -> RefusedKey | None:
        if path is None and key in _IDENTITY:
            return RefusedKey(key)
        if key in (_IGNORED if path is None else _IDENTITY):
            return None
        attribute, here = model.attributes.get(key), f"{path}.{key}" if path else key
        if attribute is None:
            return RefusedKey(key, path)
        if attribute.system or not attribute.writable:
            return RefusedKey(key, here)
        return self.in_value(attribute, value, here)

    def in_value(self, attribute: Attribute, value: JSON, here: str) -> RefusedKey | None:
        if isinstance(attribute, Relation | Media):
            return self.in_link(attribute, value, here)
        if not isinstance(attribute, ComponentField | DynamicZone):
            return None
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and (refused := self.in_part(attribute, item, here)) is not None:
                return refused
        return None

    def in_part(self, attribute: ComponentField | DynamicZone, item: dict[str, JSON], here: str) -> RefusedKey | None:
        is_zone = isinstance(attribute, DynamicZone)
        uid = item.get("__component") if isinstance(attribute, DynamicZone) else attribute.component
        component: Component | None = self.schema.components.get(uid) if isinstance(uid, str) else None
        if component is None:
            return None  # said better when the value is checked
        known = {key: value for key, value in item.items() if not (is_zone and key == "__component")}
        return self.in_model(component, known, here)

    def in_link(self, attribute: Relation | Media, value: JSON, here: str) -> RefusedKey | None:
        if isinstance(attribute, Relation) and not self.may_link(attribute):
            return RefusedKey(attribute.name, here)
        if not isinstance(value, dict):
            return None
        uid = attribute.target if isinstance(attribute, Relation) else _FILE
        target = self.schema.content_types.get(uid) if uid else None
        known = _OPERATIONS | _IDENTITY | frozenset(target.attributes if target else ("__type",))
        return next((RefusedKey(key, here) for key in value if key not in known), None)
