from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import pytest

from tessera.engine.drivers.sqlite import SQLite
from tessera.engine.session import Session
from tessera.engine.store import get_value, remove_value, set_value
from tessera.engine.versions import raise_versions, version_of
from tessera.sql.statement import Statement
from tests.unit.schema.projects import built
from tests.unit.sql.databases import Database, opened

T = TypeVar("T")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Open a database with the system's tables."""
    with opened(tmp_path_factory.mktemp("store") / "data.db") as made:
        made.synchronise(built())
        yield made


def write(driver: SQLite, work: Callable[[Session], Awaitable[T]]) -> T:
    """Run a unit of work in a transaction."""

    async def within(session: Session) -> T:
        async with session.transaction():
            return await work(session)

    return driver.run_now(within)


@pytest.mark.parametrize(
    ("value", "type_"),
    [({"a": [1]}, "object"), ([], "object"), (None, "object"), ("en", "string"), (True, "boolean"), (1.5, "number")],
)
def test_values_are_kept_with_the_type_that_the_reference_reads_by(
    database: Database, value: object, type_: str
) -> None:
    """
    A value comes back as it was, and its row says what JavaScript calls its type.
    """
    write(database.driver, lambda session: set_value(session, "core_x", "before"))
    write(database.driver, lambda session: set_value(session, "core_x", value))
    types = Statement("SELECT type FROM strapi_core_store_settings WHERE key = 'core_x'")

    assert value == database.driver.run_now(lambda session: get_value(session, "core_x"))
    assert [(type_,)] == database.driver.run_now(lambda session: session.rows(types))


def test_a_value_that_was_removed_is_gone(database: Database) -> None:
    """
    What nobody set, or somebody removed, is None.
    """
    write(database.driver, lambda session: set_value(session, "core_y", 1))
    write(database.driver, lambda session: remove_value(session, "core_y"))

    assert database.driver.run_now(lambda session: get_value(session, "core_y")) is None


def test_versions_count_up(database: Database) -> None:
    """
    Every write raises the versions of the types that it touched, once each.
    """
    write(database.driver, lambda session: raise_versions(session, ["api::a.a", "api::b.b", "api::a.a"]))
    write(database.driver, lambda session: raise_versions(session, ["api::a.a"]))

    async def read(session: Session) -> list[int]:
        return [await version_of(session, uid) for uid in ("api::a.a", "api::b.b", "api::c.c")]

    assert [2, 1, 0] == database.driver.run_now(read)
