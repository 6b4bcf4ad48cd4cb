"""What one may be allowed to do with admin tokens, API tokens and transfer tokens."""

from __future__ import annotations

from typing import Final

ADMIN_ACCESS: Final = "admin::admin-tokens.access"
ADMIN_CREATE: Final = "admin::admin-tokens.create"
ADMIN_READ: Final = "admin::admin-tokens.read"
ADMIN_UPDATE: Final = "admin::admin-tokens.update"
ADMIN_REGENERATE: Final = "admin::admin-tokens.regenerate"
ADMIN_DELETE: Final = "admin::admin-tokens.delete"

CONTENT_ACCESS: Final = "admin::api-tokens.access"
CONTENT_CREATE: Final = "admin::api-tokens.create"
CONTENT_READ: Final = "admin::api-tokens.read"
CONTENT_UPDATE: Final = "admin::api-tokens.update"
CONTENT_REGENERATE: Final = "admin::api-tokens.regenerate"
CONTENT_DELETE: Final = "admin::api-tokens.delete"

TRANSFER_ACCESS: Final = "admin::transfer.tokens.access"
TRANSFER_CREATE: Final = "admin::transfer.tokens.create"
TRANSFER_READ: Final = "admin::transfer.tokens.read"
TRANSFER_UPDATE: Final = "admin::transfer.tokens.update"
TRANSFER_REGENERATE: Final = "admin::transfer.tokens.regenerate"
TRANSFER_DELETE: Final = "admin::transfer.tokens.delete"
