"""What one may be allowed to do with content types; who may look at them may change them, where that is possible."""

from __future__ import annotations

from typing import Final

READ: Final = "plugin::content-type-builder.read"
