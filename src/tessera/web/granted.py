"""How permissions are described where administrators ask for them and see them."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from tessera.web.envelopes import Anything, Moment


class PermissionAsked(TypedDict):
    """A permission to be given."""

    action: str
    subject: NotRequired[str | None]
    properties: NotRequired[dict[str, list[str] | None]]
    conditions: NotRequired[list[str]]
    actionParameters: NotRequired[Any]


class PermissionBodies(TypedDict):
    """What a role is to hold from now on."""

    permissions: list[PermissionAsked]


class HeldPermission(TypedDict):
    """A permission that somebody holds."""

    id: int
    action: str
    actionParameters: Anything
    subject: str | None
    properties: dict[str, list[str] | None]
    conditions: list[str]


class KeptPermission(HeldPermission):
    """The same with what is kept about it."""

    documentId: str
    createdAt: Moment
    updatedAt: Moment
    publishedAt: Moment | None
    locale: None


class Opening(TypedDict):
    """Which action opens a route."""

    auth: dict[Literal["scope"], list[str]]


class RouteInfo(TypedDict):
    """Where a route comes from."""

    pluginName: NotRequired[str]
    apiName: NotRequired[str]
    type: Literal["content-api"]


class ContentRoute(TypedDict):
    """A route of the Content API."""

    method: str
    path: str
    handler: str
    config: Opening
    info: RouteInfo
