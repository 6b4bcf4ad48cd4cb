"""Servers that are killed while they write."""

from __future__ import annotations

import shutil
from pathlib import Path

import apsw
import pytest

from tests.crash.examination import Examination
from tests.crash.kill import Site, rounds


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site whose server was killed three times."""
    return rounds(tmp_path_factory.mktemp("crash") / "project", 3, seed=1)


def test_a_killed_server_loses_nothing_and_leaves_nothing_half_done(site: Site) -> None:
    """
    After SIGKILL every acknowledged write is there, and the one under way as a whole or not at all.
    """
    assert 3 <= site.writes
    assert site.known


@pytest.mark.slow
def test_two_hundred_killed_servers_lose_nothing(tmp_path: Path) -> None:
    """
    The same holds for two hundred kills, each on what the one before has left.
    """
    site = rounds(tmp_path / "project", 200, seed=2)

    assert 20 <= site.cut_short


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("DELETE FROM components_shared_links WHERE id = (SELECT max(id) FROM components_shared_links)", "not there"),
        ("DELETE FROM articles_cmps WHERE field = 'seo'", "nobody's"),
        ("UPDATE articles SET title = 'Serial 0' WHERE id = (SELECT max(id) FROM articles)", "not all of number"),
        ("DELETE FROM articles_author_lnk", "not all of number"),
        ("DELETE FROM authors", "points to nothing"),
        ("UPDATE articles SET published_at = 1", "has no draft"),
    ],
)
def test_half_of_a_write_would_be_found(site: Site, tmp_path: Path, damage: str, words: str) -> None:
    """
    The examination notices what is missing, what is left over and what does not fit together.
    """
    copy = tmp_path / "data.db"
    shutil.copyfile(site.folder / "data.db", copy)
    connection = apsw.Connection(str(copy))
    connection.pragma("foreign_keys", 0)
    connection.execute(damage)
    connection.close()

    assert any(words in fault for fault in Examination(copy, site.people).faults)
