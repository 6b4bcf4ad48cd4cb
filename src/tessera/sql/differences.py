"""What has to change in a database so that it fits a schema; only what is tracked is dropped (database.md §14.2)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from tessera.sql.stored_schema import Tracked, TrackedTable
from tessera.sql.tables import Column, Index, Table, Tables

# The tables that the reference keeps its own books in; no schema lists them.
BOOKS: Final = ("strapi_migrations", "strapi_migrations_internal", "strapi_database_schema")


@dataclass(frozen=True, slots=True)
class ExistingColumn:
    """A column as the database describes it."""

    name: str
    type: str
    not_null: bool = False
    default: str | None = None
    is_key: bool = False  # part of a foreign key


@dataclass(frozen=True, slots=True)
class ExistingTable:
    """A table as the database describes it."""

    name: str
    columns: Mapping[str, ExistingColumn] = field(default_factory=dict)
    indexes: Mapping[str, Index] = field(default_factory=dict)


Existing = Mapping[str, ExistingTable]


@dataclass(frozen=True, slots=True)
class CreateTable:
    """A table that is missing, with its indexes."""

    table: Table


@dataclass(frozen=True, slots=True)
class DropTable:
    """A tracked table that the project no longer has."""

    table: ExistingTable


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterTable:
    """What differs in one table; a changed index is both dropped and created."""

    table: Table
    existing: ExistingTable
    added: tuple[Column, ...] = ()
    altered: tuple[Column, ...] = ()
    dropped: tuple[str, ...] = ()
    created_indexes: tuple[Index, ...] = ()
    dropped_indexes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.altered or self.dropped or self.created_indexes or self.dropped_indexes)


Change = CreateTable | DropTable | AlterTable

DeclaredType = Callable[[Column], str]


def differences(
    existing: Existing, tracked: Tracked, wanted: Tables, *, declared: DeclaredType, kept: Collection[str] = ()
) -> tuple[Change, ...]:
    """
    Return the changes that make the existing tables the wanted ones, drops first so that their names are free.

    `declared` tells how the dialect declares a column, `kept` names tables that stay although they are tracked.
    """
    names = {table.name for table in wanted}
    drops = [
        DropTable(table)
        for name, table in existing.items()
        if name not in names and name in tracked.tables and name not in BOOKS and name not in kept
    ]
    creations = [CreateTable(table) for table in wanted if table.name not in existing]
    return (*drops, *creations, *_alterations(existing, tracked, wanted, declared))


def without_drops(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that lose nothing, for a project that keeps what it no longer has."""
    kept = (_without_drops(change) for change in changes if not isinstance(change, DropTable))
    return tuple(change for change in kept if isinstance(change, CreateTable) or not change.is_empty)


def _without_drops(change: CreateTable | AlterTable) -> CreateTable | AlterTable:
    if isinstance(change, CreateTable):
        return change
    made_again = {index.name for index in change.created_indexes}
    return replace(change, dropped=(), dropped_indexes=tuple(n for n in change.dropped_indexes if n in made_again))


def _alterations(existing: Existing, tracked: Tracked, wanted: Tables, declared: DeclaredType) -> Iterator[AlterTable]:
    for table in wanted:
        if table.name in existing:
            change = _alteration(existing[table.name], tracked.table(table.name), table, declared)
            if not change.is_empty:
                yield change


def _alteration(existing: ExistingTable, tracked: TrackedTable, table: Table, declared: DeclaredType) -> AlterTable:
    columns = {column.name for column in table.columns}
    indexes = {index.name for index in table.indexes}
    changed = [index for index in table.indexes if _index_differs(existing.indexes.get(index.name), index)]
    gone = [name for name in existing.indexes if name not in indexes and name in tracked.indexes]
    return AlterTable(
        table=table,
        existing=existing,
        added=tuple(column for column in table.columns if column.name not in existing.columns),
        altered=tuple(c for c in table.columns if _column_differs(existing.columns.get(c.name), c, declared)),
        dropped=tuple(name for name in existing.columns if name not in columns and name in tracked.columns),
        created_indexes=tuple(changed),
        dropped_indexes=(*gone, *(index.name for index in changed if index.name in existing.indexes)),
    )


def _index_differs(existing: Index | None, wanted: Index) -> bool:
    """Whether an index has to be made; the order of its columns is not compared, as in the reference."""
    if existing is None:
        return True
    return set(existing.columns) != set(wanted.columns) or (wanted.unique and not existing.unique)


def _column_differs(existing: ExistingColumn | None, wanted: Column, declared: DeclaredType) -> bool:
    if existing is None or wanted.type == "increments":
        return False
    return (
        _root(existing.type) != _root(declared(wanted))
        or existing.not_null != wanted.not_null
        or not _same_default(existing.default, wanted.default)
    )


def _root(declared: str) -> str:
    """Return a type without its length, which is not compared."""
    return declared.partition("(")[0].strip().lower()


def _same_default(existing: str | None, wanted: object) -> bool:
    if existing is None or existing.lower() == "null":
        return wanted is None
    if isinstance(wanted, bool):
        return existing.strip("'") in {str(wanted).lower(), str(int(wanted))}
    plain = "" if wanted is None else str(wanted).lower()
    return existing.strip("'").replace("''", "'").lower() == plain
