"""The settings table of the reference: JSON values under keys (database.md §10)."""

from __future__ import annotations

from typing import Any, Final

import orjson

from tessera.engine.session import Session
from tessera.sql.statement import Statement
from tessera.sql.writes import delete, insert, update

_TABLE: Final = "strapi_core_store_settings"
_FIND: Final = (
    f"SELECT id, value FROM {_TABLE} WHERE key = ?1 AND environment IS NULL AND tag IS NULL ORDER BY id LIMIT 1"
)


async def get_value(session: Session, key: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the value of a key, or None."""
    row = await session.row(Statement(_FIND, (key,)))
    return None if row is None or row[1] is None else orjson.loads(row[1])


async def set_value(session: Session, key: str, value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Keep the value of a key, in the open transaction."""
    values = {"value": orjson.dumps(value).decode(), "type": _type_of(value)}
    row = await session.row(Statement(_FIND, (key,)))
    if row is None:
        await session.insert(insert(_TABLE, {"key": key, **values, "environment": None, "tag": None}))
    else:
        await session.execute(update(_TABLE, values, {"id": row[0]}))


async def remove_value(session: Session, key: str) -> None:
    """Forget a key, in the open transaction."""
    await session.execute(delete(_TABLE, {"key": key}))


def _type_of(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return what JavaScript calls the type of a value, which the reference decides by when it reads."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "string" if isinstance(value, str) else "object"
