"""What one may be allowed to do with roles."""

from __future__ import annotations

from typing import Final

CREATE: Final = "admin::roles.create"
READ: Final = "admin::roles.read"
UPDATE: Final = "admin::roles.update"
DELETE: Final = "admin::roles.delete"
