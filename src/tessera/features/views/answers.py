"""What is answered about what there is to manage and how it is shown."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict


class FieldSize(TypedDict):
    """How wide a field is in forms, in twelfths."""

    default: int
    isResizable: bool


@with_config(ConfigDict(extra="allow"))
class ManagedAttribute(TypedDict):
    """An attribute, as its schema file spells it."""

    type: str


@with_config(ConfigDict(extra="allow"))
class ModelInfo(TypedDict):
    """What a model is called."""

    displayName: str


class ManagedComponent(TypedDict):
    """A component."""

    uid: str
    isDisplayed: bool
    apiID: str
    category: str
    info: ModelInfo
    options: dict[str, Any]
    attributes: dict[str, ManagedAttribute]
    pluginOptions: NotRequired[dict[str, Any]]


class ManagedType(TypedDict):
    """A content type."""

    uid: str
    isDisplayed: bool
    apiID: str
    kind: Literal["collectionType", "singleType"]
    info: ModelInfo
    options: dict[str, Any]
    attributes: dict[str, ManagedAttribute]
    pluginOptions: NotRequired[dict[str, Any]]


class Managed(TypedDict):
    """Everything there is to manage."""

    fieldSizes: dict[str, FieldSize]
    components: list[ManagedComponent]
    contentTypes: list[ManagedType]


class ViewSettings(TypedDict):
    """How the list of a model is set."""

    bulkable: bool
    filterable: bool
    searchable: bool
    pageSize: int
    relationOpenMode: NotRequired[str]
    mainField: str
    defaultSortBy: str
    defaultSortOrder: Literal["ASC", "DESC"]


class SettingsOfType(TypedDict):
    """How the list of a type is set."""

    uid: str
    settings: ViewSettings


class FieldView(TypedDict):
    """How a field looks in the form and in the list."""

    edit: dict[str, Any]
    list: dict[str, Any]


class PlacedField(TypedDict):
    """A field in a row of the form."""

    name: str
    size: int


class Layouts(TypedDict):
    """Which fields stand where."""

    list: list[str]
    edit: list[list[PlacedField]]


class View(TypedDict):
    """How a model is shown."""

    uid: str
    settings: ViewSettings
    metadatas: dict[str, FieldView]
    layouts: Layouts
    options: NotRequired[dict[str, Any]]
    category: NotRequired[str]
    isComponent: NotRequired[bool]


class ViewOfType(TypedDict):
    """How a content type is shown, and the components in it."""

    contentType: View
    components: dict[str, View]


class ViewOfComponent(TypedDict):
    """How a component is shown, and the components in it."""

    component: View
    components: dict[str, View]


class ViewChanges(TypedDict, total=False):
    """What is to be different about a view."""

    settings: ViewSettings
    metadatas: dict[str, FieldView]
    layouts: Layouts
    options: dict[str, Any] | None


class KindAsked(TypedDict, total=False):
    """Which kind of type is asked for."""

    kind: Literal["collectionType", "singleType"]
