"""What one may be allowed to do with documents."""

from __future__ import annotations

from typing import Final

_EXPLORER: Final = "plugin::content-manager.explorer"

READ: Final = f"{_EXPLORER}.read"
CREATE: Final = f"{_EXPLORER}.create"
UPDATE: Final = f"{_EXPLORER}.update"
DELETE: Final = f"{_EXPLORER}.delete"
PUBLISH: Final = f"{_EXPLORER}.publish"
