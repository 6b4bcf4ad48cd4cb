"""Questions of the Content API, answered by a real database."""

from collections.abc import Iterator
from typing import Any

import pytest

from tessera.errors import ValidationError
from tessera.query import budgets
from tessera.query.params import parse
from tessera.query.sight import Reader
from tessera.sql.answers import Answers
from tessera.sql.dialects.sqlite import SQLITE
from tests.properties.read_world import Allowed, World, reader, titles
from tests.unit.schema.projects import conformance_schema

ARTICLE, AUTHOR, FILE = "api::article.article", "api::author.author", "plugin::upload.file"
SCHEMA = conformance_schema()
ANSWERS = Answers(SCHEMA, SQLITE)


@pytest.fixture
def world() -> Iterator[World]:
    """Return an author with a published article, its draft, and a draft that was never published."""
    made = World(SCHEMA)
    made.add(AUTHOR, name="Ada", email="ada@example.com", accessCode="hash")
    made.add(FILE, name="p.png", folderPath="/")
    quote = {"__component": "shared.quote", "id": 1, "text": "To be", "attribution": [{"id": 2, "label": "Play"}]}
    text = {"__component": "shared.rich-text", "id": 1, "body": "b"}
    values: dict[str, Any] = {"locale": "en", "author": [1], "internalNote": "secret"}
    made.add(ARTICLE, **values, documentId="a", title="Draft of a", publishedAt=None)
    made.add(ARTICLE, **values, documentId="a", title="Alpha", views=2, related=[3], blocks=[quote, text], cover=[1])
    made.add(ARTICLE, **values, documentId="b", title="Beta", views=1)
    made.add(ARTICLE, **values, documentId="c", title="Hidden", publishedAt=None)
    yield made
    made.database.close()


def listed(world: World, query: str, who: Reader | None = None, uid: str = ARTICLE) -> Any:  # noqa: ANN401 - any JSON
    """Return the list that a query string asks for."""
    return world.answer(ANSWERS.api_list(uid, parse(query), who or reader(), locales=["en"]))


def test_a_list_holds_what_is_published(world: World) -> None:
    """
    Published entries are listed with their scalars, without what is private, and with a page.
    """
    answer = listed(world, "sort=title&pagination[pageSize]=1")

    assert (["Alpha"], {"page": 1, "pageSize": 1, "pageCount": 2, "total": 2}) == (
        titles(answer),
        answer["meta"]["pagination"],
    )
    assert {"internalNote", "author", "createdBy"} & set(answer["data"][0]) == set()


def test_a_list_by_offset_without_a_count(world: World) -> None:
    """
    A list by offset tells its start and limit, and no total when none is wanted.
    """
    answer = listed(world, "pagination[start]=1&pagination[withCount]=false")

    assert {"start": 1, "limit": 25} == answer["meta"]["pagination"]


def test_a_document_is_answered_in_an_envelope(world: World) -> None:
    """
    One document stands in `data`, beside an empty `meta`; an unknown one has no row.
    """
    found = world.document(ANSWERS.api_document(ARTICLE, "a", parse("fields=title"), reader(), locales=["en"]))

    assert ({"data": {"id": 2, "documentId": "a", "title": "Alpha"}, "meta": {}}, 1) == found
    assert world.document(ANSWERS.api_document(ARTICLE, "c", {}, reader(), locales=["en"])) is None


def test_populate_shows_what_an_entry_leads_to(world: World) -> None:
    """
    A populated entry shows relations, files, components and zones, each in its form.
    """
    alpha = listed(world, "populate=*&sort=title")["data"][0]

    assert ("Ada", ["Beta"], "p.png", None, []) == (
        alpha["author"]["name"],
        titles({"data": alpha["related"]}),
        alpha["cover"]["name"],
        alpha["seo"],
        alpha["sources"],
    )
    assert [("shared.quote", "To be"), ("shared.rich-text", None)] == [
        (block["__component"], block.get("text")) for block in alpha["blocks"]
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("populate=author.articles", ["Alpha", "Beta"]),
        ("populate[author][populate][articles][sort]=views", ["Beta", "Alpha"]),
        ("populate[author][populate][articles][filters][views][$gt]=1", ["Alpha"]),
        ("populate[author][populate][articles][filters][title]=Hidden", []),
        ("status=draft&populate=author.articles", ["Draft of a", "Hidden"]),
    ],
)
def test_populate_goes_deeper_with_options(world: World, query: str, expected: list[str]) -> None:
    """
    What is populated below a relation is filtered, sorted and of the version that was asked for.
    """
    entries = listed(world, f"{query}&filters[documentId]=a")["data"]

    assert expected == titles({"data": entries[0]["author"]["articles"]})


def test_a_zone_shows_the_components_that_are_asked_for(world: World) -> None:
    """
    A zone populated by component shows those components only, each with its own options.
    """
    query = "populate[blocks][on][shared.quote][populate]=attribution&filters[documentId]=a"
    blocks = listed(world, query)["data"][0]["blocks"]

    assert [("To be", "Play")] == [(block["text"], block["attribution"]["label"]) for block in blocks]


def test_a_type_that_may_not_be_listed_is_left_out(world: World) -> None:
    """
    Relations to a type outside of the reader's right are dropped at any depth and in counts.
    """
    who = reader({ARTICLE: Allowed()})
    for query in ("populate=*", "populate=author", "populate[author][count]=true", "populate=related.author"):
        entry = listed(world, f"{query}&filters[documentId]=a", who)["data"][0]

        assert "author" not in entry
        assert all("author" not in related for related in entry.get("related", []))


def test_drafts_behind_a_type_without_drafts_take_a_right(world: World) -> None:
    """
    Entries of another type's drafts show and match only for those who ask for drafts and may read them.
    """
    free = reader()
    bound = Reader(free.grants, "bound", drafts=lambda uid: uid != ARTICLE)
    query = "populate[articles][fields]=title&populate[articles][sort]=id&status=draft"
    found = [titles({"data": listed(world, query, who, AUTHOR)["data"][0]["articles"]}) for who in (free, bound)]
    matched = [
        len(listed(world, f"filters[articles][title]=Hidden&{status}", who, AUTHOR)["data"])
        for status, who in (
            ("status=draft", free),
            ("status=draft", bound),
            ("", free),
        )
    ]

    assert [["Draft of a", "Hidden"], ["Alpha", "Beta"]] == found
    assert [1, 0, 0] == matched


@pytest.mark.parametrize(
    ("query", "message", "param", "path"),
    [
        ("filters[nope]=1", "Invalid key nope", "filters", None),
        ("filters[author][nope]=1", "Invalid key nope at author", "filters", "author"),
        ("filters[internalNote]=x", "Invalid key internalNote", "filters", "internalNote"),
        ("filters[author][accessCode]=x", "Invalid key accessCode at author.accessCode", "filters", "author.accessCode"),  # noqa: E501
        ("filters[createdBy][password]=x", "Invalid key password at createdBy.password", "filters", "createdBy.password"),  # noqa: E501
        ("filters[createdBy][email]=x", "Invalid key createdBy", "filters", "createdBy"),
        ("filters[blocks][text]=x", "Invalid key blocks", "filters", "blocks"),
        ("sort=author", "Invalid key author", "sort", "author"),
        ("sort=author.accessCode", "Invalid key accessCode at author.accessCode", "sort", "author.accessCode"),
        ("fields=internalNote", "Invalid key internalNote", "fields", "internalNote"),
        ("fields=nope", "Invalid key nope", "fields", None),
        ("populate=createdBy", "Invalid key createdBy", "populate", "createdBy"),
        ("populate=author.nope", "Invalid key nope at author.nope", "populate", "author.nope"),
        ("populate=cover.folder", "Invalid key folder at cover.folder", "populate", "cover.folder"),
        ("populate[related][limit]=1", "Invalid key limit at related", "populate", "related"),
        ("populate[author][fields]=accessCode", "Invalid key accessCode", "populate", "accessCode"),
        ("populate[blocks][on][shared.nope]=true", "Invalid key shared.nope at blocks.on.shared.nope", "populate", "blocks.on.shared.nope"),  # noqa: E501
    ],
)  # fmt: skip
def test_keys_that_a_question_may_not_have_are_refused(query: str, message: str, param: str, path: str | None) -> None:
    """
    Unknown, private and secret keys are refused, with the parameter and where in it they stood.
    """
    with pytest.raises(ValidationError) as refused:
        ANSWERS.api_list(ARTICLE, parse(query), reader(), locales=["en"])

    assert (message, param, path) == (
        refused.value.message,
        refused.value.details["param"],
        refused.value.details["path"],
    )


@pytest.mark.parametrize(
    "param", ["filters[author][name]=x", "sort=author.name", "populate[related][filters][author][name]=x"]
)
def test_a_question_about_a_type_that_may_not_be_listed_is_refused(param: str) -> None:
    """
    Filters and sorts keep to the relations that the reader may list, also inside of populate.
    """
    with pytest.raises(ValidationError, match="Invalid key author"):
        ANSWERS.api_list(ARTICLE, parse(param), reader({ARTICLE: Allowed()}), locales=["en"])


@pytest.mark.parametrize(
    ("query", "limit"),
    [
        ("populate=" + ".".join(["author", "articles"] * 6), budgets.DEPTH),
        ("sort=" + ".".join(["author", "articles"] * 6) + ".title", budgets.DEPTH),
        ("filters" + "[author][articles]" * 6 + "[title]=x", budgets.DEPTH),
        ("sort=" + ",".join(["title"] * 30), budgets.SORTS),
        ("&".join(f"filters[views][$in][{index}]={index}" for index in range(101)), budgets.ENTRIES),
        ("&".join(f"populate[{index}]=author" for index in range(101)), budgets.ENTRIES),
    ],
)
def test_a_question_that_asks_too_much_is_refused(query: str, limit: int) -> None:
    """
    Over a budget the refusal names the limit; nothing is compiled.
    """
    with pytest.raises(ValidationError) as refused:
        ANSWERS.api_list(ARTICLE, parse(query), reader(), locales=["en"])

    assert str(limit) in refused.value.message


def test_the_most_that_is_allowed_is_answered(world: World) -> None:
    """
    A question that uses its budgets up is still one statement that the database takes.
    """
    relations = ["author", "articles"] * 5
    populate = "populate=" + ".".join(relations)
    filters = "filters" + "".join(f"[{name}]" for name in relations[:9]) + "[name]=Ada"
    both = f"{populate}&{filters}&sort={'.'.join(relations[:9])}.name"

    assert 2 == listed(world, both)["meta"]["pagination"]["total"]


def test_too_many_values_are_refused() -> None:
    """
    A filter of a body, which no query string bounds, holds no more than so many values.
    """
    with pytest.raises(ValidationError, match=str(budgets.VALUES)):
        ANSWERS.api_list(
            ARTICLE, {"filters": {"views": {"$in": list(range(budgets.VALUES + 1))}}}, reader(), locales=["en"]
        )
