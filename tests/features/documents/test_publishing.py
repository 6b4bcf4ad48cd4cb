"""Drafts and publications: what is copied, what it costs, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.features.documents.desk import CM, Desk
from tests.features.newsroom import ARTICLE, AUTHOR, EVENT


def _article(parts: int) -> dict[str, Any]:
    quote = {"__component": "shared.quote", "text": "q", "attribution": {"label": "l"}}
    return {"title": "T", "seo": {"metaTitle": "m"}, "blocks": [quote] * parts}


@pytest.mark.parametrize("action", ["publish", "discard", "unpublish"])
def test_the_number_of_components_costs_no_statement(desk: Desk, action: str) -> None:
    """
    An entry with thirty components takes as many statements as one with two.
    """
    counts = []
    for parts in (2, 30):
        document = desk.add(ARTICLE, _article(parts))
        if action != "publish":
            desk.act(ARTICLE, document, "publish")
        with desk.backend.traced() as statements:
            desk.act(ARTICLE, document, action)
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_a_publication_takes_few_statements(desk: Desk) -> None:
    """
    A plain entry is published in eleven statements at most, two of which are for its history and the audit log.
    """
    plain = desk.add(EVENT, {"title": "T"})
    with desk.backend.traced() as statements:
        desk.act(EVENT, plain, "publish")

    assert 11 >= len(statements)


def test_a_publication_has_everything_of_its_draft(desk: Desk) -> None:
    """
    Components at every depth, relations and scalars of the publication are equal to the draft's, and are its own.
    """
    author = desk.add(AUTHOR, {"name": "Ada"})
    document = desk.add(ARTICLE, {**_article(2), "author": {"connect": [author]}, "sources": [{"label": "A"}]})
    draft = desk.read(ARTICLE, document)
    desk.act(ARTICLE, document, "publish")
    published = desk.read(ARTICLE, document, "?status=published")

    kept = ("title", "author")
    assert [draft[name] for name in kept] == [published[name] for name in kept]
    assert _without_ids(draft["blocks"]) == _without_ids(published["blocks"])
    assert {block["id"] for block in draft["blocks"]}.isdisjoint({block["id"] for block in published["blocks"]})


def test_republishing_leaves_no_rows_behind(desk: Desk) -> None:
    """
    The components of an earlier publication go with it.
    """
    document = desk.add(ARTICLE, _article(3))
    tables = ("articles", "articles_cmps", "components_shared_quotes", "components_shared_links")
    sizes = []
    for _ in range(3):
        desk.act(ARTICLE, document, "publish")
        sizes.append([len(desk.table(name)) for name in tables])

    assert sizes[0] == sizes[1] == sizes[2]


def test_a_draft_that_is_not_fit_stays_unpublished(desk: Desk) -> None:
    """
    A refused publication leaves the database as it was, the saved draft included.
    """
    document = desk.add(ARTICLE, {"title": "T"})
    before = desk.table("articles")
    answer = desk.ask("POST", f"{CM}/{ARTICLE}/{document}/actions/publish", {"title": None})

    assert 400 == answer.status_code
    assert before == desk.table("articles")


def test_several_are_published_or_none(desk: Desk) -> None:
    """
    One unfit draft among several keeps all of them from being published.
    """
    fit, unfit = desk.add(ARTICLE, {"title": "T"}), desk.add(ARTICLE, {})
    answer = desk.ask("POST", f"{CM}/{ARTICLE}/actions/bulkPublish", {"documentIds": [fit, unfit]})

    assert 400 == answer.status_code
    assert [(0,)] == desk.backend.read("SELECT count(*) FROM articles WHERE published_at IS NOT NULL")


def test_a_discarded_draft_is_what_is_published(desk: Desk) -> None:
    """
    Discarding puts the published content in the place of the draft's.
    """
    document = desk.add(ARTICLE, _article(1))
    desk.act(ARTICLE, document, "publish")
    desk.change(ARTICLE, document, {"title": "Changed", "blocks": []})
    discarded = desk.act(ARTICLE, document, "discard")

    assert ("T", 1) == (discarded["title"], len(discarded["blocks"]))


def test_every_write_raises_the_version_of_its_type(desk: Desk) -> None:
    """
    What was counted before a write is not taken for what there is after it.
    """
    version = "SELECT version FROM tessera_content_versions WHERE type = ?1"
    seen = []
    document = desk.add(EVENT, {"title": "T"})
    for action in ("publish", "unpublish"):
        seen.append(desk.backend.read(version, EVENT))
        desk.act(EVENT, document, action)
    seen.append(desk.backend.read(version, EVENT))
    desk.done("DELETE", f"{CM}/{EVENT}/{document}")
    seen.append(desk.backend.read(version, EVENT))

    assert sorted({row[0][0] for row in seen}) == [row[0][0] for row in seen]


def _without_ids(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        return [_without_ids(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_ids(item) for name, item in value.items() if name != "id"}
    return value
