"""End users, declared."""

from __future__ import annotations

from typing import Final

from tessera.events import DocumentsChanged
from tessera.feature import Feature, on
from tessera.features.end_users import (
    auth_routes,
    role_routes,
    routes,
    session_routes,
    settings_routes,
    starting,
    subscribers,
)

FEATURE: Final = Feature(
    name="end_users",
    routes=(
        *auth_routes.ROUTES,
        *session_routes.ROUTES,
        *routes.ROUTES,
        *role_routes.ROUTES,
        *settings_routes.ROUTES,
    ),
    subscriptions=(on(DocumentsChanged, subscribers.documents_changed),),
    starters=(starting.start,),
)
