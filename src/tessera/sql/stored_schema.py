"""The schema as the reference keeps it in the database, byte for byte, and its hash (database.md §14.3)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tessera.schema.model import JSON
from tessera.sql.tables import Column, ForeignKey, Index, Table, Tables

_SIGNS: Final = "_-"


def stored_schema_json(tables: Tables) -> str:
    """Return the JSON text of the schema as it is stored."""
    return _text(tables)


def stored_schema_hash(tables: Tables) -> str:
    """Return the hash that tells whether a database was made for this schema."""
    return hashlib.sha256(_text(sorted(tables, key=lambda table: _collation(table.name))).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class TrackedTable:
    """What a stored schema lists of a table: only this may be dropped."""

    columns: frozenset[str] = frozenset()
    indexes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tracked:
    """What a stored schema lists."""

    tables: Mapping[str, TrackedTable] = field(default_factory=dict)

    def table(self, name: str) -> TrackedTable:
        """Return what is listed of a table, which may be nothing."""
        return self.tables.get(name, TrackedTable())


def read_stored_schema(text: str | None) -> Tracked:
    """Return what a stored schema lists; one that cannot be read lists nothing, so nothing is dropped."""
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return Tracked()
    listed = _named(value.get("tables") if isinstance(value, dict) else None)
    return Tracked({name: _tracked(table) for name, table in listed.items()})


def _tracked(table: Mapping[str, JSON]) -> TrackedTable:
    return TrackedTable(frozenset(_named(table.get("columns"))), frozenset(_named(table.get("indexes"))))


def _named(items: JSON) -> dict[str, Mapping[str, JSON]]:
    listed = items if isinstance(items, list) else []
    return {str(item["name"]): item for item in listed if isinstance(item, dict) and "name" in item}


def _text(tables: Iterable[Table]) -> str:
    value = {"tables": [_table(table) for table in tables]}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _table(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "indexes": [_index(index) for index in table.indexes],
        "foreignKeys": [_foreign_key(key) for key in table.foreign_keys],
        "columns": [_column(column) for column in table.columns],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": column.type,
        "args": list(column.args),
        "defaultTo": column.default,
        "notNullable": column.not_null,
        "unsigned": column.unsigned,
        **column.extra,
    }


def _index(index: Index) -> Mapping[str, JSON]:
    if index.written is not None:
        return index.written
    plain = {"name": index.name, "columns": list(index.columns)}
    return {**plain, "type": "unique"} if index.unique else plain


def _foreign_key(key: ForeignKey) -> dict[str, Any]:
    """Return a foreign key; the reference writes its two kinds in different orders."""
    head = {"name": key.name, "columns": [key.column]}
    if key.cascades:
        return {**head, "referencedColumns": ["id"], "referencedTable": key.table, "onDelete": "CASCADE"}
    return {**head, "referencedTable": key.table, "referencedColumns": ["id"], "onDelete": "SET NULL"}


def _collation(name: str) -> tuple[list[tuple[int, str]], list[bool]]:
    """Order names as the reference's language does: signs, digits, letters whatever their case, lower case first."""
    return [_weight(character) for character in name.lower()], [character.isupper() for character in name]


def _weight(character: str) -> tuple[int, str]:
    if character in _SIGNS:
        return 0, str(_SIGNS.index(character))
    return (1, character) if character.isdigit() else (2, character)
