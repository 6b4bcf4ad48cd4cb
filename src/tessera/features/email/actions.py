"""What one may be allowed to do with the settings of e-mail."""

from __future__ import annotations

from typing import Final

READ: Final = "plugin::email.settings.read"
