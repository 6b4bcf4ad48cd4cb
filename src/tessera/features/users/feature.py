"""What this feature brings along."""

from __future__ import annotations

from typing import Final

from tessera.feature import Feature
from tessera.features.users.routes import ROUTES

FEATURE: Final = Feature(name="users", routes=ROUTES)
