"""The media library, declared."""

from __future__ import annotations

from typing import Final

from tessera.feature import Feature
from tessera.features.media import content_routes, delivery, folder_routes, routes, settings_routes, starting, tools

FEATURE: Final = Feature(
    name="media",
    routes=(
        *routes.ROUTES,
        *folder_routes.ROUTES,
        *settings_routes.ROUTES,
        *content_routes.ROUTES,
        *delivery.ROUTES,
    ),
    starters=(starting.start,),
    tools_of=tools.tools_of,
)
