"""What one may be allowed to do with webhooks."""

from __future__ import annotations

from typing import Final

CREATE: Final = "admin::webhooks.create"
READ: Final = "admin::webhooks.read"
UPDATE: Final = "admin::webhooks.update"
DELETE: Final = "admin::webhooks.delete"
