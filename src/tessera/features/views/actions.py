"""What one may be allowed to do with views."""

from __future__ import annotations

from typing import Final

_CONTENT_MANAGER: Final = "plugin::content-manager"

CONFIGURE_COLLECTION: Final = f"{_CONTENT_MANAGER}.collection-types.configure-view"
CONFIGURE_SINGLE: Final = f"{_CONTENT_MANAGER}.single-types.configure-view"
CONFIGURE_COMPONENT: Final = f"{_CONTENT_MANAGER}.components.configure-layout"
