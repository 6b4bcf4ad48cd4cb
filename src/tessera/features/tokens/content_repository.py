"""The actions of API tokens as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tessera.engine.rows import standard_values
from tessera.engine.session import Session
from tessera.runtime import Randomness
from tessera.sql.statement import Statement
from tessera.sql.writes import delete, insert

_PERMISSIONS: Final = "strapi_api_token_permissions"
_LINKS: Final = "strapi_api_token_permissions_token_lnk"


def actions_column(id_: str) -> str:
    """Return the column of what an API token may do, as a JSON list; `id_` is the SQL of its id."""
    return (
        "(SELECT json_group_array(held.action) FROM (SELECT p.action FROM"
        f" {_LINKS} l JOIN {_PERMISSIONS} p ON p.id = l.api_token_permission_id"
        f" WHERE l.api_token_id = {id_} ORDER BY l.api_token_permission_ord, p.id) held)"
    )


async def link(session: Session, token_id: int, actions: Sequence[str], now: int, randomness: Randomness) -> None:
    """Let an API token do some actions."""
    for order, action in enumerate(actions, 1):
        columns = {**standard_values(now, randomness), "action": action}
        permission_id = await session.insert(insert(_PERMISSIONS, columns))
        values = {
            "api_token_permission_id": permission_id,
            "api_token_id": token_id,
            "api_token_permission_ord": float(order),
        }
        await session.insert(insert(_LINKS, values))


async def unlink(session: Session, token_id: int) -> None:
    """Take from an API token all that it may do."""
    linked = Statement(f"SELECT api_token_permission_id FROM {_LINKS} WHERE api_token_id = ?1", (token_id,))
    if ids := tuple(row[0] for row in await session.rows(linked)):
        await session.execute(delete(_PERMISSIONS, {"id": ids}))
