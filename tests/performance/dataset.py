"""
The data set that performance is measured on, written straight into the tables of a project.

200 authors, 50 categories, and articles that are drafts and published: each version has a `seo`, two `sources`, a zone
of two, an author, two categories and about a kilobyte of text. The same size gives the same bytes at every making.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import apsw

from tessera.app import open_project
from tessera.cli.accounts import SUPER_ADMIN, Account, create_account
from tests.features.backend import PASSWORD, SECRETS
from tests.features.newsroom import SOURCE

EMAIL: Final = "root@example.com"
AUTHORS: Final = 200
CATEGORIES: Final = 50
SURNAMES: Final = (
    *("Abara", "Brandt", "Castillo", "Dumont", "Eriksen", "Farouk", "Gallo", "Hansen", "Ivanova", "Jensen"),
    *("Kowalski", "Lindqvist", "Moreau", "Nakamura", "Okafor", "Petrov", "Quiroga", "Rossi", "Sørensen", "Tanaka"),
)
_FIRST_NAMES: Final = ("Ada", "Boris", "Chiara", "Dilan", "Edith", "Femi", "Greta", "Hugo", "Ines", "Jonas")
_TEXT: Final = (
    "after archive board bridge city council court debate delay early editor energy evening family figure flood "
    "garden harbour history house journey kitchen letter library market minister morning museum network office "
    "paper people plan police power price question railway record report river school season second service "
    "station story street summer system theatre tower traffic village vote water weather window winter world"
)
_WORDS: Final = _TEXT.split()
_KINDS: Final = ("news", "opinion", "feature")
_BEGIN: Final = 1_700_000_000_000  # milliseconds: when the first article was written
_MINUTE: Final = 60_000
_BATCH: Final = 2_000  # documents that are written at a time, so that any size fits into memory

_KNOWN_BY: Final = "id, document_id, created_at, updated_at, published_at"
_ARTICLE: Final = (
    "id, document_id, title, slug, summary, body, content, kind, featured, views, rating, impressions, publish_on,"
    " embargo_until, air_time, contact, metadata, internal_note, created_at, updated_at, created_by_id, updated_by_id,"
    " locale, published_at"
)

Row = tuple[str | int | float | None, ...]


def environment(folder: Path) -> dict[str, str]:
    """Return what the project in a folder is started with."""
    return {**SECRETS, "DATABASE_FILENAME": str(folder / "data.db")}


def make(folder: Path, articles: int, *, people: bool = True) -> None:
    """Make a project with that many articles in a folder that is not there yet, and an administrator who may all."""
    shutil.copytree(SOURCE, folder)
    _sort_by_views(folder / "src/api/article/content-types/article/schema.json")
    project = open_project(folder, environment(folder), "production")
    project.run(lambda ctx: create_account(ctx, Account(EMAIL, "Root", "Admin", PASSWORD, (SUPER_ADMIN,))))
    project.close()
    if people:
        fill(folder / "data.db", articles)


def _sort_by_views(schema: Path) -> None:
    """Declare that lists of articles are sorted by their views, which an index serves then."""
    declared = json.loads(schema.read_text("utf-8"))
    declared["attributes"]["views"].setdefault("pluginOptions", {})["tessera"] = {"sortIndex": True}
    schema.write_text(json.dumps(declared), "utf-8")


def fill(database: Path, articles: int) -> None:
    """Write the data set into the empty tables of a database that nobody has open."""
    connection = apsw.Connection(str(database))
    connection.pragma("journal_mode", "off")
    connection.pragma("synchronous", "off")
    writer = _Writer(connection, random.Random(articles))  # noqa: S311 - it makes texts, not secrets
    with connection:
        writer.write_people()
        for begin in range(0, articles, _BATCH):
            writer.write_articles(range(begin, min(begin + _BATCH, articles)))
    connection.close()


@dataclass(frozen=True, slots=True)
class _Writer:
    connection: apsw.Connection
    chance: random.Random

    def write_people(self) -> None:
        """Write the authors and categories."""
        self._insert("authors", f"{_KNOWN_BY}, name, email, bio", self._authors())
        self._insert("categories", f"{_KNOWN_BY}, name, slug", self._categories())

    def write_articles(self, numbers: range) -> None:
        """Write articles: the draft of each has an odd row id, its published version the next one."""
        rows = range(numbers.start * 2 + 1, numbers.stop * 2 + 1)
        self._insert("articles", _ARTICLE, self._articles(numbers))
        self._insert("components_shared_seos", "id, meta_title, meta_description", self._seos(rows))
        self._insert("components_shared_links", "id, label, url, external", self._sources(rows))
        self._insert("components_shared_quotes", "id, text, person", self._quotes(rows))
        self._insert("components_shared_rich_texts", "id, body", ((row, self._text(20)) for row in rows))
        self._insert("articles_cmps", 'entity_id, cmp_id, component_type, field, "order"', _parts(rows))
        self._insert("articles_author_lnk", "article_id, author_id, article_ord", _authored(rows))
        self._insert("articles_categories_lnk", "article_id, category_id, category_ord, article_ord", _filed(rows))

    def _insert(self, table: str, columns: str, rows: Iterator[Row]) -> None:
        marks = ", ".join("?" * (columns.count(",") + 1))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - the names stand above
        self.connection.executemany(statement, rows)

    def _authors(self) -> Iterator[Row]:
        for row in range(1, AUTHORS + 1):
            name = f"{_FIRST_NAMES[row // len(SURNAMES) % 10]} {SURNAMES[row % len(SURNAMES)]}"
            yield (row, self._document_id(), *[_BEGIN] * 3, name, f"author{row}@example.com", self._text(30))

    def _categories(self) -> Iterator[Row]:
        for row in range(1, CATEGORIES + 1):
            yield (row, self._document_id(), *[_BEGIN] * 3, f"Category {row}", f"category-{row}")

    def _articles(self, numbers: range) -> Iterator[Row]:
        for number in numbers:
            written = self._article(number)
            for row, published in ((number * 2 + 1, None), (number * 2 + 2, _BEGIN + number * _MINUTE)):
                yield (row, *written, published)

    def _article(self, number: int) -> Row:
        """Return what both versions of an article have in common."""
        chance, now = self.chance, _BEGIN + number * _MINUTE
        content = [{"type": "paragraph", "children": [{"type": "text", "text": self._text(25)}]}]
        return (
            *(self._document_id(), f"{self._text(5).capitalize()} {number}", f"article-{number}"),
            *(self._text(20), self._text(70), json.dumps(content)),
            *(chance.choice(_KINDS), chance.randrange(2), chance.randrange(100_000)),
            *(chance.randrange(500) / 100, str(chance.randrange(2**50))),
            *(f"2025-{chance.randrange(12) + 1:02}-{chance.randrange(28) + 1:02}", now, "09:30:00.000"),
            *(f"desk{chance.randrange(20)}@example.com", json.dumps({"source": self._text(2)}), self._text(4)),
            *(now, now, 1, 1, "en"),
        )

    def _seos(self, rows: range) -> Iterator[Row]:
        return ((row, self._text(5), self._text(12)) for row in rows)

    def _sources(self, rows: range) -> Iterator[Row]:
        for row in rows:
            for link in (row * 2 - 1, row * 2):
                yield (link, self._text(3), f"https://example.com/{link}", link % 2)

    def _quotes(self, rows: range) -> Iterator[Row]:
        return ((row, self._text(15), self._text(2).title()) for row in rows)

    def _text(self, words: int) -> str:
        return " ".join(self.chance.choices(_WORDS, k=words))

    def _document_id(self) -> str:
        return "d" + f"{self.chance.getrandbits(115):023x}"[-23:]


def _parts(rows: range) -> Iterator[Row]:
    for row in rows:
        yield (row, row, "shared.seo", "seo", 1)
        yield (row, row * 2 - 1, "shared.link", "sources", 1)
        yield (row, row * 2, "shared.link", "sources", 2)
        yield (row, row, "shared.quote", "blocks", 1)
        yield (row, row, "shared.rich-text", "blocks", 2)


def _authored(rows: range) -> Iterator[Row]:
    return ((row, (row - 1) // 2 % AUTHORS + 1, row) for row in rows)


def _filed(rows: range) -> Iterator[Row]:
    """Yield two different categories for each version; both versions of an article have the same ones."""
    for row in rows:
        first = (row - 1) // 2 % CATEGORIES
        for place, category in ((1, first), (2, (first + 7) % CATEGORIES)):
            yield (row, category + 1, place, row)
