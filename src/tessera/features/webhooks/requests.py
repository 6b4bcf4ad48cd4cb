"""What a delivery looks like on the way: the headers of the reference, those of the webhook, and the signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tessera.features.webhooks.reach import Outcome, Reach
from tessera.features.webhooks.signing import key_of
from tessera.identity.context import Project

_AGENT: Final = "Tessera webhooks"
_RESERVED: Final = frozenset(
    {
        "user-agent",
        "host",
        "connection",
        "content-length",
        "content-type",
        "transfer-encoding",
        "x-strapi-event",
        "webhook-id",
        "webhook-timestamp",
        "webhook-signature",
    }
)


def reach_of(project: Project) -> Reach:
    """Return where deliveries of a project may go: while it is worked on also to the developer's own machine."""
    return Reach(loopback=project.develop, private=project.settings.server.webhooks.private_addresses)


async def send(
    project: Project, webhook_id: int, *, url: str, headers: Mapping[str, Any], event: str, message: str, body: bytes
) -> Outcome:
    """Send a body to a webhook's server, signed."""
    # What it needs is loaded with the first delivery: a start does not wait for it.
    from tessera.features.webhooks.calling import call  # noqa: PLC0415

    settings = project.settings.server.webhooks
    given = {**settings.headers, **headers}
    sent = {
        **{name: str(value) for name, value in given.items() if name.lower() not in _RESERVED},
        "User-Agent": _AGENT,
        "X-Strapi-Event": event,
        "Content-Type": "application/json",
        **key_of(project.settings, webhook_id).headers(message, project.clock.now() // 1000, body),
    }
    return await call(url, sent, body, reach=reach_of(project), seconds=settings.seconds)
