"""Locales as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tessera.engine.locales import default_of
from tessera.engine.rows import standard_values
from tessera.engine.session import Row, Session
from tessera.runtime import Randomness, iso
from tessera.sql.default_locale import DEFAULT_KEY
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import delete, insert, update

_TABLE: Final = "i18n_locale"
_SELECT: Final = f"SELECT id, document_id, name, code, created_at, updated_at, published_at FROM {_TABLE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """A locale's row."""

    id: int
    document_id: str
    name: str | None
    code: str
    created_at: int
    updated_at: int
    published_at: int | None

    def shown(self, default: str) -> dict[str, Any]:
        """Return the locale as clients see it."""
        return {
            "id": self.id,
            "documentId": self.document_id,
            "name": self.name,
            "code": self.code,
            "createdAt": iso(self.created_at),
            "updatedAt": iso(self.updated_at),
            "publishedAt": None if self.published_at is None else iso(self.published_at),
            "isDefault": self.code == default,
        }


async def listed(session: Session) -> list[dict[str, Any]]:
    """Return all locales as clients see them, in the order they were added."""
    default = f"(SELECT value FROM strapi_core_store_settings WHERE key = '{DEFAULT_KEY}')"
    text = f"{_SELECT.replace(' FROM ', f', {default} FROM ', 1)} ORDER BY id"
    rows = await session.rows(Statement(text))
    return [_locale(row).shown(default_of(row[-1])) for row in rows]


async def all_locales(session: Session) -> list[Locale]:
    """Return all locales in the order they were added."""
    return [_locale(row) for row in await session.rows(Statement(f"{_SELECT} ORDER BY id"))]


async def locale_by(session: Session, column: str, value: Value) -> Locale | None:
    """Return the locale whose column, named by the caller, has that value."""
    row = await session.row(Statement(f"{_SELECT} WHERE {column} = ?1", (value,)))
    return None if row is None else _locale(row)


async def add_locale(
    session: Session, code: str, name: str | None, author: int | None, *, now: int, randomness: Randomness
) -> int:
    """Insert a locale and return its id."""
    values = {**standard_values(now, randomness, author), "code": code, "name": name}
    return await session.insert(insert(_TABLE, values))


async def change_locale(session: Session, locale_id: int, values: dict[str, Value]) -> None:
    """Write some columns of a locale."""
    await session.execute(update(_TABLE, values, {"id": locale_id}))


async def remove_locale(session: Session, locale_id: int) -> None:
    """Delete a locale's row."""
    await session.execute(delete(_TABLE, {"id": locale_id}))


def _locale(row: Row) -> Locale:
    return Locale(
        id=row[0],
        document_id=row[1],
        name=row[2],
        code=row[3],
        created_at=row[4],
        updated_at=row[5],
        published_at=row[6],
    )
