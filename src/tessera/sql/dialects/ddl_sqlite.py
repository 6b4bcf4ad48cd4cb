"""Tables in SQLite: how they are read from the database, made and altered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from tessera.sql.differences import (
    AlterTable,
    Change,
    CreateTable,
    DropTable,
    Existing,
    ExistingColumn,
    ExistingTable,
)
from tessera.sql.statement import Statement
from tessera.sql.tables import Column, ForeignKey, Index, Table, Tables

_TYPES: Final = {
    "increments": "integer",
    "string": "varchar(255)",
    "text": "text",
    "jsonb": "json",
    "integer": "integer",
    "bigInteger": "bigint",
    "double": "float",
    "decimal": "float",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "datetime": "datetime",
    "timestamp": "datetime",
}

COLUMNS: Final = Statement(
    'SELECT m.name, c.name, c.type, c."notnull", c.dflt_value,'
    ' EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) f WHERE f."from" = c.name)'
    " FROM sqlite_schema m JOIN pragma_table_info(m.name) c"
    " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.rowid, c.cid"
)
INDEXES: Final = Statement(
    'SELECT m.name, i.name, i."unique", c.name'
    " FROM sqlite_schema m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c"
    " WHERE m.type = 'table' AND i.origin = 'c' ORDER BY m.rowid, i.name, c.seqno"
)
NAMES: Final = Statement("SELECT name FROM sqlite_schema")
BROKEN_KEYS: Final = Statement('SELECT DISTINCT "table" FROM pragma_foreign_key_check()')


# The books of the reference's database layer, which no schema lists.
CREATE_BOOKS: Final = tuple(
    Statement(f"CREATE TABLE IF NOT EXISTS `{name}` (`id` integer not null primary key autoincrement, {columns})")
    for name, columns in {
        "strapi_migrations": "`name` varchar(255), `time` datetime",
        "strapi_migrations_internal": "`name` varchar(255), `time` datetime",
        "strapi_database_schema": "`schema` json, `time` datetime, `hash` varchar(255)",
    }.items()
)


def last_id(table: str) -> Statement:
    """Ask for the largest id that a table ever had."""
    return Statement(
        f"SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?1), 0),"
        f" coalesce((SELECT max(id) FROM {_quote(table)}), 0))",
        (table,),
    )


def declared(column: Column) -> str:
    """Return the type that a column is declared with."""
    return _TYPES[column.type]


def existing(columns: Iterable[Sequence[Any]], indexes: Iterable[Sequence[Any]]) -> Existing:
    """Return the tables that the rows of COLUMNS and INDEXES describe."""
    found: dict[str, dict[str, ExistingColumn]] = {}
    for table, name, type_name, not_null, default, is_key in columns:
        found.setdefault(table, {})[name] = ExistingColumn(name, type_name, bool(not_null), default, bool(is_key))
    named: dict[str, dict[str, Index]] = {}
    for table, name, unique, column in indexes:
        before = named.setdefault(table, {}).get(name, Index(name, (), bool(unique)))
        named[table][name] = Index(name, (*before.columns, str(column)), before.unique)
    return {name: ExistingTable(name, own, named.get(name, {})) for name, own in found.items()}


def create_statements(tables: Tables) -> tuple[Statement, ...]:
    """Return what makes tables in an empty database."""
    return tuple(statement for table in tables for statement in _create(table))


def change_statements(change: Change, attachments: Iterable[Sequence[Any]] = ()) -> tuple[Statement, ...]:
    """Return what carries out a change; a table that is rebuilt needs the rows of `attached` to be complete again."""
    if isinstance(change, CreateTable):
        return tuple(_create(change.table))
    if isinstance(change, DropTable):
        return (Statement(f"DROP TABLE {_quote(change.table.name)}"),)
    return tuple(_rebuild(change, attachments) if needs_rebuild(change) else _alter(change))


def needs_rebuild(change: Change) -> bool:
    """Whether SQLite can only carry out a change by making the table anew: foreign keys must not be enforced then."""
    if not isinstance(change, AlterTable):
        return False
    columns = change.existing.columns
    return bool(change.altered) or any(columns[name].is_key for name in change.dropped)


def attached(table: str) -> Statement:
    """Ask for the texts that made the indexes and triggers of a table."""
    return Statement(
        "SELECT name, sql FROM sqlite_schema"
        " WHERE tbl_name = ?1 AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY rowid",
        (table,),
    )


def drop_index(name: str) -> Statement:
    """Return the statement that drops an index, if it is there."""
    return Statement(f"DROP INDEX IF EXISTS {_quote(name)}")


def create_index(table: str, index: Index, where: str = "") -> Statement:
    """Return what makes an index; the condition makes it a partial one."""
    unique = "UNIQUE " if index.unique else ""
    # A trailing blank lets the reference's own reader of such texts see the last word of a condition.
    condition = f" WHERE {where} " if where else ""
    columns = _list(index.columns)
    return Statement(f"CREATE {unique}INDEX {_quote(index.name)} on {_quote(table)} ({columns}){condition}")


def _create(table: Table) -> Iterator[Statement]:
    yield Statement(_create_text(table.name, [_definition(column) for column in table.columns], table.foreign_keys))
    for index in table.indexes:
        yield create_index(table.name, index)


def _create_text(name: str, definitions: Sequence[str], keys: Sequence[ForeignKey]) -> str:
    return f"CREATE TABLE {_quote(name)} ({', '.join([*definitions, *(_constraint(key) for key in keys)])})"


def _definition(column: Column) -> str:
    """Return a column as the reference's library writes it, which reads these texts again when it alters a table."""
    if column.type == "increments":
        return f"{_quote(column.name)} integer not null primary key autoincrement"
    null = "not null" if column.not_null else "null"
    default = "" if column.default is None else f" default {_literal(column.default)}"
    return f"{_quote(column.name)} {declared(column)} {null}{default}"


def _constraint(key: ForeignKey) -> str:
    rule = "CASCADE" if key.cascades else "SET NULL"
    return (
        f"constraint {_quote(key.name)} foreign key({_quote(key.column)})"
        f" references {_quote(key.table)}({_quote('id')}) on delete {rule}"
    )


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    text = str(value).replace("'", "''")
    return f"'{text}'"


def _alter(change: AlterTable) -> Iterator[Statement]:
    table = _quote(change.table.name)
    for name in (*change.dropped_indexes, *_indexes_of(change.existing, change.dropped, change.dropped_indexes)):
        yield Statement(f"DROP INDEX {_quote(name)}")
    for name in change.dropped:
        yield Statement(f"ALTER TABLE {table} DROP COLUMN {_quote(name)}")
    keys = {key.column: key for key in change.table.foreign_keys}
    for column in change.added:
        yield Statement(f"ALTER TABLE {table} ADD COLUMN {_definition(column)}{_reference(keys.get(column.name))}")
    for index in change.created_indexes:
        yield create_index(change.table.name, index)


def _indexes_of(table: ExistingTable, columns: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the indexes that would keep columns from being dropped."""
    return [
        name
        for name, index in table.indexes.items()
        if name not in others and not set(columns).isdisjoint(index.columns)
    ]


def _reference(key: ForeignKey | None) -> str:
    if key is None:
        return ""
    rule = "CASCADE" if key.cascades else "SET NULL"
    return f" references {_quote(key.table)}({_quote('id')}) on delete {rule}"


def _rebuild(change: AlterTable, attachments: Iterable[Sequence[Any]]) -> Iterator[Statement]:
    """Make the table under another name, move its rows, and put it in the old one's place."""
    name, made = change.table.name, f"tessera_new_{change.table.name}"
    lost = {*change.dropped_indexes, *_indexes_of(change.existing, change.dropped, change.dropped_indexes)}
    yield from _made_anew(change, made)
    # Ids are never used again, so the counter goes with the rows.
    yield Statement("DELETE FROM sqlite_sequence WHERE name = ?1", (made,))
    yield Statement("INSERT INTO sqlite_sequence (name, seq) SELECT ?1, seq FROM sqlite_sequence WHERE name = ?2",
                    (made, name))  # fmt: skip
    yield Statement("PRAGMA legacy_alter_table = 1")  # what refers to the table is about the new one from now on
    yield Statement(f"DROP TABLE {_quote(name)}")
    yield Statement(f"ALTER TABLE {_quote(made)} RENAME TO {_quote(name)}")
    yield Statement("PRAGMA legacy_alter_table = 0")
    yield from (Statement(text) for attached_name, text in attachments if attached_name not in lost)
    yield from (create_index(name, index) for index in change.created_indexes)


def _made_anew(change: AlterTable, made: str) -> Iterator[Statement]:
    wanted, existing = change.table.columns, change.existing.columns
    names = {column.name for column in wanted}
    foreign = [c for c in existing.values() if c.name not in names and c.name not in change.dropped]
    definitions = [*map(_definition, wanted), *map(_foreign_definition, foreign)]
    moved = _list([*(c.name for c in wanted if c.name in existing), *(c.name for c in foreign)])
    yield Statement(_create_text(made, definitions, change.table.foreign_keys))
    yield Statement(f"INSERT INTO {_quote(made)} ({moved}) SELECT {moved} FROM {_quote(change.table.name)}")


def _foreign_definition(column: ExistingColumn) -> str:
    """Return a column that is not ours and stays as it is."""
    null = "not null" if column.not_null else "null"
    default = "" if column.default is None else f" default {column.default}"
    return f"{_quote(column.name)} {column.type} {null}{default}"


def _list(names: Iterable[str]) -> str:
    return ", ".join(_quote(name) for name in names)


def _quote(name: str) -> str:
    """Quote a name as the reference's library does."""
    escaped = name.replace("`", "``")
    return f"`{escaped}`"
