"""The reference on databases whose tables this server has made."""

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tessera.schema.model import Schema
from tessera.sql.stored_schema import stored_schema_hash
from tessera.sql.tables import tables
from tests.reference.strapi import HOME, NODE, Strapi, make_app
from tests.unit.schema.extended import extended_project
from tests.unit.schema.projects import CONFORMANCE, built, conformance_schema, content_type, write
from tests.unit.sql.databases import opened

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not NODE.exists(), reason=f"the reference is not installed in {HOME} (make reference)"),
]

SECRETS = {
    "ADMIN_JWT_SECRET": "admin-jwt-secret-for-tests",
    "API_TOKEN_SALT": "api-token-salt-for-tests",
    "APP_KEYS": "key-one-for-tests,key-two-for-tests",
    "ENCRYPTION_KEY": "0123456789abcdef0123456789abcdef",
    "JWT_SECRET": "jwt-secret-for-tests",
    "TRANSFER_TOKEN_SALT": "transfer-token-salt-for-tests",
}


def prepared(path: Path, schema: Schema) -> Path:
    """Make a database with this server."""
    with opened(path) as database:
        database.synchronise(schema)
    return path


def started(app: Path, database: Path) -> str:
    """Start the reference on a database, stop it, and return what it logged."""
    with Strapi(app, database, SECRETS) as reference:
        pass
    return re.sub(r"\x1b\[[0-9;]*m", "", reference.log.read_text(encoding="utf-8"))


def shape(path: Path) -> dict[str, Any]:
    """Return tables, indexes and foreign keys of a database, whatever their texts and order."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {}
    for name in names:
        indexes = connection.execute(f'PRAGMA index_list("{name}")').fetchall()
        found[name] = {
            "columns": [row[1:] for row in connection.execute(f'PRAGMA table_info("{name}")')],
            "keys": {row[2:] for row in connection.execute(f'PRAGMA foreign_key_list("{name}")')},
            "indexes": {
                (row[1], row[2], tuple(inner[2] for inner in connection.execute(f'PRAGMA index_info("{row[1]}")')))
                for row in indexes
            },
        }
    connection.close()
    return found


def test_the_reference_finds_nothing_to_change(tmp_path: Path) -> None:
    """A database of the conformance project made here is taken as it is."""
    make_app(tmp_path / "app", CONFORMANCE / "src")
    database = prepared(tmp_path / "data.db", conformance_schema())
    before = shape(database)

    log = started(tmp_path / "app", database)

    assert "Schema unchanged" in log
    assert "migrating" not in log
    assert shape(database) == before


def test_the_reference_would_have_made_the_same_tables(tmp_path: Path) -> None:
    """Every kind of attribute gets the columns, indexes, foreign keys and stored hash of the reference."""
    files = extended_project()
    write(files, tmp_path / "project")
    make_app(tmp_path / "app", tmp_path / "project" / "src")
    started(tmp_path / "app", tmp_path / "theirs.db")
    ours, theirs = shape(prepared(tmp_path / "ours.db", built(*files))), shape(tmp_path / "theirs.db")

    connection = sqlite3.connect(tmp_path / "theirs.db")
    assert connection.execute("SELECT hash FROM strapi_database_schema").fetchone()[0] == stored_schema_hash(
        tables(built(*files))
    )
    connection.close()
    for name, table in theirs.items():
        own = {index for index in ours[name]["indexes"] if index[0].startswith("tsr_")}
        assert {**ours[name], "indexes": ours[name]["indexes"] - own} == table, name


def test_our_indexes_survive_a_change_by_the_reference(tmp_path: Path) -> None:
    """The reference rebuilds a table of ours when a column changes its type, and our own table and indexes stay."""
    old = content_type(
        "thing", {"size": {"type": "integer"}, "old": {"type": "string"}}, options={"draftAndPublish": True}
    )
    new = content_type(
        "thing", {"size": {"type": "string"}, "new": {"type": "text"}}, options={"draftAndPublish": True}
    )
    database = prepared(tmp_path / "data.db", built(old))
    own = {index for table in shape(database).values() for index in table["indexes"] if index[0].startswith("tsr_")}
    write([new], tmp_path / "project")
    make_app(tmp_path / "app", tmp_path / "project" / "src")

    log = started(tmp_path / "app", database)

    after = shape(database)
    assert "Schema changed" in log
    assert "tessera_content_versions" in after
    assert own <= {index for table in after.values() for index in table["indexes"]}
    assert [column[0] for column in after["things"]["columns"] if column[0] in {"size", "old", "new"}] == [
        "size",
        "new",
    ]


def test_the_content_types_of_the_last_start_are_remembered_as_the_reference_does(tmp_path: Path) -> None:
    """What the reference writes for the project's own types is what this server has written, to the byte."""
    make_app(tmp_path / "app", CONFORMANCE / "src")
    database = prepared(tmp_path / "data.db", conformance_schema())
    query = "SELECT value FROM strapi_core_store_settings WHERE key = 'strapi_content_types_schema'"
    ours = json.loads(sqlite3.connect(database).execute(query).fetchone()[0])

    started(tmp_path / "app", database)

    theirs = json.loads(sqlite3.connect(database).execute(query).fetchone()[0])
    assert list(ours) == list(theirs)
    for uid, entry in theirs.items():
        if uid.startswith("api::"):
            assert json.dumps(ours[uid]) == json.dumps(entry)
