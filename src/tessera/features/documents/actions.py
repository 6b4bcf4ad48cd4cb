"""What one may be allowed to do with documents."""

from __future__ import annotations

from typing import Final

_EXPLORER: Final = "plugin::content-manager.explorer"

READ: Final = f"{_EXPLORER}.read"
CREATE: Final = f"{_EXPLORER}.create"
UPDATE: Final = f"{_EXPLORER}.update"
DELETE: Final = f"{_EXPLORER}.delete"
PUBLISH: Final = f"{_EXPLORER}.publish"

CONFIGURE_COLLECTION: Final = "plugin::content-manager.collection-types.configure-view"
CONFIGURE_SINGLE: Final = "plugin::content-manager.single-types.configure-view"
CONFIGURE_COMPONENT: Final = "plugin::content-manager.components.configure-layout"
