"""Switching drafts and locales on and off for a type that has rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tessera.schema.model import Schema
from tests.unit.schema.extended import link
from tests.unit.schema.projects import built, component, content_type
from tests.unit.sql.databases import Database, opened

STRING = {"type": "string"}
DRAFTS = {"draftAndPublish": True}
LOCALES = {"i18n": {"localized": True}}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Open an empty database."""
    with opened(tmp_path / "data.db") as found:
        yield found


def project(**options: Any) -> Schema:  # noqa: ANN401 - any JSON
    """Return a type with everything that hangs on a row, among types with and without drafts that link to it."""
    attributes = {
        "title": STRING,
        "cover": {"type": "media"},
        "outer": {"type": "component", "component": "a.outer"},
        "zone": {"type": "dynamiczone", "components": ["a.inner", "a.outer"]},
        "plain": link("manyToMany", "plain"),
        "drafted": link("manyToMany", "drafted"),
        "own": link("oneToMany", "thing"),
    }
    return built(
        content_type("thing", attributes, **options),
        content_type("plain", {"thing": link("oneToOne", "thing")}),
        content_type("drafted", {"thing": link("oneToOne", "thing")}, options=DRAFTS),
        component("a", "outer", {"inner": {"type": "component", "component": "a.inner", "repeatable": True}}),
        component("a", "inner", {"word": STRING, "icon": {"type": "media"}, "plain": link("oneToOne", "plain")}),
    )


def fill(database: Database) -> None:
    """Insert two things, the first with links of every kind."""
    for title in ("one", "two"):
        database.insert("things", document_id=title, title=title, published_at=5, created_at=1)
    plain = database.insert("plains", document_id="p", published_at=5)
    draft, published = (database.insert("drafteds", document_id="d", published_at=at) for at in (None, 5))
    lone = database.insert("drafteds", document_id="lone", published_at=None)
    for row in (draft, published, lone):
        database.insert("things_drafted_lnk", thing_id=1, drafted_id=row, drafted_ord=row)
        database.insert("drafteds_thing_lnk", drafted_id=row, thing_id=1)
    database.insert("things_plain_lnk", thing_id=1, plain_id=plain, plain_ord=1)
    database.insert("plains_thing_lnk", plain_id=plain, thing_id=1)
    database.insert("things_own_lnk", thing_id=1, inv_thing_id=2, thing_ord=1)
    outer = database.insert("components_a_outers", id=7)
    inners = [database.insert("components_a_inners", id=10 + n, word=f"w{n}") for n in range(3)]
    database.insert("things_cmps", entity_id=1, cmp_id=outer, component_type="a.outer", field="outer")
    database.insert("things_cmps", entity_id=1, cmp_id=inners[2], component_type="a.inner", field="zone", order=1)
    for order, inner in enumerate(inners[:2]):
        database.insert(
            "components_a_outers_cmps",
            entity_id=outer,
            cmp_id=inner,
            component_type="a.inner",
            field="inner",
            order=order,
        )
    file = database.insert("files", name="f")
    for uid, row in (("api::thing.thing", 1), ("a.inner", inners[0]), ("api::plain.plain", 1)):
        database.insert("files_related_mph", file_id=file, related_id=row, related_type=uid, field="x", order=1)
    database.insert("components_a_inners_plain_lnk", inner_id=inners[0], plain_id=plain)


@pytest.fixture
def switched_on(database: Database) -> Database:
    """Fill a database, then switch drafts on."""
    database.synchronise(project())
    fill(database)
    database.write("DELETE FROM things WHERE id = 99")
    assert database.synchronise(project(options=DRAFTS)).flags.drafts_on == ("api::thing.thing",)
    return database


def test_every_row_gets_a_draft(switched_on: Database) -> None:
    """The draft has the same values but the time of publishing."""
    assert switched_on.rows("SELECT id, document_id, title, published_at, created_at FROM things ORDER BY id") == [
        (1, "one", "one", 5, 1),
        (2, "two", "two", 5, 1),
        (3, "one", "one", None, 1),
        (4, "two", "two", None, 1),
    ]


def test_components_are_copied_with_what_they_hold(switched_on: Database) -> None:
    """Each copy has rows of its own, all the way down, in the same order."""
    rows = switched_on.rows("SELECT entity_id, cmp_id, component_type, field FROM things_cmps WHERE entity_id = 3")
    assert sorted(rows) == [(3, 14, "a.outer", "outer"), (3, 24, "a.inner", "zone")]
    inner = switched_on.rows(
        'SELECT c.id, c.word, l."order" FROM components_a_outers_cmps l'
        " JOIN components_a_inners c ON c.id = l.cmp_id WHERE l.entity_id = 14 ORDER BY l.id"
    )
    assert inner == [(22, "w0", 0), (23, "w1", 1)]
    assert switched_on.rows("SELECT word FROM components_a_inners WHERE id = 24") == [("w2",)]
    assert switched_on.rows("SELECT plain_id FROM components_a_inners_plain_lnk WHERE inner_id = 22") == [(1,)]


def test_files_are_linked_to_the_copies(switched_on: Database) -> None:
    """Of the row and of its components, and of nothing else."""
    rows = switched_on.rows("SELECT related_type, related_id FROM files_related_mph ORDER BY id")
    assert rows[3:] == [("api::thing.thing", 3), ("a.inner", 22)]


def test_drafts_link_to_drafts_and_published_rows_to_published_ones(switched_on: Database) -> None:
    """A row without drafts linked to both; what is only a draft is linked to the draft alone."""
    rows = switched_on.rows(
        "SELECT l.thing_id, d.document_id, d.published_at IS NULL FROM things_drafted_lnk l"
        " JOIN drafteds d ON d.id = l.drafted_id ORDER BY 1, 2"
    )
    assert rows == [(1, "d", 0), (3, "d", 1), (3, "lone", 1)]
    assert switched_on.rows("SELECT thing_id, plain_id FROM things_plain_lnk") == [(1, 1), (3, 1)]
    assert switched_on.rows("SELECT thing_id, inv_thing_id FROM things_own_lnk") == [(1, 2), (3, 4)]


def test_what_links_to_the_rows_finds_the_right_ones(switched_on: Database) -> None:
    """Drafts of others the draft, published rows the published one, and rows without drafts both."""
    drafted = switched_on.rows(
        "SELECT d.document_id, d.published_at IS NULL, l.thing_id FROM drafteds_thing_lnk l"
        " JOIN drafteds d ON d.id = l.drafted_id ORDER BY 1, 2"
    )
    assert drafted == [("d", 0, 1), ("d", 1, 3), ("lone", 1, 3)]
    assert switched_on.rows("SELECT plain_id, thing_id FROM plains_thing_lnk") == [(1, 1), (1, 3)]


def test_switching_on_again_makes_no_second_draft(switched_on: Database) -> None:
    """A document has at most one draft in each locale."""
    switched_on.write(
        "UPDATE strapi_core_store_settings SET value = replace(value, '\"draftAndPublish\":true', '\"x\":1')"
        " WHERE key = 'strapi_content_types_schema'"
    )
    report = switched_on.synchronise(project(options=DRAFTS))

    assert report.flags.drafts_on
    assert switched_on.rows("SELECT count(*) FROM things") == [(4,)]
    assert switched_on.rows("SELECT count(*) FROM things_cmps") == [(4,)]


def test_switching_off_deletes_the_drafts(switched_on: Database) -> None:
    """The published rows stay, with their links; links to the drafts go by the foreign keys."""
    report = switched_on.synchronise(project())

    assert report.flags.drafts_off == ("api::thing.thing",)
    assert switched_on.rows("SELECT id FROM things") == [(1,), (2,)]
    assert switched_on.rows("SELECT thing_id FROM plains_thing_lnk") == [(1,)]


def test_switching_locales_on_gives_every_row_the_default_one(database: Database) -> None:
    """A localized type has no rows without a locale."""
    database.synchronise(project())
    database.insert("strapi_core_store_settings", key="plugin_i18n_default_locale", value='"fr"', type="string")
    database.insert("i18n_locale", code="fr")
    fill(database)
    report = database.synchronise(project(pluginOptions=LOCALES))

    assert report.flags.locales_on == ("api::thing.thing",)
    assert database.rows("SELECT DISTINCT locale FROM things") == [("fr",)]
    assert database.rows("SELECT DISTINCT locale FROM plains") == [(None,)]


def test_switching_locales_off_leaves_the_default_one(database: Database) -> None:
    """Rows of other locales are deleted, and the rest have no locale."""
    database.synchronise(project(pluginOptions=LOCALES))
    database.insert("i18n_locale", code="en")
    for locale in ("en", "fr"):
        database.insert("things", title=locale, locale=locale)
    report = database.synchronise(project())

    assert report.flags.locales_off == ("api::thing.thing",)
    assert database.rows("SELECT title, locale FROM things") == [("en", None)]
    assert list(report.lines())[-1] == "rows of other locales were deleted for api::thing.thing"


@pytest.mark.parametrize("value", [None, "", "no json", "[]", '{"api::thing.thing": 1}'])
def test_nothing_happens_when_the_last_start_is_not_known(database: Database, value: str | None) -> None:
    """Without the remembered types their flags cannot have changed; they are remembered from now on."""
    database.synchronise(project(options=DRAFTS))
    database.insert("things", title="draft")
    database.write("DELETE FROM strapi_core_store_settings")
    if value is not None:
        database.insert("strapi_core_store_settings", key="strapi_content_types_schema", value=value)
    report = database.synchronise(project())

    assert not report.flags
    assert database.rows("SELECT title FROM things") == [("draft",)]
    assert database.synchronise(project(options=DRAFTS)).flags.drafts_on
