"""What one may be allowed to do with locales."""

from __future__ import annotations

from typing import Final

CREATE: Final = "plugin::i18n.locale.create"
READ: Final = "plugin::i18n.locale.read"
UPDATE: Final = "plugin::i18n.locale.update"
DELETE: Final = "plugin::i18n.locale.delete"
EVERY: Final = (CREATE, READ, UPDATE, DELETE)
