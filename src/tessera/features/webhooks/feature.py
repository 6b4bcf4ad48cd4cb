"""Webhooks, declared."""

from __future__ import annotations

from typing import Final

from tessera.events import DocumentsChanged, FilesChanged
from tessera.feature import Feature, on
from tessera.features.webhooks import routes, subscribers
from tessera.features.webhooks.delivering import deliver

FEATURE: Final = Feature(
    name="webhooks",
    routes=(
        routes.list_webhooks,
        routes.read_webhook,
        routes.create_webhook,
        routes.change_webhook,
        routes.delete_webhook,
        routes.delete_webhooks,
        routes.trigger_webhook,
        routes.list_deliveries,
        routes.redeliver,
        routes.read_secret,
    ),
    subscriptions=(
        on(DocumentsChanged, subscribers.documents_changed),
        on(FilesChanged, subscribers.files_changed),
    ),
    workers=(deliver,),
)
