"""The HTTP door of API tokens."""

from __future__ import annotations

from typing import Annotated, Any, Final

from tessera.errors import NotFoundError
from tessera.features.tokens import actions, content_tokens
from tessera.features.tokens.answers import ActionsOfGroup, APIToken, APITokenAlone, APITokenWithKey, NewKeyOfKind
from tessera.features.tokens.shapes import LIFESPANS, as_text
from tessera.identity.content_actions import permissions_view, routes_view
from tessera.identity.context import RequestContext
from tessera.web.envelopes import Data
from tessera.web.fields import Items, Number, Text
from tessera.web.granted import ContentRoute
from tessera.web.request import Request
from tessera.web.response import Response, created, ok
from tessera.web.routing import ADMIN, SIGNED_IN, route
from tessera.web.shapes import OpenShape, Shape

_TYPES: Final = ("read-only", "full-access", "custom")
Actions = Annotated[list[Annotated[str, Text()]] | None, Items(nullable=True)]


class NewContentToken(OpenShape):
    """A new API token; keys that mean nothing here are overlooked, as in the reference."""

    name: Annotated[str, Text(min=1, required=True)]
    description: Annotated[str, Text()] = ""
    type: Annotated[str, Text(one_of=_TYPES)] = "read-only"
    permissions: Actions = None
    lifespan: Annotated[int | None, Number(nullable=True, one_of=LIFESPANS)] = None


class ContentTokenChanges(Shape):
    """What is to be different about an API token; its life and key are fixed."""

    name: Annotated[str, Text(min=1)] = ""
    description: Annotated[str | None, Text(nullable=True)] = None
    type: Annotated[str, Text(one_of=_TYPES)] = "read-only"
    permissions: Actions = None


@route("GET", "/admin/api-tokens", audience=ADMIN, action=actions.CONTENT_READ, answer=Data[list[APITokenAlone]])
async def list_tokens(_: Request, ctx: RequestContext) -> Response:
    """List the API tokens."""
    return _data([content_tokens.shown(token) for token in await content_tokens.list_tokens(ctx)])


@route("GET", "/admin/api-tokens/{id}", audience=ADMIN, action=actions.CONTENT_READ, answer=Data[APIToken])
async def read_token(request: Request, ctx: RequestContext) -> Response:
    """Show one API token, with its key where an encryption key keeps it readable."""
    token, key = await content_tokens.read_token(ctx, _id(request))
    return _data({**content_tokens.shown(token), **({} if key is None else {"accessKey": key})})


@route(
    "POST",
    "/admin/api-tokens",
    audience=ADMIN,
    action=actions.CONTENT_CREATE,
    body=NewContentToken,
    status=201,
    answer=Data[APITokenWithKey],
)
async def create_token(request: Request, ctx: RequestContext) -> Response:
    """Create an API token."""
    _trim(request, name="")
    asked = await request.read(NewContentToken)
    draft = content_tokens.Draft(
        name=asked.name,
        description=asked.description,
        type=asked.type,
        lifespan=asked.lifespan,
        actions=None if asked.permissions is None else tuple(asked.permissions),
    )
    token, key = await content_tokens.create_token(ctx, draft)
    return created({"data": {**content_tokens.shown(token), "accessKey": key}})


@route(
    "PUT",
    "/admin/api-tokens/{id}",
    audience=ADMIN,
    action=actions.CONTENT_UPDATE,
    body=ContentTokenChanges,
    answer=Data[APITokenAlone],
)
async def change_token(request: Request, ctx: RequestContext) -> Response:
    """Change an API token's name, description, type or actions."""
    await content_tokens.find_token(ctx, _id(request))
    _trim(request)
    asked = (await request.read(ContentTokenChanges)).given()
    actions_asked = asked.get("permissions")
    changes = content_tokens.Changes(
        name=asked.get("name"),
        description=(asked["description"] or "") if "description" in asked else None,
        type=asked.get("type"),
        actions=None if actions_asked is None else tuple(actions_asked),
    )
    return _data(content_tokens.shown(await content_tokens.change_token(ctx, _id(request), changes)))


@route(
    "POST",
    "/admin/api-tokens/{id}/regenerate",
    audience=ADMIN,
    action=actions.CONTENT_REGENERATE,
    status=201,
    answer=Data[NewKeyOfKind],
)
async def regenerate_key(request: Request, ctx: RequestContext) -> Response:
    """Give an API token a new key; the old one dies at once."""
    token, key = await content_tokens.regenerate_key(ctx, _id(request))
    return created({"data": {"id": token.id, "kind": token.kind, "accessKey": key}})


@route(
    "DELETE", "/admin/api-tokens/{id}", audience=ADMIN, action=actions.CONTENT_DELETE, answer=Data[APITokenAlone | None]
)
async def delete_token(request: Request, ctx: RequestContext) -> Response:
    """Delete an API token; none is no error, as in the reference."""
    gone = await content_tokens.delete_token(ctx, request.number("id") or 0)
    return _data(None if gone is None else content_tokens.shown(gone))


@route(
    "GET", "/admin/content-api/permissions", audience=ADMIN, action=SIGNED_IN, answer=Data[dict[str, ActionsOfGroup]]
)
async def list_actions(_: Request, ctx: RequestContext) -> Response:
    """Show what an API token can be given."""
    return _data(permissions_view(ctx.project.schema))


@route("GET", "/admin/content-api/routes", audience=ADMIN, action=SIGNED_IN, answer=Data[dict[str, list[ContentRoute]]])
async def list_routes(_: Request, ctx: RequestContext) -> Response:
    """Show which routes the actions of API tokens open."""
    return _data(routes_view(ctx.project.schema, ctx.project.settings.api.prefix))


def _trim(request: Request, **missing: str) -> None:
    """Read texts as the reference does, and what is missing of a new token as empty."""
    body = request.json()
    if isinstance(body, dict):
        body.update({key: value for key, value in missing.items() if key not in body})
        body.update({key: as_text(body[key]) for key in ("name", "description") if key in body})


def _id(request: Request) -> int:
    found = request.number("id")
    if found is None:
        raise NotFoundError("API Token not found")
    return found


def _data(content: Any) -> Response:  # noqa: ANN401 - any JSON value
    return ok({"data": content})
