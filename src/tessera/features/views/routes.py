"""The HTTP door of views."""

from __future__ import annotations

from typing import Any, Final

from tessera.errors import ABSENT, BadRequestError
from tessera.features.views import service
from tessera.features.views.answers import (
    KindAsked,
    Managed,
    ManagedComponent,
    ManagedType,
    SettingsOfType,
    View,
    ViewChanges,
    ViewOfComponent,
    ViewOfType,
)
from tessera.identity.context import RequestContext
from tessera.web.envelopes import Data
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, SIGNED_IN, route

_KINDS: Final = ("singleType", "collectionType")


@route("GET", "/content-manager/init", audience=ADMIN, action=SIGNED_IN, answer=Data[Managed])
async def read_everything(_: Request, ctx: RequestContext) -> Response:
    """Say what there is to manage: content types, components, and how wide fields are."""
    return ok({"data": service.everything(ctx)})


@route(
    "GET",
    "/content-manager/content-types",
    audience=ADMIN,
    action=SIGNED_IN,
    query=KindAsked,
    answer=Data[list[ManagedType]],
)
async def list_types(request: Request, ctx: RequestContext) -> Response:
    """List the content types, or those of one kind."""
    kind = request.query.get("kind")
    if kind is not None and kind not in _KINDS:
        raise BadRequestError
    return ok({"data": service.content_types(ctx, kind)})


@route(
    "GET",
    "/content-manager/content-types-settings",
    audience=ADMIN,
    action=SIGNED_IN,
    answer=Data[list[SettingsOfType]],
)
async def list_settings(_: Request, ctx: RequestContext) -> Response:
    """List how the lists of each content type are set."""
    return ok({"data": await service.settings(ctx)})


@route("GET", "/content-manager/components", audience=ADMIN, action=SIGNED_IN, answer=Data[list[ManagedComponent]])
async def list_components(_: Request, ctx: RequestContext) -> Response:
    """List the components."""
    return ok({"data": service.components(ctx)})


@route(
    "GET",
    "/content-manager/content-types/{uid}/configuration",
    audience=ADMIN,
    action=SIGNED_IN,
    answer=Data[ViewOfType],
)
async def read_type(request: Request, ctx: RequestContext) -> Response:
    """Show the view of a content type."""
    return ok({"data": await service.read_type(ctx, request.params["uid"])})


@route(
    "PUT",
    "/content-manager/content-types/{uid}/configuration",
    audience=ADMIN,
    action=SIGNED_IN,
    body=ViewChanges,
    answer=Data[ViewOfType],
)
async def change_type(request: Request, ctx: RequestContext) -> Response:
    """Change the view of a content type; collections and single types are different rights."""
    return ok({"data": await service.change_type(ctx, request.params["uid"], _body(request))})


@route(
    "GET",
    "/content-manager/components/{uid}/configuration",
    audience=ADMIN,
    action=SIGNED_IN,
    answer=Data[ViewOfComponent],
)
async def read_component(request: Request, ctx: RequestContext) -> Response:
    """Show the view of a component."""
    return ok({"data": await service.read_component(ctx, request.params["uid"])})


@route(
    "PUT",
    "/content-manager/components/{uid}/configuration",
    audience=ADMIN,
    action=SIGNED_IN,
    body=ViewChanges,
    answer=Data[View],
)
async def change_component(request: Request, ctx: RequestContext) -> Response:
    """Change the view of a component."""
    return ok({"data": await service.change_component(ctx, request.params["uid"], _body(request))})


def _body(request: Request) -> Any:  # noqa: ANN401 - any JSON value
    body = request.json()
    return {} if body is ABSENT or body is None else body


ROUTES: Final = (
    read_everything,
    list_types,
    list_settings,
    list_components,
    read_type,
    change_type,
    read_component,
    change_component,
)
