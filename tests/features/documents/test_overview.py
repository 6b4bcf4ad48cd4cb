"""The first page: counts and lists of what one may read."""

from __future__ import annotations

from tests.features.documents.desk import Desk
from tests.features.newsroom import ARTICLE, AUTHOR, EVENT, READ, may

COUNT = "/content-manager/homepage/count-documents"
RECENT = "/content-manager/homepage/recent-documents"


def test_documents_are_counted_by_their_status(desk: Desk) -> None:
    """
    A document counts once: as a draft, as published, or as changed since.
    """
    desk.add(EVENT, {"title": "Draft"})
    desk.act(EVENT, desk.add(EVENT, {"title": "Published"}), "publish")
    changed = desk.add(EVENT, {"title": "Changed"})
    desk.act(EVENT, changed, "publish")
    desk.change(EVENT, changed, {"title": "Changed!"})
    desk.add(AUTHOR, {"name": "Ada"})

    assert {"draft": 1, "published": 2, "modified": 1} == desk.done("GET", COUNT)["data"]


def test_only_what_may_be_read_is_counted_and_listed(desk: Desk) -> None:
    """
    Types and rows that one may not read do not show in counts, nor titles that one may not read in lists.
    """
    anna = desk.member(
        "anna",
        may(READ, EVENT, fields=["capacity"]),
        may(READ, AUTHOR, conditions=("admin::is-creator",), fields=["name"]),
    )
    event = desk.add(EVENT, {"title": "Secret"})
    desk.add(ARTICLE, {"title": "Hidden"})
    desk.add(AUTHOR, {"name": "Ada"})
    listed = desk.done("GET", f"{RECENT}?action=update", by=anna)["data"]

    assert {"draft": 1, "published": 0, "modified": 0} == desk.done("GET", COUNT, by=anna)["data"]
    assert [(EVENT, event)] == [(entry["contentTypeUid"], entry["title"]) for entry in listed]


def test_counting_takes_one_statement_beside_the_question_who_asks(desk: Desk) -> None:
    """
    However many types there are, they are counted at once.
    """
    with desk.backend.traced() as statements:
        desk.done("GET", COUNT)

    assert 2 == len(statements)
