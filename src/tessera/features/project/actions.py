"""What one may be allowed to do with the settings of the project."""

from __future__ import annotations

from typing import Final

READ: Final = "admin::project-settings.read"
UPDATE: Final = "admin::project-settings.update"
READ_PLUGINS: Final = "admin::marketplace.read"
