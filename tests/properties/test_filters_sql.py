"""The SQL of a filter selects exactly the rows that `evaluate` accepts, in a real database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tessera.filters import ALWAYS, Compare, Exists, Filter, Operator, evaluate, simplify
from tessera.schema import naming
from tessera.schema.model import Media, Model, Relation
from tessera.sql.builder import Builder
from tessera.sql.dialects.ddl_sqlite import create_statements
from tessera.sql.dialects.sqlite import SQLITE
from tessera.sql.predicates import predicate
from tessera.sql.tables import tables
from tests.properties.library import BOOK, PART, SCHEMA, TAG, USER, Library, filters, libraries

# Books have relations of every kind, so most questions are about them.
MODELS = st.sampled_from([BOOK, BOOK, BOOK, TAG, USER])


@pytest.fixture(scope="module")
def database() -> Iterator[apsw.Connection]:
    """Return an empty database with the tables of the library."""
    connection = apsw.Connection(":memory:")
    for statement in create_statements(tables(SCHEMA)):
        connection.execute(statement.text)
    yield connection
    connection.close()


def _model(uid: str) -> Model:
    model = SCHEMA.model(uid)
    assert model is not None
    return model


def _fill(database: apsw.Connection, library: Library) -> None:
    for uid, rows in library.rows.items():
        for row in rows.values():
            _insert(database, naming.table(_model(uid)), {naming.column(name): value for name, value in row.items()})
    for (uid, name), pairs in library.links.items():
        for own, other in pairs:
            _link(database, uid, name, own, other)


def _link(database: apsw.Connection, uid: str, name: str, own: int, other: int) -> None:
    model = _model(uid)
    attribute = model.attributes[name]
    if name == "parts":
        link = {"entity_id": own, "cmp_id": other, "component_type": PART, "field": name, "order": 1}
        _insert(database, naming.components_table(model), link)
    elif name == "createdBy":
        database.execute("UPDATE books SET created_by_id = ?2 WHERE id = ?1", (own, other))
    elif isinstance(attribute, Relation | Media) and (uid, name) != (TAG, "books"):
        table = naming.link_table(SCHEMA, model, attribute)
        _insert(database, table.name, {table.own: own, table.other: other})


def _insert(database: apsw.Connection, table: str, values: dict[str, Any]) -> None:
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" for _ in values)
    database.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(values.values()))  # noqa: S608


def _selected(database: apsw.Connection, filter_: Filter, uid: str) -> list[int]:
    builder = Builder(SCHEMA, SQLITE)
    alias = builder.alias()
    where = predicate(builder, filter_, _model(uid), alias)
    text = f'SELECT {alias}.id FROM "{naming.table(_model(uid))}" {alias} WHERE {where} ORDER BY 1'  # noqa: S608
    values = [source[0] for source in builder.sources if isinstance(source, tuple)]
    return [row[0] for row in database.execute(text, values)]


@given(libraries(), MODELS.flatmap(lambda uid: st.tuples(st.just(uid), filters(uid))))
def test_the_database_and_the_oracle_agree(
    database: apsw.Connection, library: Library, asked: tuple[str, Filter]
) -> None:
    """
    A filter selects the rows that it holds for, through relations of every kind and with nulls anywhere.
    """
    uid, filter_ = asked
    expected = [row_id for row_id in library.rows[uid] if evaluate(filter_, library.row(uid, row_id))]
    with database:
        database.execute("SAVEPOINT example")
        _fill(database, library)
        selected = _selected(database, filter_, uid)
        simplified = _selected(database, simplify(filter_), uid)
        database.execute("ROLLBACK TO example")

    assert expected == selected
    assert expected == simplified


def test_a_foreign_key_is_compared_without_looking_up_its_row() -> None:
    """
    The creator's id stands in the row itself.
    """
    builder = Builder(SCHEMA, SQLITE)
    written = predicate(builder, Exists("createdBy", Compare("id", Operator.EQ, 7)), _model(BOOK), "t")

    assert '(t."created_by_id" IS NOT NULL AND t."created_by_id" = ?1)' == written
    assert {(7,): 1} == builder.sources


def test_values_never_stand_in_the_text() -> None:
    """
    Whatever a filter compares with is bound.
    """
    builder = Builder(SCHEMA, SQLITE)
    written = predicate(builder, Compare("title", Operator.CONTAINS, "x' OR 1=1 --%"), _model(BOOK), "t")

    assert "t.\"title\" LIKE ?1 ESCAPE '\\'" == written
    assert {("%x' OR 1=1 --\\%%",): 1} == builder.sources


def test_a_relation_alone_asks_whether_anything_is_related() -> None:
    """
    A relation without further conditions lists at least one row.
    """
    builder = Builder(SCHEMA, SQLITE)
    written = predicate(builder, Exists("roles", ALWAYS), _model(USER), "t")

    assert written.startswith("EXISTS (SELECT 1 FROM ")
    assert "JOIN" in written
