"""The roles that come with a project, and what they hold (database.md §11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tessera.authz.actions import Action, Catalogue
from tessera.authz.permission import Permission
from tessera.schema.model import ContentType, Schema
from tessera.schema.paths import editable_paths

_EXPLORER: Final = "plugin::content-manager.explorer."
_WITH_FIELDS: Final = ("create", "read", "update")
_END_USER: Final = "plugin::users-permissions.user"
_CREATOR: Final = ("admin::is-creator",)
_UPLOAD: Final = (
    "plugin::upload.read",
    "plugin::upload.configure-view",
    "plugin::upload.assets.create",
    "plugin::upload.assets.update",
    "plugin::upload.assets.download",
    "plugin::upload.assets.copy-link",
)
_UPLOAD_OF_CREATOR: Final = frozenset({"plugin::upload.read", "plugin::upload.assets.update"})


@dataclass(frozen=True, slots=True)
class RoleText:
    """How a role of the server's own is named."""

    name: str
    code: str
    description: str


SUPER_ADMIN: Final = RoleText(
    "Super Admin", "strapi-super-admin", "Super Admins can access and manage all features and settings."
)
EDITOR: Final = RoleText(
    "Editor", "strapi-editor", "Editors can manage and publish contents including those of other users."
)
AUTHOR: Final = RoleText("Author", "strapi-author", "Authors can manage the content they have created.")


def editor_permissions(schema: Schema) -> tuple[Permission, ...]:
    """Return what editors hold in a new project: all of content but deleting and publishing localized types."""
    content = _content(schema, (*_WITH_FIELDS, "delete", "publish"), ())
    return (*content, *(_permission(action, None, {}, ()) for action in _UPLOAD))


def author_permissions(schema: Schema) -> tuple[Permission, ...]:
    """Return what authors hold in a new project: their own content, without publishing."""
    uploads = (_permission(a, None, {}, _CREATOR if a in _UPLOAD_OF_CREATOR else ()) for a in _UPLOAD)
    return (*_content(schema, (*_WITH_FIELDS, "delete"), _CREATOR), *uploads)


def super_admin_permissions(schema: Schema, catalogue: Catalogue, locales: Sequence[str]) -> tuple[Permission, ...]:
    """Return what super admins hold on paper; they may do everything, and the rows say so to other servers."""
    return tuple(_everything(schema, catalogue, locales))


def _content(schema: Schema, verbs: Sequence[str], conditions: tuple[str, ...]) -> Iterator[Permission]:
    for verb in verbs:
        for content_type in _displayed(schema):
            if verb in _WITH_FIELDS:
                fields = {"fields": list(editable_paths(schema, content_type))}
                yield _permission(f"{_EXPLORER}{verb}", content_type.uid, fields, conditions)
            elif not content_type.localized:
                yield _permission(f"{_EXPLORER}{verb}", content_type.uid, {}, conditions)


def _displayed(schema: Schema) -> Iterator[ContentType]:
    for content_type in schema.content_types.values():
        if content_type.visible_in_content_manager and content_type.uid != _END_USER:
            yield content_type


def _everything(schema: Schema, catalogue: Catalogue, locales: Sequence[str]) -> Iterator[Permission]:
    for action in catalogue.offered:
        if action.subjects is None:
            yield _permission(action.uid, None, {}, ())
            continue
        for subject in catalogue.subjects_of(action, schema.content_types):
            content_type = schema.content_types[subject]
            yield _permission(action.uid, subject, _properties(schema, action, content_type, locales), ())


def _properties(schema: Schema, action: Action, content_type: ContentType, locales: Sequence[str]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    if "fields" in action.properties:
        properties["fields"] = list(editable_paths(schema, content_type))
    if "locales" in action.properties and content_type.localized:
        properties["locales"] = list(locales)
    return properties


def _permission(
    action: str, subject: str | None, properties: dict[str, Any], conditions: tuple[str, ...]
) -> Permission:
    return Permission(action=action, subject=subject, properties=properties, conditions=conditions)
