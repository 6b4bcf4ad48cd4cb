"""The HTTP door of transfer tokens."""

from __future__ import annotations

from typing import Annotated, Any, Final

from tessera.errors import NotFoundError
from tessera.features.tokens import actions, transfer_tokens
from tessera.features.tokens.answers import DeletedTransferToken, NewKey, TransferToken, TransferTokenWithKey
from tessera.features.tokens.shapes import LIFESPANS, as_text
from tessera.identity.context import RequestContext
from tessera.web.envelopes import Data
from tessera.web.fields import Items, Number, Text
from tessera.web.request import Request
from tessera.web.response import Response, created, ok
from tessera.web.routing import ADMIN, route
from tessera.web.shapes import Shape

_DIRECTIONS: Final = ("push", "pull")
Directions = Annotated[list[Annotated[str, Text(one_of=_DIRECTIONS)]], Items(min=1, required=True)]


class NewTransferToken(Shape):
    """A new transfer token."""

    name: Annotated[str, Text(min=1, required=True)]
    description: Annotated[str, Text()] = ""
    permissions: Directions
    lifespan: Annotated[int | None, Number(nullable=True, one_of=LIFESPANS)] = None


class TransferTokenChanges(Shape):
    """What is to be different about a transfer token."""

    name: Annotated[str, Text(min=1)] = ""
    description: Annotated[str, Text()] = ""
    permissions: Annotated[list[Annotated[str, Text(one_of=_DIRECTIONS)]] | None, Items(min=1, nullable=True)] = None


@route("GET", "/admin/transfer/tokens", audience=ADMIN, action=actions.TRANSFER_READ, answer=Data[list[TransferToken]])
async def list_tokens(_: Request, ctx: RequestContext) -> Response:
    """List the transfer tokens."""
    return _data([token.shown() for token in await transfer_tokens.list_tokens(ctx)])


@route("GET", "/admin/transfer/tokens/{id}", audience=ADMIN, action=actions.TRANSFER_READ, answer=Data[TransferToken])
async def read_token(request: Request, ctx: RequestContext) -> Response:
    """Show one transfer token, never its key."""
    return _data((await transfer_tokens.find_token(ctx, _id(request))).shown())


@route(
    "POST",
    "/admin/transfer/tokens",
    audience=ADMIN,
    action=actions.TRANSFER_CREATE,
    body=NewTransferToken,
    status=201,
    answer=Data[TransferTokenWithKey],
)
async def create_token(request: Request, ctx: RequestContext) -> Response:
    """Create a transfer token; the answer is the only one that has its key."""
    _trim(request, name="")
    asked = await request.read(NewTransferToken)
    draft = transfer_tokens.Draft(
        name=asked.name,
        description=asked.description,
        lifespan=asked.lifespan,
        actions=tuple(asked.permissions),
    )
    token, key = await transfer_tokens.create_token(ctx, draft)
    return created({"data": {**token.shown(), "accessKey": key}})


@route(
    "PUT",
    "/admin/transfer/tokens/{id}",
    audience=ADMIN,
    action=actions.TRANSFER_UPDATE,
    body=TransferTokenChanges,
    answer=Data[TransferToken],
)
async def change_token(request: Request, ctx: RequestContext) -> Response:
    """Change a transfer token's name, description or permissions."""
    await transfer_tokens.find_token(ctx, _id(request))
    _trim(request)
    asked = (await request.read(TransferTokenChanges)).given()
    directions = asked.pop("permissions", None)
    wanted = None if directions is None else tuple(directions)
    return _data((await transfer_tokens.change_token(ctx, _id(request), asked, wanted)).shown())


@route(
    "POST",
    "/admin/transfer/tokens/{id}/regenerate",
    audience=ADMIN,
    action=actions.TRANSFER_REGENERATE,
    status=201,
    answer=Data[NewKey],
)
async def regenerate_key(request: Request, ctx: RequestContext) -> Response:
    """Give a transfer token a new key; the old one dies at once."""
    key = await transfer_tokens.regenerate_key(ctx, _id(request))
    return created({"data": {"id": _id(request), "accessKey": key}})


@route(
    "DELETE",
    "/admin/transfer/tokens/{id}",
    audience=ADMIN,
    action=actions.TRANSFER_DELETE,
    answer=Data[DeletedTransferToken],
)
async def delete_token(request: Request, ctx: RequestContext) -> Response:
    """Delete a transfer token."""
    gone = await transfer_tokens.delete_token(ctx, _id(request))
    return _data({**gone.shown(), "permissions": [permission.shown() for permission in gone.permissions]})


def _trim(request: Request, **missing: str) -> None:
    """Read texts as the reference does, and what is missing of a new token as empty."""
    body = request.json()
    if isinstance(body, dict):
        body.update({key: value for key, value in missing.items() if key not in body})
        body.update({key: as_text(body[key]) for key in ("name", "description") if key in body})


def _id(request: Request) -> int:
    found = request.number("id")
    if found is None:
        raise NotFoundError("Transfer token not found")
    return found


def _data(content: Any) -> Response:  # noqa: ANN401 - any JSON value
    return ok({"data": content})
