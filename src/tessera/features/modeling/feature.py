"""Content types, declared."""

from __future__ import annotations

from typing import Final

from tessera.feature import Feature
from tessera.features.modeling.routes import ROUTES

FEATURE: Final = Feature(name="modeling", routes=ROUTES)
