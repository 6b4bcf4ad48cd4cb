"""The columns that every row of a system type has besides its own."""

from __future__ import annotations

from tessera.runtime import Randomness, document_id
from tessera.sql.statement import Value


def standard_values(now: int, randomness: Randomness, author: int | None = None) -> dict[str, Value]:
    """Return the standard columns of a new row, by name (database.md §3)."""
    return {
        "document_id": document_id(randomness),
        "created_at": now,
        "updated_at": now,
        "published_at": now,
        "created_by_id": author,
        "updated_by_id": author,
        "locale": None,
    }
