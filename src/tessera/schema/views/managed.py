"""Content types and components as the content manager is told of them, and what its lists and forms may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tessera.schema.model import JSON, Component, ContentType, Model, Relation

ID: Final = "id"
DOCUMENT_ID: Final = "documentId"
CREATORS: Final = ("createdBy", "updatedBy")
_STAMPS: Final = ("createdAt", "updatedAt")
_FORMLESS: Final = frozenset({ID, DOCUMENT_ID, "publishedAt", *_STAMPS, *CREATORS})
_UNSORTED: Final = frozenset({"component", "json", "media", "richtext", "dynamiczone", "blocks"})
_UNLISTED: Final = frozenset({"json", "password", "richtext", "dynamiczone", "blocks"})
_SORTED_RELATIONS: Final = frozenset({"oneToOne", "manyToOne"})
_HIDDEN: Final[Mapping[str, frozenset[str]]] = {
    "admin::user": frozenset({"resetPasswordToken", "registrationToken"}),
    "plugin::users-permissions.user": frozenset({"resetPasswordToken", "confirmationToken", "provider"}),
}


@dataclass(frozen=True, slots=True)
class Managed:
    """A content type or component as the content manager knows it."""

    attributes: Mapping[str, Mapping[str, JSON]]
    hidden: frozenset[str] = frozenset()  # from lists and forms
    in_component: bool = False

    def type_of(self, name: str) -> JSON:
        """Return the type of an attribute."""
        return self.attributes[name].get("type")

    def is_listable(self, name: str) -> bool:
        """Tell whether an attribute may be a column of lists."""
        return name in self.attributes and name not in self.hidden and self.type_of(name) not in _UNLISTED

    def is_sortable(self, name: str) -> bool:
        """Tell whether lists may be sorted by an attribute, and searched for it."""
        if name not in self.attributes or (self.in_component and name == ID):
            return False
        if self.is_relation(name):
            return self.attributes[name].get("relationType") in _SORTED_RELATIONS
        return self.type_of(name) not in _UNSORTED

    def is_editable(self, name: str) -> bool:
        """Tell whether an attribute may be a field of forms."""
        return name in self.attributes and name not in self.hidden and name not in _FORMLESS

    def is_relation(self, name: str) -> bool:
        """Tell whether an attribute is a relation."""
        return name in self.attributes and self.type_of(name) == "relation"

    @property
    def main_field(self) -> str:
        """Return the attribute that stands for an entry if nobody chose one: the first string."""
        return next((name for name in self.attributes if self.type_of(name) == "string"), ID)

    @property
    def listable(self) -> list[str]:
        """Return the attributes that may be columns of lists."""
        return [name for name in self.attributes if self.is_listable(name)]

    @property
    def editable(self) -> list[str]:
        """Return the attributes that may be fields of forms."""
        return [name for name in self.attributes if self.is_editable(name)]


def managed(model: Model) -> Managed:
    """Return what the content manager knows of a model: the attributes that can be seen, and who wrote when."""
    shown = [name for name, it in model.attributes.items() if not it.system and it.visible]
    stamps = [name for name in (*_STAMPS, *CREATORS) if name in model.attributes]
    told = {name: _told(model, name) for name in (*shown, *stamps) if not _is_polymorphic(model, name)}
    attributes = {ID: {"type": "integer"}, **told, DOCUMENT_ID: {"type": "string"}}
    return Managed(attributes, _HIDDEN.get(model.uid, frozenset()), isinstance(model, Component))


def described(model: Model) -> dict[str, JSON]:
    """Return a content type or component as the panel is told of it."""
    source = model.source
    kind = {"kind": model.kind.value} if isinstance(model, ContentType) else {"category": model.category}
    return {
        "uid": model.uid,
        "isDisplayed": is_displayed(model),
        "apiID": model.singular_name,
        **kind,
        "info": source.get("info", {}),
        "options": model.options,
        **({"pluginOptions": source["pluginOptions"]} if "pluginOptions" in source else {}),
        "attributes": managed(model).attributes,
    }


def is_displayed(model: Model) -> bool:
    """Tell whether entries of the model have pages in the content manager."""
    return isinstance(model, Component) or model.visible_in_content_manager


def _told(model: Model, name: str) -> dict[str, JSON]:
    attribute = model.attributes[name]
    if not isinstance(attribute, Relation):
        return dict(attribute.options)
    return {**attribute.options, "targetModel": attribute.target, "relationType": attribute.relation.value}


def _is_polymorphic(model: Model, name: str) -> bool:
    attribute = model.attributes[name]
    return isinstance(attribute, Relation) and attribute.relation.is_polymorphic
