"""The pages of the documentation: their links, their length, and the commands that they name."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))

LINK = re.compile(r"\[[^\]]+\]\((?!https?://|mailto:|#)([^)#]+)")
TARGET = re.compile(r"^([a-z-]+):.*## ", re.MULTILINE)


def name_of(path: Path) -> str:
    """Return a page's name as a reader of the repository sees it."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_file(page: Path) -> None:
    """
    A link to another page or file of the repository leads somewhere.
    """
    links = LINK.findall(page.read_text(encoding="utf-8"))

    assert [] == [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_a_decision_fits_on_a_page(page: Path) -> None:
    """
    A decision is told in at most forty lines, with its context and its price.
    """
    text = page.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 40
    assert [] == [part for part in ("## Context", "## Decision", "## What we gave up") if part not in text]


def test_every_command_is_explained_to_contributors() -> None:
    """
    The contributing page names each command of the Makefile, and no other.
    """
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z-]+)`", page))

    assert set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))) == named
