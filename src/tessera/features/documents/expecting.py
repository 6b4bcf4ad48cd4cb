"""What a writer expects to find: the version that it has seen, lest it undo what somebody else has done since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tessera.errors import PreconditionFailedError
from tessera.sql.document_rows import DocumentRow

_ANY: Final = "*"


@dataclass(frozen=True, slots=True)
class Expected:
    """The tags of versions, one of which is to be there still; without any, whatever there is will do."""

    tags: frozenset[str] | None = None

    def require(self, *rows: DocumentRow | None) -> None:
        """Refuse to go on unless one of the rows is a version that was expected."""
        if self.tags is None:
            return
        found = {tag_of(row.id, row.updated_at) for row in rows if row is not None}
        if not found or (_ANY not in self.tags and self.tags.isdisjoint(found)):
            raise PreconditionFailedError


WHATEVER: Final = Expected()


def tag_of(row_id: int, updated_at: str | None) -> str:
    """Return the tag of a version: every change of it gives it another one."""
    return f"{row_id}-{updated_at}"
