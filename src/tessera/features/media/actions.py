"""What one may be allowed to do in the media library."""

from __future__ import annotations

from typing import Final

READ: Final = "plugin::upload.read"
CREATE: Final = "plugin::upload.assets.create"
UPDATE: Final = "plugin::upload.assets.update"
CONFIGURE: Final = "plugin::upload.configure-view"
SETTINGS: Final = "plugin::upload.settings.read"

# Of the Content API.
_CONTENT: Final = "plugin::upload.content-api"
UPLOAD: Final = f"{_CONTENT}.upload"
FIND: Final = f"{_CONTENT}.find"
FIND_PAGE: Final = f"{_CONTENT}.findPage"
FIND_ONE: Final = f"{_CONTENT}.findOne"
DESTROY: Final = f"{_CONTENT}.destroy"

# Of entries that files are linked to.
UPDATE_ENTRY: Final = "plugin::content-manager.explorer.update"
READ_ENTRY: Final = "plugin::content-manager.explorer.read"
