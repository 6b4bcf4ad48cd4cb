"""What is answered about webhooks."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from tessera.web.envelopes import Moment


class WebhookShown(TypedDict):
    """A webhook."""

    id: str
    name: str
    url: str
    headers: dict[str, Any]
    events: list[str]
    isEnabled: bool


class Called(TypedDict):
    """What a webhook answered."""

    statusCode: int
    message: NotRequired[str]


class Delivery(TypedDict):
    """What a webhook was told of, and whether it arrived."""

    id: int
    webhookId: str
    event: str
    uid: str | None
    documentId: str | None
    state: Literal["waiting", "delivered", "failed"]
    attempts: int
    createdAt: Moment
    nextAttemptAt: Moment | None
    lastAttemptAt: Moment | None
    durationMs: int | None
    statusCode: int | None
    error: str | None


class Secret(TypedDict):
    """What deliveries are signed with."""

    secret: str
