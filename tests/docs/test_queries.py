"""Every question of the page on queries, asked of the four articles that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest

from tessera.query import budgets
from tessera.query.filtering import OPERATORS
from tests.docs.generated import ROOT
from tests.features.backend import Backend
from tests.features.newsroom import ARTICLE, AUTHOR, SOURCE

PAGE: Final = (ROOT / "docs" / "queries.md").read_text("utf-8")
CM: Final = "/content-manager/collection-types"
_QUESTION: Final = re.compile(r"\| `((?:filters|sort|_q)[^`]*)` \| ([^|]*) \|")
_TITLES: Final = ("Harbour", "night", "Harvest", "café")


def _questions() -> list[tuple[str, list[str]]]:
    return [(found[1], found[2].strip().split(", ")) for found in _QUESTION.finditer(PAGE)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Backend, str]]:
    """Return a server with the four articles, and the key of a site."""
    backend = Backend(Path(tmp_path_factory.mktemp("queries")), source=SOURCE)
    root = backend.first_admin()

    def made(uid: str, **body: object) -> str:
        return str(backend.call("POST", f"{CM}/{uid}", body, key=root).json()["data"]["documentId"])

    authors = {name: made(AUTHOR, name=name) for name in ("Ada", "Grace")}
    for title, kind, views, featured, author in _rows():
        link = {"author": {"connect": [authors[author]]}} if author else {}
        article = made(ARTICLE, title=title, kind=kind, views=int(views), featured=featured == "yes", **link)
        backend.call("POST", f"{CM}/{ARTICLE}/{article}/actions/publish", {}, key=root)
    body = {"name": "Site", "description": "", "type": "read-only", "lifespan": None}
    key = str(backend.call("POST", "/admin/api-tokens", body, key=root).json()["data"]["accessKey"])
    yield backend, key
    backend.close()


def _rows() -> list[list[str]]:
    table = PAGE.partition("| title | kind |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_the_page_has_its_questions() -> None:
    """
    Every operator that is understood stands on the page, and is asked in some example.
    """
    asked = " ".join(question for question, _ in _questions())

    assert len(_questions()) > 30
    assert [] == [name for name in OPERATORS if f"`{name}`" not in PAGE]
    assert {"$in", "$notIn", "$not", "$or", "$between", "$null"} <= set(re.findall(r"\[(\$\w+)\]", asked))


@pytest.mark.parametrize(("question", "titles"), _questions())
def test_a_question_of_the_page_finds_what_it_says(site: tuple[Backend, str], question: str, titles: list[str]) -> None:
    """
    The titles that stand beside it, in that order where one was asked for.
    """
    backend, key = site
    answer = backend.call("GET", f"/api/articles?{quote(question, safe='=&[]$:')}", key=key)
    found = [next(word for word in _TITLES if word in entry["title"]) for entry in answer.json()["data"]]

    assert titles == (found if "sort" in question else sorted(found, key=_TITLES.index))


def test_the_bounds_of_the_page_are_those_that_are_kept() -> None:
    """
    The numbers of the table are those of the code.
    """
    table = PAGE.partition("## Bounds")[2]
    kept = (budgets.DEPTH, budgets.VALUES, budgets.ENTRIES, budgets.SORTS, budgets.PARTS)

    assert [] == [bound for bound in kept if f"| {bound:,} |" not in table]
