"""
The content types that every project has, as data: one JSON file per owner, uid to schema as a schema file spells it.

An entry with `"modelType": "model"` is a plain table: `id` and its attributes, none of a document's own columns.
The project's types are registered between `users-permissions.json` and `admin.json`; default roles depend on that
order.
"""

from typing import Final

SYSTEM_FILES: Final[tuple[str, ...]] = (
    "core.json",
    "content-manager.json",
    "upload.json",
    "i18n.json",
    "content-releases.json",
    "review-workflows.json",
    "users-permissions.json",
    "admin.json",
)
