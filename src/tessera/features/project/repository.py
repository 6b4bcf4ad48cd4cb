"""What the project's own pages ask of the database."""

from __future__ import annotations

from typing import Any, Final

from tessera.engine.session import Session
from tessera.sql.statement import Statement

_HAS_ADMIN: Final = Statement("SELECT EXISTS (SELECT 1 FROM admin_users)")
_OLDEST: Final = Statement("SELECT id FROM admin_users ORDER BY created_at, id LIMIT 1")
_COUNTED: Final = {
    "assets": "files",
    "locales": "i18n_locale",
    "admins": "admin_users",
    "webhooks": "strapi_webhooks",
    "apiTokens": "strapi_api_tokens",
}
_COUNTS: Final = Statement("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in _COUNTED.values()))


async def has_admin(session: Session) -> bool:
    """Tell whether there is an administrator."""
    return bool(await session.scalar(_HAS_ADMIN))


async def oldest_admin(session: Session) -> Any:  # noqa: ANN401 - an id, or None while there is nobody
    """Return the id of the administrator who was there first."""
    return await session.scalar(_OLDEST)


async def counts(session: Session) -> dict[str, int]:
    """Return how many rows there are of what the first page counts."""
    row = await session.row(_COUNTS)
    return dict(zip(_COUNTED, row or (), strict=True))
