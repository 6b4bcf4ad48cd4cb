"""Webhooks, declared."""

from __future__ import annotations

from typing import Final

from tessera.feature import Feature
from tessera.features.webhooks import routes

FEATURE: Final = Feature(
    name="webhooks",
    routes=(
        routes.list_webhooks,
        routes.read_webhook,
        routes.create_webhook,
        routes.change_webhook,
        routes.delete_webhook,
        routes.delete_webhooks,
    ),
)
