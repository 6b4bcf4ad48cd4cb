"""The locales of a project: which there are, and which one is meant when none is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import orjson

from tessera.engine.session import Session
from tessera.sql.default_locale import DEFAULT_KEY, USUAL
from tessera.sql.statement import Statement

_ALL: Final = Statement(
    "SELECT code, (SELECT value FROM strapi_core_store_settings WHERE key = ?1) FROM i18n_locale ORDER BY id",
    (DEFAULT_KEY,),
)


@dataclass(frozen=True, slots=True)
class Locales:
    """The codes in the order they were added, and the default one."""

    codes: tuple[str, ...]
    default: str


async def locales(session: Session) -> Locales:
    """Return the locales as the database has them now."""
    rows = await session.rows(_ALL)
    codes = tuple(row[0] for row in rows)
    return Locales(codes, default_of(rows[0][1] if rows else None))


def default_of(value: str | None) -> str:
    """Return the default locale from the value that is kept; English where nobody has said."""
    return str(orjson.loads(value)) if value else USUAL
