"""Locales, declared."""

from __future__ import annotations

from typing import Final

from tessera.feature import Feature
from tessera.features.locales import routes, service

FEATURE: Final = Feature(
    name="locales",
    routes=(
        routes.list_locales,
        routes.list_known,
        routes.create_locale,
        routes.change_locale,
        routes.delete_locale,
        routes.read_settings,
        routes.write_settings,
    ),
    starters=(service.start,),
)
