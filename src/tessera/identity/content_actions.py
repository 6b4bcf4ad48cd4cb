"""The actions of the Content API, which API tokens and roles of end users hold, and the routes that each opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from tessera.schema.model import ContentType, Schema

_PLUGIN_ROUTES: Final = """
content-type-builder  GET     /content-type-builder/content-types       content-types.getContentTypes
content-type-builder  GET     /content-type-builder/content-types/:uid  content-types.getContentType
content-type-builder  GET     /content-type-builder/components          components.getComponents
content-type-builder  GET     /content-type-builder/components/:uid     components.getComponent
email                 POST    /email/                                   email.send
upload                POST    /upload/                                  content-api.upload
upload                GET     /upload/files                             content-api.find
upload                GET     /upload/files/page                        content-api.findPage
upload                GET     /upload/files/:id                         content-api.findOne
upload                DELETE  /upload/files/:id                         content-api.destroy
i18n                  GET     /i18n/locales                             locales.listLocales
users-permissions     GET     /connect/(.*)                             auth.connect
users-permissions     POST    /auth/local                               auth.callback
users-permissions     POST    /auth/local/register                      auth.register
users-permissions     GET     /auth/:provider/callback                  auth.callback
users-permissions     POST    /auth/forgot-password                     auth.forgotPassword
users-permissions     POST    /auth/reset-password                      auth.resetPassword
users-permissions     GET     /auth/email-confirmation                  auth.emailConfirmation
users-permissions     POST    /auth/send-email-confirmation             auth.sendEmailConfirmation
users-permissions     POST    /auth/change-password                     auth.changePassword
users-permissions     POST    /auth/refresh                             auth.refresh
users-permissions     POST    /auth/logout                              auth.logout
users-permissions     GET     /auth/sessions                            auth.getSessions
users-permissions     DELETE  /auth/sessions/:sessionId                 auth.revokeSession
users-permissions     GET     /users/count                              user.count
users-permissions     GET     /users                                    user.find
users-permissions     GET     /users/me                                 user.me
users-permissions     GET     /users/:id                                user.findOne
users-permissions     POST    /users                                    user.create
users-permissions     PUT     /users/:id                                user.update
users-permissions     DELETE  /users/:id                                user.destroy
users-permissions     GET     /users-permissions/roles/:id              role.findOne
users-permissions     GET     /users-permissions/roles                  role.find
users-permissions     POST    /users-permissions/roles                  role.createRole
users-permissions     PUT     /users-permissions/roles/:role            role.updateRole
users-permissions     DELETE  /users-permissions/roles/:role            role.deleteRole
users-permissions     GET     /users-permissions/permissions            permissions.getPermissions
"""
_COLLECTION: Final = (
    ("GET", "", "find"),
    ("GET", "/:id", "findOne"),
    ("POST", "", "create"),
    ("PUT", "/:id", "update"),
    ("DELETE", "/:id", "delete"),
)
_SINGLE: Final = (("GET", "", "find"), ("PUT", "", "update"), ("DELETE", "", "delete"))
FIND: Final = "find"
READ_DRAFT: Final = "readDraft"  # beyond the reference: drafts are read by those who hold this action
_READING: Final = frozenset({FIND, "findOne", READ_DRAFT})  # what a read-only token holds of every type and plugin


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentRoute:
    """A route of the Content API and the action that opens it; `method` is None for an action without a route."""

    group: str  # "api::article", "plugin::upload"
    controller: str
    verb: str
    method: str | None
    path: str

    @property
    def action(self) -> str:
        """Return the action's id."""
        return f"{self.group}.{self.controller}.{self.verb}"

    def shown(self, prefix: str) -> dict[str, Any]:
        """Return the route as the token form shows it, where the project serves it."""
        kind, _, name = self.group.partition("::")
        own = kind == "api"
        return {
            "method": self.method,
            "path": f"{prefix}{self.path}",
            "handler": self.action if own else f"{self.controller}.{self.verb}",
            "config": {"auth": {"scope": [self.action]}},
            "info": {"apiName" if own else "pluginName": name, "type": "content-api"},
        }


def content_actions(schema: Schema) -> frozenset[str]:
    """Return the ids of all actions of the Content API."""
    return frozenset(route.action for route in content_routes(schema))


def reading_actions(schema: Schema) -> frozenset[str]:
    """Return the ids of the actions that only read."""
    return frozenset(route.action for route in content_routes(schema) if route.verb in _READING)


def action_on(uid: str, verb: str) -> str:
    """Return the id of the action that does something to documents of a type: `api::article.article.find`."""
    return f"{uid}.{verb}"


def content_routes(schema: Schema) -> Iterator[ContentRoute]:
    """Yield what the Content API of a project offers: its own types first, then the plugins."""
    for content_type in schema.content_types.values():
        if content_type.api is not None:
            yield from _routes_of(content_type)
    for line in _PLUGIN_ROUTES.strip().splitlines():
        plugin, method, path, handler = line.split()
        controller, _, verb = handler.partition(".")
        yield ContentRoute(group=f"plugin::{plugin}", controller=controller, verb=verb, method=method, path=path)


def permissions_view(schema: Schema) -> dict[str, Any]:
    """Return the actions by group and controller, as the token form shows them."""
    groups: dict[str, dict[str, dict[str, list[str]]]] = {}
    for route in content_routes(schema):
        verbs = groups.setdefault(route.group, {"controllers": {}})["controllers"].setdefault(route.controller, [])
        if route.verb not in verbs:
            verbs.append(route.verb)
    return groups


def routes_view(schema: Schema, prefix: str) -> dict[str, Any]:
    """Return the routes by group, as the token form shows them, where the project serves them."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for route in content_routes(schema):
        if route.method is not None:
            groups.setdefault(route.group, []).append(route.shown(prefix))
    return groups


def _routes_of(content_type: ContentType) -> Iterator[ContentRoute]:
    name = content_type.singular_name
    base = f"/{name if content_type.is_single else content_type.plural_name}"
    for method, path, verb in _SINGLE if content_type.is_single else _COLLECTION:
        yield ContentRoute(
            group=f"api::{content_type.api}", controller=name, verb=verb, method=method, path=f"{base}{path}"
        )
    if content_type.draft_and_publish:
        yield ContentRoute(group=f"api::{content_type.api}", controller=name, verb=READ_DRAFT, method=None, path="")
