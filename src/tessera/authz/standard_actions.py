"""The actions of every project, as the reference names and orders them (database.md §11)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tessera.authz.actions import Action, Catalogue, Section, Subjects, of_plugin, settings

_EXPLORER: Final = "plugin::content-manager.explorer"
READ_DOCUMENTS: Final = f"{_EXPLORER}.read"


def _explorer(verb: str, name: str, subjects: Subjects, *properties: str) -> Action:
    return Action(
        uid=f"{_EXPLORER}.{verb}",
        display_name=name,
        section=Section.CONTENT_TYPES,
        plugin="content-manager",
        subjects=subjects,
        properties=properties,
    )


def _implying(actions: tuple[Action, ...], uid: str, subject: str) -> tuple[Action, ...]:
    """Let one of the actions imply reading the rows that it is about."""
    implied = ((READ_DOCUMENTS, subject),)
    return tuple(replace(action, implies=implied) if action.uid == uid else action for action in actions)


_CRUD: Final = (("create", "Create"), ("read", "Read"), ("update", "Update"), ("delete", "Delete"))
_KEYS: Final = (
    ("create", "Create (generate)"),
    ("read", "Read"),
    ("update", "Update"),
    ("regenerate", "Regenerate"),
    ("delete", "Delete (revoke)"),
)
_READ_EDIT: Final = (("read", "Read"), ("update", "Edit"))
_USERS: Final = (("create", "Create (invite)"), *_CRUD[1:])


def _end_user_settings(part: str, sub_category: str) -> tuple[Action, ...]:
    return of_plugin("users-permissions", sub_category, [(f"{part}.{verb}", name) for verb, name in _READ_EDIT])


STANDARD_ACTIONS: Final = Catalogue(
    (
        _explorer("create", "Create", Subjects.DISPLAYED, "fields", "locales"),
        _explorer("read", "Read", Subjects.EVERY, "fields", "locales"),
        _explorer("update", "Update", Subjects.DISPLAYED, "fields", "locales"),
        _explorer("delete", "Delete", Subjects.DISPLAYED, "locales"),
        _explorer("publish", "Publish", Subjects.DISPLAYED, "locales"),
        *of_plugin("content-manager", "single types", [("single-types.configure-view", "Configure view")]),
        *of_plugin("content-manager", "collection types", [("collection-types.configure-view", "Configure view")]),
        *of_plugin("content-manager", "components", [("components.configure-layout", "Configure Layout")]),
        *of_plugin("content-type-builder", "general", [("read", "Read")]),
        *settings(
            "plugin::email.settings", "email", "general", [("read", "Access the Email Settings page")], plugin="email"
        ),
        *of_plugin("upload", "general", [("read", "Access the Media Library")]),
        *of_plugin(
            "upload",
            "assets",
            [
                ("assets.create", "Create (upload)"),
                ("assets.update", "Update (crop, details, replace) + delete"),
                ("assets.download", "Download"),
                ("assets.copy-link", "Copy link"),
            ],
        ),
        *of_plugin("upload", "general", [("configure-view", "Configure view")]),
        *settings(
            "plugin::upload.settings",
            "media library",
            "general",
            [("read", "Access the Media Library settings page")],
            plugin="upload",
        ),
        *_implying(
            settings("plugin::i18n.locale", "Internationalization", "Locales", _CRUD, plugin="i18n"),
            "plugin::i18n.locale.read",
            "plugin::i18n.locale",
        ),
        *_implying(
            of_plugin("users-permissions", "roles", [(f"roles.{verb}", name) for verb, name in _CRUD]),
            "plugin::users-permissions.roles.read",
            "plugin::users-permissions.role",
        ),
        *_end_user_settings("providers", "providers"),
        *_end_user_settings("email-templates", "emailTemplates"),
        *_end_user_settings("advanced-settings", "advancedSettings"),
        *settings("admin::marketplace", "plugins and marketplace", "marketplace", [("read", "Access the marketplace")]),
        *settings("admin::webhooks", "webhooks", "general", _CRUD),
        *_implying(settings("admin::users", "users and roles", "users", _USERS), "admin::users.read", "admin::user"),
        *_implying(settings("admin::roles", "users and roles", "roles", _CRUD), "admin::roles.read", "admin::role"),
        *settings("admin::api-tokens", "api tokens", "api Tokens", [("access", "Access the API tokens settings page")]),
        *settings(
            "admin::admin-tokens",
            "admin tokens",
            "admin tokens",
            [("access", "Access the Admin tokens settings page")],
        ),
        *settings("admin::admin-tokens", "admin tokens", "general", _KEYS),
        *settings("admin::api-tokens", "api tokens", "general", _KEYS),
        *settings(
            "admin::project-settings",
            "project",
            "general",
            [("update", "Update the project level settings"), ("read", "Read the project level settings")],
        ),
        *settings(
            "admin::transfer.tokens",
            "transfer tokens",
            "transfer tokens",
            [("access", "Access the transfer tokens settings page")],
        ),
        *settings("admin::transfer.tokens", "transfer tokens", "general", _KEYS),
    )
)
