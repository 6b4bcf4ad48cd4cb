"""Relations: both sides, their order, and what belongs to one entry only."""

from __future__ import annotations

from tests.features.documents.desk import CATEGORY, CM, Desk
from tests.features.newsroom import ARTICLE, AUTHOR, EVENT


def _named(desk: Desk, uid: str, name: str, *values: str) -> list[str]:
    return [desk.add(uid, {name: value}) for value in values]


def test_entries_are_placed_before_after_and_at_both_ends(desk: Desk) -> None:
    """
    Several moves in one request end where they say.
    """
    one, two, three, four = _named(desk, ARTICLE, "title", "One", "Two", "Three", "Four")
    category = desk.add(CATEGORY, {"name": "Sea", "articles": {"connect": [one, two]}})
    desk.change(
        CATEGORY,
        category,
        {
            "articles": {
                "connect": [
                    {"documentId": three, "position": {"before": two}},
                    {"documentId": four, "position": {"start": True}},
                ]
            }
        },
    )

    assert ["Four", "One", "Three", "Two"] == desk.related(CATEGORY, category, "articles")


def test_each_side_sees_what_the_other_did(desk: Desk) -> None:
    """
    A connection made on one side is disconnected on the other.
    """
    (article,) = _named(desk, ARTICLE, "title", "One")
    category = desk.add(CATEGORY, {"name": "Sea", "articles": {"connect": [article]}})
    assert ["Sea"] == desk.related(ARTICLE, article, "categories", "name")

    desk.change(ARTICLE, article, {"categories": {"disconnect": [category]}})

    assert [] == desk.related(CATEGORY, category, "articles")


def test_an_entry_that_belongs_to_one_is_taken_from_the_other(desk: Desk) -> None:
    """
    Connecting a child under a second parent takes it from the first.
    """
    child = desk.add(CATEGORY, {"name": "Child"})
    first = desk.add(CATEGORY, {"name": "First", "children": {"connect": [child]}})
    second = desk.add(CATEGORY, {"name": "Second", "children": {"connect": [child]}})

    assert [] == desk.related(CATEGORY, first, "children", "name")
    assert ["Child"] == desk.related(CATEGORY, second, "children", "name")


def test_publishing_keeps_the_order_of_relations(desk: Desk) -> None:
    """
    A publication lists related entries as its draft does, published ones in the place of drafts.
    """
    articles = _named(desk, ARTICLE, "title", "One", "Two", "Three")
    for article in articles:
        desk.act(ARTICLE, article, "publish")
    document = desk.add(ARTICLE, {"title": "Main", "related": {"set": list(reversed(articles))}})
    desk.act(ARTICLE, document, "publish")
    listed = (
        "SELECT o.title FROM articles_related_lnk l JOIN articles o ON o.id = l.inv_article_id"
        " JOIN articles a ON a.id = l.article_id"
        " WHERE a.title = 'Main' AND a.published_at IS NOT NULL AND o.published_at IS NOT NULL ORDER BY l.article_ord"
    )

    assert [("Three",), ("Two",), ("One",)] == desk.backend.read(listed)


def test_an_entry_that_is_not_there_is_named(desk: Desk) -> None:
    """
    A relation to a document that does not exist is refused, and nothing is written.
    """
    before = desk.table("events")
    answer = desk.ask("POST", f"{CM}/{EVENT}", {"title": "Fair", "host": {"connect": ["nobodynobodynobodynobody"]}})

    assert (400, "ValidationError") == (answer.status_code, answer.json()["error"]["name"])
    assert before == desk.table("events")


def test_deleting_an_entry_unties_it(desk: Desk) -> None:
    """
    No link leads to a document that was deleted.
    """
    author = desk.add(AUTHOR, {"name": "Ada"})
    article = desk.add(ARTICLE, {"title": "T", "author": {"connect": [author]}})
    desk.done("DELETE", f"{CM}/{AUTHOR}/{author}")

    assert [] == desk.table("articles_author_lnk")
    assert {"count": 0} == desk.read(ARTICLE, article)["author"]


def test_the_relations_of_a_component_belong_to_those_who_may_read_its_entry(desk: Desk) -> None:
    """
    Nobody reads the list of a relation of a type that it may not read.
    """
    author = desk.add(AUTHOR, {"name": "Ada"})
    article = desk.add(ARTICLE, {"title": "T", "author": {"connect": [author]}})
    nobody = desk.member("nobody")
    for path in (f"{ARTICLE}/{article}/author", f"{ARTICLE}/author"):
        answer = desk.ask("GET", f"/content-manager/relations/{path}", by=nobody)
        assert 403 == answer.status_code
        assert "Ada" not in answer.text
