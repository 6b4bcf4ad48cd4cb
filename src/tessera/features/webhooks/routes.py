"""The HTTP door of webhooks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, TypeGuard

import pydantic
from pydantic import ConfigDict

from tessera.errors import ABSENT, BadRequestError, NotFoundError, ValidationError
from tessera.features.webhooks import actions, service
from tessera.features.webhooks.answers import Called, Delivery, Secret, WebhookShown
from tessera.features.webhooks.repository import Webhook
from tessera.features.webhooks.service import Draft
from tessera.features.webhooks.signing import key_of
from tessera.features.webhooks.triggering import told, trigger
from tessera.identity.context import RequestContext
from tessera.query.paging import managed_page
from tessera.schema.model import JSON
from tessera.web.envelopes import Data, Page
from tessera.web.fields import Demand, Flag, Items, Object, Text
from tessera.web.patterns import is_link
from tessera.web.problems import Fault, fault
from tessera.web.reachable import is_public
from tessera.web.request import Request
from tessera.web.response import Response, created, ok
from tessera.web.routing import ADMIN, route
from tessera.web.shapes import Shape

_UNREACHABLE: Final = "Url is not supported because it isn't reachable over the public internet"
_SCHEMES: Final = ("http://", "https://")
_MOST: Final = 1000  # webhooks in one request
_ID: Final = re.compile(r"[0-9]{1,15}", re.ASCII)
_LONGEST_NAME: Final = 255  # what the column holds


class Address(Text):
    """The address of another server; one that is left out is told as unreachable too, as the reference does."""

    def faults(self, value: JSON) -> list[Fault]:
        """Return everything that is wrong with an address, also with none."""
        if value is not ABSENT:
            return super().faults(value)
        return [fault("${path} is a required field"), *(fault(demand.message) for demand in self.later)]


_LINK: Final = Demand(lambda url: is_link(url) and url.startswith(_SCHEMES), "${path} must be a valid URL")
AnyAddress = Annotated[str, Address(required=True, tests=(_LINK,))]
PublicAddress = Annotated[str, Address(required=True, tests=(_LINK,), later=(Demand(is_public, _UNREACHABLE),))]


class NewWebhook(Shape):
    """A webhook to add."""

    model_config = ConfigDict(json_schema_extra={"required": ["name", "url", "headers", "events"]})

    name: Annotated[str, Text(required=True, max=_LONGEST_NAME)]
    url: PublicAddress = pydantic.Field(default_factory=lambda: ABSENT, validate_default=True)
    headers: Annotated[dict[str, Any], Object(required=True)]
    events: Annotated[list[Annotated[str, Text()]], Items(required=True)]


class WebhookChanges(NewWebhook):
    """What a webhook is to be from now on."""

    is_enabled: Annotated[bool | None, Flag()] = None


class NewLocalWebhook(NewWebhook):
    """A webhook to add while a project is being worked on: it may call the developer's own machine."""

    url: AnyAddress = pydantic.Field(default_factory=lambda: ABSENT, validate_default=True)


class LocalWebhookChanges(WebhookChanges):
    """What a webhook is to be from now on, while a project is being worked on."""

    url: AnyAddress = pydantic.Field(default_factory=lambda: ABSENT, validate_default=True)


_PAGE: Final[Mapping[str, JSON]] = {
    "type": "object",
    "properties": {"page": {"type": "integer"}, "pageSize": {"type": "integer"}},
}
_LONGEST_PAGE: Final = 100
_SEVERAL: Final[Mapping[str, JSON]] = {
    "type": "object",
    "required": ["ids"],
    "properties": {
        "ids": {
            "type": "array",
            "minItems": 1,
            "maxItems": _MOST,
            "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        }
    },
}


@route("GET", "/admin/webhooks", audience=ADMIN, action=actions.READ, answer=Data[list[WebhookShown]])
async def list_webhooks(_: Request, ctx: RequestContext) -> Response:
    """List the webhooks."""
    return ok({"data": [webhook.shown() for webhook in await service.list_webhooks(ctx)]})


@route("GET", "/admin/webhooks/{id}", audience=ADMIN, action=actions.READ, answer=Data[WebhookShown])
async def read_webhook(request: Request, ctx: RequestContext) -> Response:
    """Show one webhook."""
    return ok(_data(await service.find_webhook(ctx, _id(request))))


@route(
    "POST",
    "/admin/webhooks",
    audience=ADMIN,
    action=actions.CREATE,
    body=NewWebhook,
    status=201,
    answer=Data[WebhookShown],
)
async def create_webhook(request: Request, ctx: RequestContext) -> Response:
    """Add a webhook."""
    asked = await request.read(NewLocalWebhook if _may_be_local(ctx) else NewWebhook)
    draft = Draft(name=asked.name, url=asked.url, headers=asked.headers, events=asked.events)
    return created(_data(await service.create_webhook(ctx, draft)))


@route(
    "PUT", "/admin/webhooks/{id}", audience=ADMIN, action=actions.UPDATE, body=WebhookChanges, answer=Data[WebhookShown]
)
async def change_webhook(request: Request, ctx: RequestContext) -> Response:
    """Change a webhook, turn it on or off."""
    asked = await request.read(LocalWebhookChanges if _may_be_local(ctx) else WebhookChanges)
    draft = Draft(name=asked.name, url=asked.url, headers=asked.headers, events=asked.events, enabled=asked.is_enabled)
    return ok(_data(await service.change_webhook(ctx, _id(request), draft)))


@route("DELETE", "/admin/webhooks/{id}", audience=ADMIN, action=actions.DELETE, answer=Data[WebhookShown])
async def delete_webhook(request: Request, ctx: RequestContext) -> Response:
    """Remove a webhook."""
    return ok(_data(await service.delete_webhook(ctx, _id(request))))


@route(
    "POST",
    "/admin/webhooks/batch-delete",
    audience=ADMIN,
    action=actions.DELETE,
    body=_SEVERAL,
    answer=Data[list[str | int]],
)
async def delete_webhooks(request: Request, ctx: RequestContext) -> Response:
    """Remove several webhooks; the answer repeats what was asked."""
    body = request.json()
    ids = body.get("ids") if isinstance(body, dict) else None
    if not _are_ids(ids):
        raise BadRequestError("ids must be an array of id")
    if len(ids) > _MOST:
        raise ValidationError(f"At most {_MOST} webhooks can be removed at once")
    await service.delete_webhooks(ctx, _numbers(ids))
    return ok({"data": ids})


@route(
    "POST", "/admin/webhooks/{id}/trigger", audience=ADMIN, action=actions.UPDATE, prepare=trigger, answer=Data[Called]
)
async def trigger_webhook(request: Request, _: RequestContext) -> Response:
    """Call a webhook at once, to see whether it answers."""
    return ok({"data": told(request.prepared)})


@route(
    "GET", "/admin/webhooks/{id}/deliveries", audience=ADMIN, action=actions.READ, query=_PAGE, answer=Page[Delivery]
)
async def list_deliveries(request: Request, ctx: RequestContext) -> Response:
    """List what a webhook was told of, the newest first, without what was sent or answered."""
    page = managed_page({name: request.query[name] for name in ("page", "pageSize") if name in request.query})
    size = min(page.size, _LONGEST_PAGE)
    found, total = await service.list_deliveries(ctx, _id(request), page.start, size)
    pagination = {"page": page.start // size + 1, "pageSize": size, "pageCount": -(-total // size), "total": total}
    return ok({"data": [delivery.shown() for delivery in found], "meta": {"pagination": pagination}})


@route(
    "POST",
    "/admin/webhooks/{id}/deliveries/{delivery}/redeliver",
    audience=ADMIN,
    action=actions.UPDATE,
    answer=Data[Delivery],
)
async def redeliver(request: Request, ctx: RequestContext) -> Response:
    """Deliver something once more."""
    delivery = await service.redeliver(ctx, _id(request), request.number("delivery"))
    return ok({"data": delivery.shown()})


@route("GET", "/admin/webhooks/{id}/secret", audience=ADMIN, action=actions.UPDATE, answer=Data[Secret])
async def read_secret(request: Request, ctx: RequestContext) -> Response:
    """Show what the deliveries of a webhook are signed with."""
    webhook = await service.find_webhook(ctx, _id(request))
    return ok({"data": {"secret": key_of(ctx.project.settings, webhook.id).text}})


def _may_be_local(ctx: RequestContext) -> bool:
    return ctx.project.develop or ctx.project.settings.server.webhooks.private_addresses


def _are_ids(value: JSON) -> TypeGuard[list[str | int]]:
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(item, str | int) and not isinstance(item, bool) for item in value)


def _numbers(ids: list[str | int]) -> tuple[int, ...]:
    """Return the ids that a row could have; a word is the id of none."""
    texts = {str(item) for item in ids}
    return tuple(sorted(int(text) for text in texts if _ID.fullmatch(text)))


def _id(request: Request) -> int:
    found = request.number("id")
    if found is None:
        raise NotFoundError("webhook.notFound")
    return found


def _data(webhook: Webhook) -> dict[str, Any]:
    return {"data": webhook.shown()}
