"""What documents bring along."""

from __future__ import annotations

from typing import Final

from tessera.feature import Feature
from tessera.features.documents.routes import ROUTES

FEATURE: Final = Feature(name="documents", routes=ROUTES)
