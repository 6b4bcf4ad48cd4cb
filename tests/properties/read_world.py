"""A newsroom in memory: rows as plain values, and the same rows in the tables of a database."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import apsw

from tessera.filters import ALWAYS, Filter
from tessera.query.sight import Grant, Reader
from tessera.schema import naming
from tessera.schema.model import (
    ComponentField,
    ContentType,
    DynamicZone,
    Media,
    Model,
    Relation,
    Scalar,
    Schema,
)
from tessera.sql.dialects.ddl_sqlite import create_statements
from tessera.sql.statement import Statement
from tessera.sql.tables import tables

Plain = dict[str, Any]  # attributes by name; relations hold lists of ids, components lists of plain values


@dataclass
class World:
    """Rows by type, and a database that holds them."""

    schema: Schema
    rows: dict[str, list[Plain]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.database = apsw.Connection(":memory:")
        for statement in create_statements(tables(self.schema)):
            self.database.execute(statement.text)

    def add(self, uid: str, **values: Any) -> Plain:  # noqa: ANN401 - values of any attribute
        """Add a row; relations are given from their owner's side, as ids of rows that are there."""
        model = self.schema.content_types[uid]
        held = self.rows.setdefault(uid, [])
        identity = len(held) + 1
        row: Plain = {"id": identity, "documentId": f"{model.singular_name}{identity}"}
        row |= {name: empty(attribute) for name, attribute in model.attributes.items()}
        row |= {"createdAt": identity, "updatedAt": identity, "publishedAt": identity} | values
        held.append(row)
        self._insert(model, row)
        return row

    def answer(self, statement: Statement) -> Any:  # noqa: ANN401 - any JSON
        """Return the body that a list statement answers."""
        return json.loads(self.body(statement))

    def body(self, statement: Statement) -> bytes:
        """Return the bytes that a list statement answers."""
        rows: list[Any] = self.database.execute(statement.text, statement.values).fetchall()
        return bytes(rows[0][0])

    def document(self, statement: Statement) -> tuple[Any, int | None] | None:
        """Return the body and whether it may be seen, or None when there is no such document."""
        found: list[Any] = self.database.execute(statement.text, statement.values).fetchall()
        if not found:
            return None
        body, shown = found[0]
        return (None if body is None else json.loads(body), shown)

    def _insert(self, model: Model, row: Plain) -> None:
        columns = {"id": row["id"]}
        if isinstance(model, ContentType):
            columns["document_id"] = row["documentId"]
        for name, attribute in model.attributes.items():
            if isinstance(attribute, Scalar):
                columns[naming.column(name)] = row.get(name)
            elif isinstance(attribute, Relation) and not attribute.use_join_table and row.get(name):
                columns[naming.foreign_key(attribute)] = row[name][0]
        self._put(naming.table(model), columns)
        for name, attribute in model.attributes.items():
            self._link(model, row, name, attribute)

    def _link(self, model: Model, row: Plain, name: str, attribute: Any) -> None:  # noqa: ANN401 - an attribute
        held = row.get(name) or []
        if isinstance(attribute, Relation) and attribute.is_owner and attribute.use_join_table:
            table = naming.link_table(self.schema, model, attribute) if held else None
            for order, target in enumerate(held, 1):
                if table is not None:
                    columns = {table.own: row["id"], table.other: target}
                    self._put(table.name, columns | ({table.order: order} if table.order else {}))
        elif isinstance(attribute, Media):
            for order, file in enumerate(held, 1):
                link = {"file_id": file, "related_id": row["id"], "related_type": model.uid, "field": name}
                self._put("files_related_mph", {**link, "order": order})
        elif isinstance(attribute, ComponentField | DynamicZone):
            for order, part in enumerate(held, 1):
                uid = attribute.component if isinstance(attribute, ComponentField) else part["__component"]
                component = self.schema.components[uid]
                self._insert(component, part)
                link = {"entity_id": row["id"], "cmp_id": part["id"], "component_type": uid, "field": name}
                self._put(naming.components_table(model), {**link, "order": order})

    def _put(self, table: str, columns: Mapping[str, Any]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" for _ in columns)
        text = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 - names of the schema
        self.database.execute(text, tuple(columns.values()))


def empty(attribute: Any) -> Any:  # noqa: ANN401 - an attribute and what it holds at first
    """Return what an attribute holds when nothing is said of it."""
    return None if isinstance(attribute, Scalar) else []


@dataclass(frozen=True)
class Allowed:
    """A right to read: which rows, and in which of them each field is shown; other fields are always shown."""

    filter: Filter = ALWAYS
    guards: tuple[tuple[str, Filter], ...] = ()
    others: Filter = ALWAYS

    def guard(self, path: str) -> Filter:
        """Return in which rows a field is shown."""
        guards = dict(self.guards)
        parts = path.split(".")
        for length in range(len(parts), 0, -1):
            found = guards.get(".".join(parts[:length]))
            if found is not None:
                return found
        return self.others


def reader(grants: Callable[[str], Grant | None] | Mapping[str, Grant | None] | None = None) -> Reader:
    """Return a reader with these rights; without any it may read everything."""
    if grants is None:
        return Reader(lambda _: Allowed(), "everything")
    if isinstance(grants, Mapping):
        return Reader(grants.get, tuple(grants.items()))
    return Reader(grants, object())


def titles(answer: Any, name: str = "title") -> Sequence[Any]:  # noqa: ANN401 - any JSON
    """Return one attribute of every entry of a list."""
    return [entry.get(name) for entry in answer["results" if "results" in answer else "data"]]
