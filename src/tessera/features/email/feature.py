"""E-mail, declared."""

from __future__ import annotations

from typing import Final

from tessera.feature import Feature
from tessera.features.email import routes

FEATURE: Final = Feature(
    name="email",
    routes=(routes.read_settings, routes.send_test, routes.verify, routes.list_kept),
)
