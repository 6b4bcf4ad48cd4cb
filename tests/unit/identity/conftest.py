"""A back office of its own for each test, copied from one that is made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tessera.schema.model import Schema
from tests.unit.identity.office import Office
from tests.unit.schema.projects import conformance_schema
from tests.unit.sql.databases import opened


@pytest.fixture(scope="session")
def schema() -> Schema:
    """Return the schema of the conformance project."""
    return conformance_schema()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory, schema: Schema) -> Path:
    """Make a database without rows."""
    path = tmp_path_factory.mktemp("office") / "data.db"
    with opened(path) as database:
        database.synchronise(schema)
    return path


@pytest.fixture
def office(tmp_path: Path, empty_database: Path, schema: Schema) -> Iterator[Office]:
    """Open a back office without people."""
    path = tmp_path / "data.db"
    shutil.copy(empty_database, path)
    office = Office(path, schema)
    yield office
    office.driver.close()
