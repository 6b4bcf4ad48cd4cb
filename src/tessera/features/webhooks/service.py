"""Use cases of webhooks: keeping them, and looking after their deliveries. Calling them is no part of this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tessera.errors import NotFoundError, ValidationError
from tessera.features.webhooks import delivery_repository, repository
from tessera.features.webhooks.delivery_repository import Delivery
from tessera.features.webhooks.repository import Webhook
from tessera.identity.announcing import record
from tessera.identity.context import RequestContext

# What a webhook can be told of, as the reference names it.
_SUBJECT: Final = "admin::webhook"
EVENTS: Final = (
    "entry.create",
    "entry.update",
    "entry.delete",
    "entry.publish",
    "entry.unpublish",
    "entry.draft-discard",
    "media.create",
    "media.update",
    "media.delete",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a webhook is to be; `enabled` is None where that is left as it is."""

    name: str
    url: str
    headers: Mapping[str, Any]
    events: Sequence[str]
    enabled: bool | None = None

    def values(self) -> dict[str, Any]:
        """Return the columns that the draft speaks of."""
        values = {"name": self.name, "url": self.url, "headers": self.headers, "events": self.events}
        return values if self.enabled is None else {**values, "enabled": self.enabled}


async def list_webhooks(ctx: RequestContext) -> list[Webhook]:
    """Return all webhooks."""
    return await repository.all_webhooks(ctx.session)


async def find_webhook(ctx: RequestContext, webhook_id: int) -> Webhook:
    """Return one webhook, or refuse an id that nothing has."""
    found = await repository.webhook_of(ctx.session, webhook_id)
    if found is None:
        raise NotFoundError("webhook.notFound")
    return found


async def create_webhook(ctx: RequestContext, draft: Draft) -> Webhook:
    """Add a webhook, turned on."""
    _refuse_unknown(draft.events)
    async with ctx.session.transaction():
        webhook_id = await repository.add_webhook(ctx.session, {**draft.values(), "enabled": True})
        await record(ctx, "webhook.create", _SUBJECT, webhook_id, name=draft.name)
        return await find_webhook(ctx, webhook_id)


async def change_webhook(ctx: RequestContext, webhook_id: int, draft: Draft) -> Webhook:
    """Replace what a webhook says of itself."""
    async with ctx.session.transaction():
        await find_webhook(ctx, webhook_id)
        _refuse_unknown(draft.events)
        await repository.change_webhook(ctx.session, webhook_id, draft.values())
        await record(ctx, "webhook.update", _SUBJECT, webhook_id, name=draft.name)
        return await find_webhook(ctx, webhook_id)


async def delete_webhook(ctx: RequestContext, webhook_id: int) -> Webhook:
    """Remove a webhook and return what it was."""
    async with ctx.session.transaction():
        gone = await find_webhook(ctx, webhook_id)
        await _remove(ctx, (webhook_id,))
        await record(ctx, "webhook.delete", _SUBJECT, webhook_id, name=gone.name)
        return gone


async def delete_webhooks(ctx: RequestContext, ids: Sequence[int]) -> None:
    """Remove several webhooks; those that are not there are no error."""
    async with ctx.session.transaction():
        await _remove(ctx, ids)
        await record(ctx, "webhook.delete", _SUBJECT, *ids)


async def list_deliveries(ctx: RequestContext, webhook_id: int, start: int, size: int) -> tuple[list[Delivery], int]:
    """Return a page of a webhook's deliveries, the newest first, and how many there are."""
    await find_webhook(ctx, webhook_id)
    return await delivery_repository.page_of(ctx.session, webhook_id, start, size)


async def redeliver(ctx: RequestContext, webhook_id: int, delivery_id: int | None) -> Delivery:
    """Deliver something once more, in the form in which it was noted."""
    async with ctx.session.transaction():
        await find_webhook(ctx, webhook_id)
        await _delivery(ctx, webhook_id, delivery_id)
        await delivery_repository.send_again(ctx.session, delivery_id or 0, ctx.now)
        await record(ctx, "webhook.redeliver", _SUBJECT, webhook_id, delivery=delivery_id)
        return await _delivery(ctx, webhook_id, delivery_id)


async def _delivery(ctx: RequestContext, webhook_id: int, delivery_id: int | None) -> Delivery:
    found = None
    if delivery_id is not None:
        found = await delivery_repository.delivery_of(ctx.session, webhook_id, delivery_id)
    if found is None:
        raise NotFoundError
    return found


async def _remove(ctx: RequestContext, ids: Sequence[int]) -> None:
    await repository.remove_webhooks(ctx.session, ids)
    await delivery_repository.forget_deliveries_of(ctx.session, ids)


def _refuse_unknown(events: Sequence[str]) -> None:
    unknown = next((event for event in events if event not in EVENTS), None)
    if unknown is not None:
        raise ValidationError(f"Webhook event {unknown} is not supported")
