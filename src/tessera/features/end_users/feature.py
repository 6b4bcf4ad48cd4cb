"""End users, declared."""

from __future__ import annotations

from typing import Final

from tessera.feature import Feature
from tessera.features.end_users import starting

FEATURE: Final = Feature(name="end_users", starters=(starting.start,))
