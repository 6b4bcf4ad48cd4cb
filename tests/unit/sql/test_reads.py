"""Questions of the content manager, answered by a real database."""

from collections.abc import Iterator
from typing import Any

import pytest

from tessera.filters import NEVER, Compare, Operator, related
from tessera.query.content_manager import Occasion
from tessera.query.params import parse
from tessera.query.sight import Reader
from tessera.sql.answers import Answers
from tessera.sql.dialects.sqlite import SQLITE
from tessera.sql.listing import Total
from tests.properties.read_world import Allowed, World, reader, titles
from tests.unit.schema.projects import conformance_schema

ARTICLE, AUTHOR, EVENT, USER = "api::article.article", "api::author.author", "api::event.event", "admin::user"
FILE = "plugin::upload.file"
SCHEMA = conformance_schema()
DRAFT = {"publishedAt": None, "locale": "en"}


@pytest.fixture
def world() -> Iterator[World]:
    """Return two administrators, two authors, a file and three articles, of which one is published."""
    made = World(SCHEMA)
    for name in ("root", "ana"):
        made.add(USER, firstname=name, email=f"{name}@example.com", isActive=1, password="$2a$secret")
    made.add(AUTHOR, name="Ada", email="ada@example.com", accessCode="hash")
    made.add(AUTHOR, name="Bob")
    made.add(FILE, name="p.png", size=1.5)
    link = {"id": 1, "label": "Wire", "url": None, "external": 1}
    quote = {"__component": "shared.quote", "id": 1, "text": "To be", "attribution": [{"id": 2, "label": "Play"}]}
    parts: dict[str, Any] = {"sources": [link], "blocks": [quote], "cover": [1]}
    made.add(ARTICLE, **DRAFT, documentId="a", title="Alpha", views=1, author=[1], createdBy=[1], rating=4.0, **parts)
    made.add(ARTICLE, **DRAFT, documentId="b", title="beta", views=2, author=[2], createdBy=[2], related=[1, 2])
    made.add(ARTICLE, **DRAFT, documentId="c", title="Gamma", views=3, metadata='{"b": 1, "a": [true]}')
    made.add(ARTICLE, documentId="a", title="Alpha", locale="en", publishedAt=9, updatedAt=0, author=[1])
    yield made
    made.database.close()


@pytest.fixture
def answers() -> Answers:
    """Return the statements of the newsroom."""
    return Answers(SCHEMA, SQLITE)


def listed(world: World, query: str = "", who: Reader | None = None, uid: str = ARTICLE) -> Any:  # noqa: ANN401 - any JSON
    """Return the list that a query string asks for."""
    answers = Answers(world.schema, SQLITE)
    return world.answer(answers.managed_list(uid, parse(query), who or reader(), default_locale="en"))


def test_a_list_holds_drafts_of_the_default_locale(world: World) -> None:
    """
    Without a status and a locale the drafts in the default locale are listed, a page with its total.
    """
    answer = listed(world, "sort=title:desc")

    assert titles(answer) == ["beta", "Gamma", "Alpha"]
    assert answer["pagination"] == {"page": 1, "pageSize": 10, "pageCount": 1, "total": 3}


def test_values_come_in_their_json_form(world: World) -> None:
    """
    Whole decimals have no fraction, JSON is JSON, moments are ISO texts and absent values null.
    """
    alpha, _, gamma = listed(world)["results"]

    assert (4, None, "1970-01-01T00:00:00.001Z") == (alpha["rating"], alpha["featured"], alpha["createdAt"])
    assert {"b": 1, "a": [True]} == gamma["metadata"]


def test_a_list_shows_one_relation_and_counts_many(world: World) -> None:
    """
    Related entries of a relation to one are shown without their secrets, others are counted.
    """
    alpha, beta, gamma = listed(world)["results"]

    assert "Ada" == alpha["author"]["name"]
    assert "accessCode" not in alpha["author"]
    assert (None, {"count": 2}) == (gamma["author"], beta["related"])


def test_creators_are_named_and_nothing_more(world: World) -> None:
    """
    Of the administrator who made an entry, six fields are told.
    """
    alpha = listed(world)["results"][0]

    assert {"id", "firstname", "lastname", "username", "email", "isActive"} == set(alpha["createdBy"])


def test_a_document_shows_components_in_depth(world: World, answers: Answers) -> None:
    """
    A document shows nested components and files; its relations are counted.
    """
    statement = answers.managed_document(ARTICLE, "a", {}, reader(), default_locale="en")
    found = world.document(statement)
    assert found is not None
    data = found[0]["data"]

    assert [{"id": 1, "label": "Wire", "url": None, "external": True}] == data["sources"]
    assert ("shared.quote", "Play") == (data["blocks"][0]["__component"], data["blocks"][0]["attribution"]["label"])
    assert ("p.png", 1.5, {"count": 1}) == (data["cover"]["name"], data["cover"]["size"], data["author"])


def test_the_status_compares_both_versions(world: World, answers: Answers) -> None:
    """
    A draft that is newer than its publication is modified; one without a publication is a draft.
    """
    found = world.document(answers.managed_document(ARTICLE, "a", {}, reader(), default_locale="en"))
    assert found is not None

    assert ["modified", "draft", "draft"] == titles(listed(world), "status")
    assert "1970-01-01T00:00:00.009Z" == found[0]["meta"]["availableStatus"][0]["publishedAt"]


def test_a_missing_version_tells_of_the_others(world: World, answers: Answers) -> None:
    """
    A document without the version that was asked for answers no data, and what other versions there are.
    """
    asked = answers.managed_document(ARTICLE, "b", {"locale": "fr"}, reader(), default_locale="en")
    found = world.document(asked)
    assert found is not None
    body, shown = found

    assert (None, {}) == (shown, body["data"])
    assert ["en"] == [version["locale"] for version in body["meta"]["availableLocales"]]


def test_an_unknown_document_has_no_row(world: World, answers: Answers) -> None:
    """
    A document id that nobody has finds nothing.
    """
    assert world.document(answers.managed_document(ARTICLE, "z", {}, reader(), default_locale="en")) is None


OWN = related("createdBy", Compare("id", Operator.EQ, 1))


def test_rows_outside_of_a_grant_are_neither_listed_nor_counted(world: World) -> None:
    """
    A condition on the creator leaves the entries of others out of lists and totals.
    """
    answer = listed(world, who=reader({ARTICLE: Allowed(OWN)}))

    assert (["Alpha"], 1) == (titles(answer), answer["pagination"]["total"])


def test_a_hidden_row_is_told_apart_from_an_absent_one(world: World, answers: Answers) -> None:
    """
    A document outside of the grant answers no body and that it may not be seen.
    """
    who = reader({ARTICLE: Allowed(OWN)})

    assert (None, 0) == world.document(answers.managed_document(ARTICLE, "b", {}, who, default_locale="en"))


def test_a_guarded_field_is_missing_where_its_guard_fails(world: World) -> None:
    """
    Each row shows the fields that a rule about that row shows.
    """
    entries = listed(world, who=reader({ARTICLE: Allowed(guards=(("title", OWN),))}))["results"]

    assert [True, False, False] == ["title" in entry for entry in entries]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filters[title][$contains]=a", ["Alpha"]),
        ("filters[title][$not][$contains]=zzz", ["Alpha"]),
        ("filters[$not][title]=zzz", ["Alpha"]),
        ("filters[title][$null]=true", []),
        ("filters[title][$notNull]=true", ["Alpha"]),
        ("_q=beta", []),
        ("_q=alpha", ["Alpha"]),
        ("filters[$or][0][title]=beta&filters[$or][1][views]=3", [None]),
    ],
)
def test_a_guarded_field_answers_no_question_where_its_guard_fails(
    world: World, query: str, expected: list[str | None]
) -> None:
    """
    Filters and searches on a field count only in rows that show it, also when they are negated.
    """
    who = reader({ARTICLE: Allowed(guards=(("title", OWN),))})

    assert expected == titles(listed(world, query, who))


def test_a_guarded_field_sorts_only_rows_that_show_it(world: World) -> None:
    """
    Rows that do not show a field are sorted as if it were null.
    """
    who = reader({ARTICLE: Allowed(guards=(("title", OWN),))})

    assert [1, 3, 2] == [entry["id"] for entry in listed(world, "sort=title:desc,views:desc", who)["results"]]


@pytest.mark.parametrize(
    "query",
    [
        "filters[author][name]=Ada",
        "filters[$not][author][name]=Ada",
        "filters[author][email][$null]=true",
        "sort=author.name:desc",
        "filters[createdBy][email]=nobody",
        "filters[title]=Alpha",
        "_q=Alpha",
    ],
)
def test_what_may_not_be_read_is_not_asked_about(world: World, query: str) -> None:
    """
    A filter, sort or search that reaches an unreadable field is ignored, however many relations away.
    """
    who = reader({ARTICLE: Allowed(guards=(("title", NEVER),))})
    ids = [entry["id"] for entry in listed(world, query, who)["results"]]

    assert ([] if query.startswith("_q") else [1, 2, 3]) == ids


def test_an_unreadable_relation_only_tells_that_it_is_there(world: World) -> None:
    """
    A related entry of which nothing may be read shows as a count of one, and an absent one as null.
    """
    alpha, _, gamma = listed(world, who=reader({ARTICLE: Allowed()}))["results"]

    assert ({"count": 1}, None) == (alpha["author"], gamma["author"])


def test_a_hidden_related_row_answers_like_an_absent_one(world: World) -> None:
    """
    A filter through a relation does not tell a hidden row from none at all.
    """
    names = Allowed(Compare("name", Operator.NE, "Ada"))
    who = reader({ARTICLE: Allowed(), AUTHOR: names})

    assert [1, 3] == [entry["id"] for entry in listed(world, "filters[author][name][$null]=true", who)["results"]]
    assert [] == titles(listed(world, "filters[author][name]=Ada", who))


def test_a_component_answers_for_the_fields_that_its_holder_shows(world: World) -> None:
    """
    The guard of a component's field is a condition on the row that holds the component.
    """
    who = reader({ARTICLE: Allowed(guards=(("sources.label", NEVER), ("blocks", NEVER)))})
    alpha = listed(world, "filters[sources][label]=none", who)["results"][0]

    assert [{"id": 1, "url": None, "external": True}] == alpha["sources"]
    assert "blocks" not in alpha


def test_a_component_shows_what_the_rules_about_its_holder_show(world: World) -> None:
    """
    The guard of a component's field looks at the row that holds the component, not at the component.
    """
    link = {"id": 5, "label": "Mail", "url": "u", "external": 0}
    world.add(ARTICLE, **DRAFT, documentId="d", title="Delta", sources=[link], createdBy=[2])
    who = reader({ARTICLE: Allowed(guards=(("sources.label", OWN),))})
    entries = listed(world, "sort=id", who)["results"]

    assert ["Wire", None] == [entry["sources"][0].get("label") for entry in (entries[0], entries[3])]
    assert "label" not in entries[3]["sources"][0]
    assert ["Alpha"] == titles(listed(world, "filters[sources][label][$notNull]=true", who))


def test_what_was_written_tells_of_other_locales_in_full(world: World, answers: Answers) -> None:
    """
    The answer to a write shows the values of other locales, and of those only what may be read.
    """
    world.add(ARTICLE, **{**DRAFT, "locale": "fr"}, documentId="a", title="Alpha fr", views=7, createdBy=[2])
    who = reader({ARTICLE: Allowed(OWN, guards=(("views", OWN),))})
    written = Occasion.WRITTEN
    by_root, by_one = (
        world.document(answers.managed_document(ARTICLE, "a", {}, asking, default_locale="en", occasion=written))
        for asking in (reader(), who)
    )
    assert by_root is not None
    assert by_one is not None

    assert ("Alpha fr", 7) == tuple(by_root[0]["data"]["localizations"][0][name] for name in ("title", "views"))
    assert {"title", "views"} & set(by_one[0]["data"]["localizations"][0]) == set()


RELATED = {"main_field": "title"}


def test_the_entries_of_a_relation_come_last_one_first(world: World, answers: Answers) -> None:
    """
    The entries that a row lists are told by their names, in reverse, with their number.
    """
    article = SCHEMA.content_types[ARTICLE]
    found = world.document(answers.existing_relations(article, "related", "b", {}, reader(), **RELATED))
    assert found is not None
    body, shown = found

    assert (1, ["beta", "Alpha"], 2) == (shown, titles(body), body["pagination"]["total"])


def test_an_entry_that_may_not_be_read_has_no_name(world: World, answers: Answers) -> None:
    """
    Of a related entry outside of the reader's right, only that it is there is told.
    """
    who = reader({ARTICLE: Allowed(Compare("title", Operator.EQ, "beta"))})
    article = SCHEMA.content_types[ARTICLE]
    found = world.document(answers.existing_relations(article, "related", "b", {}, who, **RELATED))
    assert found is not None

    assert ["beta", None] == titles(found[0])


def test_entries_that_a_row_lists_are_no_candidates(world: World, answers: Answers) -> None:
    """
    The search for entries to relate to leaves out those that are related, unless they are asked for.
    """
    article = SCHEMA.content_types[ARTICLE]
    asked: tuple[dict[str, Any], ...] = ({}, {"idsToInclude": ["1"]}, {"_q": "gam"}, {"_q": "bet"})
    found = [
        world.document(answers.candidate_relations(article, "related", "b", params, reader(), **RELATED))
        for params in asked
    ]

    assert [["Gamma"], ["Alpha", "Gamma"], ["Gamma"], []] == [titles(each[0]) for each in found if each is not None]


def test_a_known_total_is_not_counted(world: World, answers: Answers) -> None:
    """
    A total that the caller knows is bound instead of counted.
    """
    statement = answers.managed_list(ARTICLE, {}, reader(), default_locale="en", total=Total(70, 0))

    assert "count(*) AS total" not in statement.text
    assert {"page": 1, "pageSize": 10, "pageCount": 7, "total": 70} == world.answer(statement)["pagination"]


def test_questions_that_differ_in_values_share_a_text(answers: Answers) -> None:
    """
    Values are bound, so that one statement serves every value.
    """
    texts = {
        answers.managed_list(ARTICLE, parse(f"filters[title]={word}&_q={word}"), reader(), default_locale="en").text
        for word in ("a", "b", "'; DROP TABLE articles; --")
    }

    assert 1 == len(texts)
