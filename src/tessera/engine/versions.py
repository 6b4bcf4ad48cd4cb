"""Content versions: a number for each content type that every write raises, so that what was counted can be kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tessera.engine.session import Session
from tessera.sql.additions import VERSIONS
from tessera.sql.statement import Statement

_RAISE: Final = (
    f"INSERT INTO {VERSIONS} (type, version) VALUES (?1, 1) ON CONFLICT (type) DO UPDATE SET version = version + 1"
)
_READ: Final = f"SELECT version FROM {VERSIONS} WHERE type = ?1"


async def raise_versions(session: Session, uids: Iterable[str]) -> None:
    """Raise the versions of some content types, last in the open transaction and always in the same order."""
    await session.execute_all(tuple(Statement(_RAISE, (uid,)) for uid in sorted(set(uids))))


async def version_of(session: Session, uid: str) -> int:
    """Return the version of a content type, in the snapshot of the session."""
    version: int | None = await session.scalar(Statement(_READ, (uid,)))
    return version or 0
