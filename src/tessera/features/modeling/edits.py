"""What is to be done to the files of a project, as values: one for each content type, component or category."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tessera.features.modeling.names import slug
from tessera.schema.model import JSON

Attributes = Mapping[str, dict[str, Any]]  # read attributes by name, in their order


@dataclass(frozen=True, slots=True, kw_only=True)
class NewType:
    """A content type to make."""

    uid: str | None  # what the client thinks that it will be
    plugin: str | None = None
    kind: str
    collection_name: str | None = None
    singular_name: str
    plural_name: str
    display_name: str
    description: str | None = None
    options: Mapping[str, JSON] = field(default_factory=dict)
    plugin_options: Mapping[str, JSON] | None = None
    config: Mapping[str, JSON] | None = None
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeChange:
    """What a content type is to be like; attributes that are not named go, whatever else is not said stays."""

    uid: str
    kind: str | None = None
    display_name: str
    description: str | None = None
    options: Mapping[str, JSON] | None = None  # all but the one below
    draft_and_publish: bool | None = None
    plugin_options: Mapping[str, JSON] | None = None
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TypeRemoval:
    """A content type to delete."""

    uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewComponent:
    """A component to make."""

    uid: str | None
    category: str
    display_name: str
    icon: str | None = None
    description: str | None = None
    plugin_options: Mapping[str, JSON] | None = None
    config: Mapping[str, JSON] | None = None
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentChange:
    """What a component is to be like, perhaps in another category; attributes that are not named go."""

    uid: str
    category: str | None = None
    display_name: str
    icon: str | None = None
    description: str | None = None
    plugin_options: Mapping[str, JSON] | None = None
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ComponentRemoval:
    """A component to delete."""

    uid: str


@dataclass(frozen=True, slots=True)
class CategoryRename:
    """A category of components to be called otherwise."""

    name: str
    new_name: str


@dataclass(frozen=True, slots=True)
class CategoryRemoval:
    """A category to delete with all its components."""

    name: str


Edit = (
    NewType
    | TypeChange
    | TypeRemoval
    | NewComponent
    | ComponentChange
    | ComponentRemoval
    | CategoryRename
    | CategoryRemoval
)


@dataclass(frozen=True, slots=True)
class Rename:
    """An attribute that goes on under another name, with what is stored in it."""

    uid: str
    old: str
    new: str


def uid_of(edit: NewType | NewComponent) -> str:
    """Return the uid that the name of something new makes."""
    if isinstance(edit, NewComponent):
        return f"{slug(edit.category)}.{slug(edit.display_name)}"
    name = edit.singular_name
    return f"plugin::{edit.plugin}.{name}" if edit.plugin else f"api::{name}.{name}"
