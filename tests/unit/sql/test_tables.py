import hashlib
import json

import pytest

from tessera.sql.stored_schema import Tracked, read_stored_schema, stored_schema_hash, stored_schema_json
from tessera.sql.tables import Table, tables
from tests.unit.schema.extended import extended_project
from tests.unit.schema.projects import built, component, conformance_schema, content_type

LONG = "very_long_named_things_that_exceed_the_identifier_limit_of_the_database"
# What the reference itself has written for the conformance project.
EXPECTED_HASH = "589934d4e9ad2614c3cedc9c0c2ad5839bbb10765512b8eaea29039c35835abf"


def test_the_stored_schema_is_that_of_the_reference() -> None:
    """The hash of the conformance project is the one that the reference wrote at its first start."""
    assert stored_schema_hash(tables(conformance_schema())) == EXPECTED_HASH


def test_the_stored_schema_lists_every_table() -> None:
    """What is written can be read again."""
    made = tables(conformance_schema())
    tracked = read_stored_schema(stored_schema_json(made))

    assert set(tracked.tables) == {table.name for table in made}
    assert "title" in tracked.table("articles").columns
    assert "articles_documents_idx" in tracked.table("articles").indexes


@pytest.mark.parametrize("text", [None, "", "no json", "[]", "{}", '{"tables": {}}', '{"tables": [1, {"name": "a"}]}'])
def test_a_stored_schema_of_another_shape_tracks_nothing(text: str | None) -> None:
    """What is not listed is never dropped."""
    assert read_stored_schema(text) in (Tracked(), Tracked({"a": read_stored_schema(None).table("a")}))


def test_the_hash_sorts_tables_as_the_language_of_the_reference_does() -> None:
    """Signs come before digits, digits before letters, and case decides last."""
    names = "_a 1a a a_b A_b a-b a1 a10 a2 aa aA Aa AA ab aB Ab b B b_"
    in_order = tuple(Table(name, ()) for name in names.split())
    expected = hashlib.sha256(stored_schema_json(in_order).encode()).hexdigest()

    assert stored_schema_hash(in_order) == expected
    assert stored_schema_hash(tuple(reversed(in_order))) == expected


def test_a_type_without_documents_has_only_its_own_columns() -> None:
    """Settings and webhooks are rows, not documents."""
    core_store = next(table for table in tables(built()) if table.name == "strapi_core_store_settings")

    assert [column.name for column in core_store.columns] == ["id", "key", "value", "type", "environment", "tag"]
    assert core_store.indexes == ()


def test_long_names_end_in_a_hash() -> None:
    """The reference's own example."""
    attributes = {"one": {"type": "component", "component": "a.b"}}
    made = tables(built(content_type("long", attributes, collectionName=LONG), component("a", "b", {})))
    table = next(table for table in made if table.name.endswith("identifier_3aa3c"))
    links = next(table for table in made if table.name.endswith("_cmps"))

    assert links.name == "very_long_named_things_that_exceed_the_identi3aa3c_cmps"
    assert [index.name for index in table.indexes] == [
        "very_long_named_things_that_exceed_t3aa3c_documents_idx",
        "very_long_named_things_that_excee01391_created_by_id_fk",
        "very_long_named_things_that_excee01391_updated_by_id_fk",
    ]


def test_a_unique_column_is_spelt_type_first() -> None:
    """The reference writes the keys of such an index in another order."""
    made = tables(built(content_type("thing", {"code": {"type": "string", "column": {"unique": True}}})))
    text = stored_schema_json(tuple(table for table in made if table.name == "things"))

    assert '{"type":"unique","name":"things_code_uq","columns":["code"]}' in text
    assert json.loads(text)["tables"][0]["columns"][2]["unique"] is True


def test_the_stored_schema_of_every_kind_of_attribute_is_that_of_the_reference() -> None:
    """The hash that the reference wrote for a project with one attribute of each type and long names."""
    expected = "d2231853e6780f45cd7c1466f905db3f20bf4b6962b0de66b31936b34b62ed8c"

    assert stored_schema_hash(tables(built(*extended_project()))) == expected
