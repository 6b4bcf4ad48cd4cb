"""Two people at the same document: what one has not seen it does not undo."""

from __future__ import annotations

from typing import Any

import pytest

from tests.features.documents.desk import CM, HOMEPAGE, SINGLE, Desk
from tests.features.newsroom import EVENT


def _send(desk: Desk, method: str, path: str, body: Any, tag: str) -> int:  # noqa: ANN401 - any JSON
    return desk.backend.call(method, path, body, key=desk.root, headers={"if-match": tag}).status_code


def test_a_change_of_what_was_seen_is_taken(desk: Desk) -> None:
    """
    The tag that comes with a version, or with the answer to the last save, opens the next one.
    """
    path = f"{CM}/{EVENT}/{desk.add(EVENT, {'title': 'One'})}"
    tag = desk.ask("GET", path).headers["etag"]
    saved = desk.backend.call("PUT", path, {"title": "Two"}, key=desk.root, headers={"if-match": tag})

    assert 200 == saved.status_code
    assert tag != saved.headers["etag"] == desk.ask("GET", path).headers["etag"]
    assert 200 == _send(desk, "PUT", path, {"title": "Three"}, saved.headers["etag"])


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "", {"title": "Mine"}),
        ("DELETE", "", None),
        ("POST", "/actions/publish", {}),
        ("POST", "/actions/discard", {}),
        ("POST", "/actions/unpublish", {}),
    ],
)
def test_a_write_over_what_was_not_seen_is_refused(desk: Desk, method: str, path: str, body: Any) -> None:  # noqa: ANN401
    """
    After somebody else's save every write with the old tag is refused, and changes nothing.
    """
    document = desk.add(EVENT, {"title": "One"})
    desk.act(EVENT, document, "publish")
    tag = desk.ask("GET", f"{CM}/{EVENT}/{document}").headers["etag"]
    desk.change(EVENT, document, {"title": "Theirs"})
    before = desk.table("events")

    assert 412 == _send(desk, method, f"{CM}/{EVENT}/{document}{path}", body, tag)
    assert before == desk.table("events")


def test_saves_in_the_same_moment_are_told_apart(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    No two versions have the same tag, however fast they follow each other.
    """
    moment = desk.backend.now
    monkeypatch.setattr(desk.backend.clock, "now", lambda: moment)
    path = f"{CM}/{EVENT}/{desk.add(EVENT, {'title': 'One'})}"
    tags = [desk.ask("PUT", path, {"title": str(number)}).headers["etag"] for number in range(5)]

    assert 5 == len(set(tags))


def test_without_a_tag_the_last_one_wins(desk: Desk) -> None:
    """
    Who expects nothing writes over whatever is there, and a star expects that something is.
    """
    path = f"{CM}/{EVENT}/{desk.add(EVENT, {'title': 'One'})}"

    assert 200 == desk.ask("PUT", path, {"title": "Two"}).status_code
    assert 200 == _send(desk, "PUT", path, {"title": "Three"}, "*")
    assert 412 == _send(desk, "PUT", path, {"title": "Four"}, "nonsense")
    assert 412 == _send(desk, "PUT", f"{SINGLE}/{HOMEPAGE}", {"headline": "First"}, "*")
