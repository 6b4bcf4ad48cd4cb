from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest

from tessera.errors import ConfigurationError
from tessera.schema.model import Schema
from tessera.sql.migrations import MIGRATIONS
from tests.unit.schema.extended import extended_project, link
from tests.unit.schema.projects import built, component, content_type
from tests.unit.sql.databases import NOW, Database, opened

STRING = {"type": "string"}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Open an empty database."""
    with opened(tmp_path / "data.db") as found:
        yield found


def thing(**attributes: Any) -> Schema:  # noqa: ANN401 - any JSON
    """Return a schema with one type."""
    return built(content_type("thing", attributes))


def columns(database: Database, table: str = "things") -> dict[str, str]:
    """Return the columns of a table with their declared types."""
    return dict(database.rows("SELECT name, type FROM pragma_table_info(?1)", table))


def test_an_empty_database_gets_tables_and_books(database: Database) -> None:
    """All eight migrations are recorded, and one row has the stored schema."""
    report = database.synchronise(built(*extended_project()))

    assert report.migrations == MIGRATIONS
    assert [row[0] for row in database.rows("SELECT name FROM strapi_migrations_internal ORDER BY id")] == [*MIGRATIONS]
    assert database.rows("SELECT count(*), max(time) FROM strapi_database_schema") == [(1, NOW)]
    assert database.rows("PRAGMA foreign_keys") == [(1,)]


def test_a_second_start_changes_nothing(database: Database) -> None:
    """The stored hash is enough; the tables are not even looked at."""
    schema = built(*extended_project())
    database.synchronise(schema)
    before = database.rows("SELECT * FROM sqlite_schema")
    trace: list[str] = []
    database.driver.trace = trace
    report = database.synchronise(schema)
    database.driver.trace = None

    assert (report.changes, report.migrations, report.dropped) == ((), (), ())
    assert database.rows("SELECT * FROM sqlite_schema") == before
    assert len(trace) <= 7


def test_a_missing_table_is_made_only_when_something_is_compared(database: Database) -> None:
    """As in the reference: with the right hash nothing is looked at, without the stored row everything is."""
    database.synchronise(thing(title=STRING))
    database.write("DROP TABLE strapi_webhooks")

    assert database.synchronise(thing(title=STRING)).changes == ()
    database.write("DELETE FROM strapi_database_schema")
    assert list(database.synchronise(thing(title=STRING)).lines()) == ["table strapi_webhooks was made"]


def test_columns_come_and_go_with_the_schema(database: Database) -> None:
    """Values of columns that stay are kept, and the report names what is gone."""
    database.synchronise(thing(title=STRING, old=STRING))
    database.insert("things", title="a", old="b")
    report = database.synchronise(thing(title=STRING, new={"type": "integer"}))

    assert report.dropped == ("things.old",)
    assert list(report.lines()) == ["table things: added new", "table things: dropped old"]
    assert database.rows("SELECT title, new FROM things") == [("a", None)]
    assert "old" not in columns(database)


def test_a_type_that_is_gone_takes_its_tables_along(database: Database) -> None:
    """Its links and components too; rows of other types stay."""
    inner = component("a", "b", {"word": STRING})
    zone = {"type": "component", "component": "a.b"}
    database.synchronise(
        built(content_type("thing", {"it": link("oneToOne", "other"), "part": zone}), content_type("other", {}), inner)
    )
    database.insert("others", document_id="d")
    report = database.synchronise(built(content_type("other", {}), inner))

    assert set(report.dropped) == {"things", "things_cmps", "things_it_lnk"}
    assert database.rows("SELECT document_id FROM others") == [("d",)]


def test_what_the_stored_schema_does_not_list_is_left_alone(database: Database) -> None:
    """Tables, columns and indexes of somebody else stay, also through a rebuild."""
    database.synchronise(thing(size={"type": "integer"}))
    database.write(
        "CREATE TABLE somebody (id integer)",
        "ALTER TABLE things ADD COLUMN theirs text DEFAULT 'x'",
        "CREATE INDEX theirs_idx ON things (theirs)",
    )
    database.insert("things", size=5)
    report = database.synchronise(thing(size=STRING))

    assert report.dropped == ()
    assert database.rows("SELECT size, theirs, typeof(size) FROM things") == [("5", "x", "text")]
    assert database.rows("SELECT count(*) FROM sqlite_schema WHERE name IN ('somebody', 'theirs_idx')") == [(2,)]


def test_a_rebuilt_table_keeps_rows_links_and_its_counter(database: Database) -> None:
    """Changing a type loses no row of the table nor any that points to it, and no id is used again."""
    schema = built(content_type("thing", {"size": {"type": "integer"}, "it": link("oneToMany", "thing")}))
    database.synchronise(schema)
    for size in (1, 2, 3):
        database.insert("things", size=size)
    database.write("DELETE FROM things WHERE id = 3")
    database.insert("things_it_lnk", thing_id=1, inv_thing_id=2)
    database.synchronise(built(content_type("thing", {"size": {"type": "text"}, "it": link("oneToMany", "thing")})))
    database.insert("things", size="four")

    assert database.rows("SELECT id, size FROM things") == [(1, "1"), (2, "2"), (4, "four")]
    assert database.rows("SELECT thing_id, inv_thing_id FROM things_it_lnk") == [(1, 2)]
    assert columns(database)["size"].lower() == "text"
    database.write("DELETE FROM things WHERE id = 1")
    assert database.rows("SELECT count(*) FROM things_it_lnk") == [(0,)]  # The foreign keys still work.


def test_a_relation_without_a_table_of_its_own_can_go(database: Database) -> None:
    """SQLite drops a column with a foreign key only by making the table anew."""
    database.synchronise(thing(title=STRING, direct=link("oneToOne", "thing", useJoinTable=False)))
    database.insert("things", title="a")
    report = database.synchronise(thing(title=STRING))

    assert report.dropped == ("things.direct_id",)
    assert database.rows("SELECT title FROM things") == [("a",)]
    assert not database.rows("SELECT 1 FROM sqlite_schema WHERE name = 'things_direct_id_fk'")


def test_a_changed_index_is_made_again(database: Database) -> None:
    """An index of the right name with other columns is not the right index."""
    database.synchronise(thing(title=STRING))
    database.write(
        "DROP INDEX things_documents_idx",
        "CREATE INDEX things_documents_idx ON things (title)",
        "DELETE FROM strapi_database_schema",
    )
    database.synchronise(thing(title=STRING))

    found = database.rows("SELECT name FROM pragma_index_info('things_documents_idx')")
    assert found == [("document_id",), ("locale",), ("published_at",)]


def test_defaults_and_nullability_are_followed(database: Database) -> None:
    """What an attribute says of its column."""
    database.synchronise(thing(kind=STRING))
    database.insert("things", kind="a")
    option = {"notNullable": True, "defaultTo": "it's"}
    database.synchronise(thing(kind={**STRING, "column": option}))
    database.insert("things", document_id="b")

    assert database.rows("SELECT kind FROM things") == [("a",), ("it's",)]
    database.write("DELETE FROM strapi_database_schema")
    assert database.synchronise(thing(kind={**STRING, "column": option})).changes == ()


def test_nothing_is_lost_when_drops_are_switched_off(database: Database) -> None:
    """The setting `forceMigration: false` keeps tables and columns."""
    database.synchronise(built(content_type("thing", {"title": STRING, "old": STRING}), content_type("other", {})))
    database.insert("things", old="b")
    report = database.synchronise(thing(title=STRING), drops=False)

    assert report.dropped == ()
    assert database.rows("SELECT old FROM things") == [("b",)]
    assert "document_id" in columns(database, "others")


def test_tables_of_plugins_that_are_not_here_are_kept(database: Database) -> None:
    """Opening a project with other plugins loses nothing of them, also when the stored schema lists their tables."""
    database.synchronise(built(content_type("comment", {"it": link("oneToOne", "comment")}), content_type("gone", {})))
    entry = '{"plugin::comments.comment": {"collectionName": "comments"}}'
    database.write("DELETE FROM strapi_core_store_settings")
    database.insert("strapi_core_store_settings", key="strapi_content_types_schema", value=entry)
    database.insert("strapi_core_store_settings", key="core_persisted_tables", value='["gones"]')
    report = database.synchronise(built())

    assert report.dropped == ()
    assert report.kept == {"comments", "comments_it_lnk", "gones"}
    assert "document_id" in columns(database, "comments")


def test_links_to_types_that_are_gone_are_deleted(database: Database) -> None:
    """Files and component links that name them would never be read."""
    inner = component("a", "b", {"word": STRING})
    parts = {"part": {"type": "component", "component": "a.b"}}
    database.synchronise(built(content_type("thing", {**parts, "x": STRING}), inner))
    database.insert("files_related_mph", related_id=1, related_type="api::gone.gone")
    database.insert("files_related_mph", related_id=1, related_type="a.b")
    database.insert("things_cmps", cmp_id=1, component_type="a.gone")
    database.synchronise(built(content_type("thing", parts), inner))

    assert database.rows("SELECT related_type FROM files_related_mph") == [("a.b",)]
    assert database.rows("SELECT count(*) FROM things_cmps") == [(0,)]


def test_a_database_of_version_4_is_refused(database: Database) -> None:
    """Its documents are laid out otherwise; the reference itself has to convert it."""
    database.write("CREATE TABLE admin_users (id integer primary key, email varchar(255))")

    with pytest.raises(ConfigurationError, match=r"5\.0\.0-rename-identifiers-longer-than-max-length"):
        database.synchronise(built())
    assert [row[0] for row in database.rows("SELECT name FROM sqlite_schema")] == ["admin_users"]


def test_missing_migrations_are_caught_up(database: Database) -> None:
    """Without their names the rows get what the migrations would have given them, and the names are recorded."""
    schema = built(content_type("thing", {"slug": {"type": "uid"}}, options={"draftAndPublish": True}))
    database.synchronise(schema)
    database.insert("things", slug="a", published_at=5)
    database.insert("admin_users", prefered_language="dk")
    database.write("CREATE UNIQUE INDEX things_slug_unique ON things (slug)", "DELETE FROM strapi_migrations_internal")
    report = database.synchronise(schema)

    assert report.migrations == MIGRATIONS
    rows = database.rows("SELECT slug, published_at, document_id FROM things ORDER BY id")
    assert [row[:2] for row in rows] == [("a", 5), ("a", None)]
    assert rows[0][2] == rows[1][2]
    assert len(rows[0][2]) == 24
    assert database.rows("SELECT prefered_language FROM admin_users") == [("da",)]


def test_a_missing_publication_date_is_now(database: Database) -> None:
    """Rows from before the column was there count as published."""
    database.synchronise(thing(title=STRING))
    database.insert("things", title="a")
    database.write(
        "DROP INDEX things_documents_idx",
        "ALTER TABLE things DROP COLUMN published_at",
        "DELETE FROM strapi_migrations_internal WHERE name LIKE '%published-at'",
    )
    database.synchronise(thing(title=STRING))

    assert database.rows("SELECT title, published_at FROM things") == [("a", NOW)]


def test_a_failed_start_leaves_the_database_as_it_was(database: Database) -> None:
    """All changes are one transaction."""
    database.synchronise(thing(title=STRING))
    database.insert("things", title="a")
    database.insert("things", title="a")
    before = database.rows("SELECT * FROM sqlite_schema")

    with pytest.raises(apsw.ConstraintError, match="UNIQUE"):
        database.synchronise(thing(new=STRING, title={**STRING, "column": {"unique": True}}))
    assert database.rows("SELECT * FROM sqlite_schema") == before
    assert database.rows("PRAGMA foreign_keys") == [(1,)]


def test_our_own_indexes_are_made_again_when_they_are_missing(database: Database) -> None:
    """They do not depend on the stored hash."""
    schema = built(content_type("thing", {"it": link("oneToMany", "thing")}, options={"draftAndPublish": True}))
    database.synchronise(schema)
    own = "SELECT name FROM sqlite_schema WHERE name LIKE 'tsr%' ORDER BY name"
    names = database.rows(own)
    database.write("DROP INDEX tsr_things_published", "DROP TABLE tessera_content_versions")
    database.synchronise(schema)

    assert database.rows(own) == names
    assert {"tsr_things_published", "tsr_things_drafts", "tsr_things_it_lnk_back"} <= {row[0] for row in names}
    assert database.rows("SELECT count(*) FROM tessera_content_versions") == [(0,)]


def test_an_index_for_sorting_comes_and_goes_with_its_declaration(database: Database) -> None:
    """
    Drafts and published rows have one each; without drafts there is one for all rows.
    """
    own = "SELECT name, sql FROM sqlite_schema WHERE name LIKE 'tsr_things%' ORDER BY name"
    sorted_by = {**STRING, "pluginOptions": {"tessera": {"sortIndex": True}}}
    drafts = {"options": {"draftAndPublish": True}}
    database.synchronise(built(content_type("thing", {"it": sorted_by}, **drafts)))
    with_drafts = database.rows(own)
    database.synchronise(built(content_type("thing", {"it": sorted_by})))
    without_drafts = database.rows(own)
    database.synchronise(built(content_type("thing", {"it": STRING})))

    names = ["tsr_things_drafts", "tsr_things_drafts_it", "tsr_things_published", "tsr_things_published_it"]
    assert names == [name for name, _ in with_drafts]
    assert [("tsr_things_rows_it", "CREATE INDEX `tsr_things_rows_it` on `things` (`it`, `id`)")] == without_drafts
    assert [] == database.rows(own)
