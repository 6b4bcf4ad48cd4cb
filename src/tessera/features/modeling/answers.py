"""What is answered about content types and components, and what changes them."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

Kind = Literal["collectionType", "singleType"]


@with_config(ConfigDict(extra="allow"))
class SpelledAttribute(TypedDict):
    """An attribute, as its schema file spells it."""

    type: str


@with_config(ConfigDict(extra="allow"))
class NamedAttribute(SpelledAttribute):
    """An attribute and its name."""

    name: str


@with_config(ConfigDict(extra="allow"))
class TypeSchema(TypedDict):
    """The schema of a content type with its options."""

    displayName: str
    singularName: str
    pluralName: str
    description: str
    kind: Kind
    collectionName: str
    attributes: dict[str, SpelledAttribute]
    visible: bool
    restrictRelationsTo: list[str] | None
    draftAndPublish: NotRequired[bool]
    pluginOptions: NotRequired[dict[str, Any]]


class ContentTypeShown(TypedDict):
    """A content type."""

    uid: str
    plugin: NotRequired[str]
    apiID: str
    schema: TypeSchema


class ComponentSchema(TypedDict):
    """The schema of a component."""

    displayName: str
    description: str
    icon: NotRequired[str]
    collectionName: str
    pluginOptions: NotRequired[dict[str, Any]]
    attributes: dict[str, SpelledAttribute]


class ComponentShown(TypedDict):
    """A component."""

    uid: str
    category: str
    apiId: str
    schema: ComponentSchema


class EditableType(TypedDict):
    """A content type, as it is edited."""

    uid: str
    modelName: str
    kind: Kind
    globalId: str
    options: dict[str, Any]
    pluginOptions: NotRequired[dict[str, Any]]
    plugin: NotRequired[str]
    collectionName: str
    info: dict[str, Any]
    modelType: Literal["contentType"]
    attributes: list[NamedAttribute]
    visible: bool
    restrictRelationsTo: list[str] | None


class EditableComponent(TypedDict):
    """A component, as it is edited."""

    uid: str
    modelName: str
    globalId: str
    modelType: Literal["component"]
    collectionName: str
    category: str
    info: dict[str, Any]
    attributes: list[NamedAttribute]


class Editable(TypedDict):
    """All content types and components, by uid."""

    contentTypes: dict[str, EditableType]
    components: dict[str, EditableComponent]


class ReservedNames(TypedDict):
    """Names that content types and attributes may not have."""

    models: list[str]
    attributes: list[str]


class Updating(TypedDict):
    """Whether an update is going on."""

    isUpdating: bool


class Uid(TypedDict):
    """What was made, changed or deleted."""

    uid: str


class CategoryName(TypedDict, total=False):
    """What a category is called from now on; nothing where it was called so before."""

    name: str


class ModelingRefusal(TypedDict):
    """What is wrong with a content type, in one of the ways in which the reference says it."""

    data: NotRequired[None]
    error: Any
    details: NotRequired[dict[str, Any]]


class ModelEdits(TypedDict):
    """Changes to several content types and components."""

    components: NotRequired[list[dict[str, Any]]]
    contentTypes: NotRequired[list[dict[str, Any]]]


class Update(TypedDict):
    """Changes to several content types and components, and what the client knows will be lost."""

    data: ModelEdits
    confirm: NotRequired[Any]


class TypeBody(TypedDict):
    """A content type with the components that come with it."""

    contentType: dict[str, Any]
    components: NotRequired[list[dict[str, Any]]]
    confirm: NotRequired[Any]


class ComponentBody(TypedDict):
    """A component with the components that come with it."""

    component: dict[str, Any]
    components: NotRequired[list[dict[str, Any]]]
    confirm: NotRequired[Any]


class CategoryBody(TypedDict):
    """What a category is to be called."""

    name: str


class KindWanted(TypedDict, total=False):
    """Which kind of type is asked for."""

    kind: Kind


class Confirmation(TypedDict, total=False):
    """What the client knows will be lost."""

    confirm: str | list[str]
