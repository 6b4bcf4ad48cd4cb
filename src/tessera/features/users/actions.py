"""What one may be allowed to do with administrators."""

from __future__ import annotations

from typing import Final

CREATE: Final = "admin::users.create"
READ: Final = "admin::users.read"
UPDATE: Final = "admin::users.update"
DELETE: Final = "admin::users.delete"
