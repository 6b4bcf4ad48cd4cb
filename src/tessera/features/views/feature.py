"""Views, declared."""

from __future__ import annotations

from typing import Final

from tessera.feature import Feature
from tessera.features.views import routes, service

FEATURE: Final = Feature(name="views", routes=routes.ROUTES, starters=(service.start,))
