"""What a start has changed in the database, as a value and as sentences for the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tessera.sql.differences import AlterTable, Change, CreateTable, DropTable
from tessera.sql.flags import FlagChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a start has changed in the database."""

    changes: tuple[Change, ...] = ()
    kept: frozenset[str] = frozenset()  # tables that the project lacks and that stay
    migrations: tuple[str, ...] = ()
    flags: FlagChanges = field(default_factory=FlagChanges)

    @property
    def dropped(self) -> tuple[str, ...]:
        """Name the tables and columns whose data are gone."""
        return tuple(name for change in self.changes for name in _dropped(change))

    def lines(self) -> Iterator[str]:
        """Tell what has changed, a sentence each."""
        for change in self.changes:
            yield from _told(change)
        for word, uids in (
            ("drafts were made for", self.flags.drafts_on),
            ("drafts were deleted for", self.flags.drafts_off),
            ("rows got the default locale for", self.flags.locales_on),
            ("rows of other locales were deleted for", self.flags.locales_off),
        ):
            if uids:
                yield f"{word} {', '.join(uids)}"


def _dropped(change: Change) -> tuple[str, ...]:
    if isinstance(change, DropTable):
        return (change.table.name,)
    if isinstance(change, AlterTable):
        return tuple(f"{change.table.name}.{column}" for column in change.dropped)
    return ()


def _told(change: Change) -> Iterator[str]:
    if isinstance(change, CreateTable):
        yield f"table {change.table.name} was made"
    elif isinstance(change, DropTable):
        yield f"table {change.table.name} was dropped"
    else:
        for word, names in (
            ("added", [column.name for column in change.added]),
            ("changed", [column.name for column in change.altered]),
            ("dropped", list(change.dropped)),
        ):
            if names:
                yield f"table {change.table.name}: {word} {', '.join(names)}"
