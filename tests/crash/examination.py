"""What is found in a database after its server was killed: documents, and everything that is only half there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import apsw

from tests.crash.content import People, State, blocks, sources, text

_COMPONENTS: Final = {
    "shared.seo": "components_shared_seos",
    "shared.link": "components_shared_links",
    "shared.quote": "components_shared_quotes",
    "shared.rich-text": "components_shared_rich_texts",
}
_ARTICLES: Final = """
    SELECT id, document_id, published_at IS NOT NULL, title,
        (SELECT json_group_array(json_array(component_type, coalesce(s.meta_title, l.label, q.text, r.body),
                (SELECT a.label FROM components_shared_quotes_cmps n JOIN components_shared_links a ON a.id = n.cmp_id
                 WHERE n.entity_id = q.id AND n.field = 'attribution')))
            FROM (SELECT * FROM articles_cmps WHERE entity_id = t.id ORDER BY field, "order") c
            LEFT JOIN components_shared_seos s ON s.id = c.cmp_id AND c.component_type = 'shared.seo'
            LEFT JOIN components_shared_links l ON l.id = c.cmp_id AND c.component_type = 'shared.link'
            LEFT JOIN components_shared_quotes q ON q.id = c.cmp_id AND c.component_type = 'shared.quote'
            LEFT JOIN components_shared_rich_texts r ON r.id = c.cmp_id AND c.component_type = 'shared.rich-text'),
        (SELECT json_group_array(author_id) FROM articles_author_lnk WHERE article_id = t.id),
        (SELECT json_group_array(category_id) FROM
            (SELECT category_id FROM articles_categories_lnk WHERE article_id = t.id ORDER BY category_ord))
    FROM articles t"""


class Examination:
    """Looks at a database that no server has open."""

    def __init__(self, database: Path, people: People) -> None:
        self._connection = apsw.Connection(str(database))
        self._people = people
        self.faults: list[str] = [*self._damage(), *self._orphans()]
        self.documents: Mapping[str, State] = self._documents()
        self._connection.close()

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement).fetchall()

    def _damage(self) -> Iterator[str]:
        for (said,) in self._rows("PRAGMA integrity_check"):
            if said != "ok":
                yield f"the file is damaged: {said}"
        for broken in self._rows("PRAGMA foreign_key_check"):
            yield f"a row points to nothing: {broken}"

    def _orphans(self) -> Iterator[str]:
        """Yield components without an owner, links to components that are not there, and components with two owners."""
        joins = [row[0] for row in self._rows("SELECT name FROM sqlite_schema WHERE name LIKE '%\\_cmps' ESCAPE '\\'")]
        linked = " UNION ALL ".join(f"SELECT component_type, cmp_id FROM {name}" for name in joins)  # noqa: S608 - tables
        for kind, table in _COMPONENTS.items():
            owned = Counter(row[1] for row in self._rows(linked) if row[0] == kind)
            there = {row[0] for row in self._rows(f"SELECT id FROM {table}")}  # noqa: S608 - as above
            yield from (f"{kind} {row_id} is nobody's" for row_id in there - owned.keys())
            yield from (f"{kind} {row_id} is linked and not there" for row_id in owned.keys() - there)
            yield from (f"{kind} {row_id} has {count} owners" for row_id, count in owned.items() if count > 1)

    def _documents(self) -> dict[str, State]:
        numbers: dict[str, dict[bool, int]] = {}
        for row_id, document, is_published, title, parts, authors, categories in self._rows(_ARTICLES):
            number = int(title.removeprefix(text(0)[:-1]))
            found = (json.loads(parts), json.loads(authors), json.loads(categories))
            if found != self._wanted(number):
                self.faults.append(f"row {row_id} of {document} is not all of number {number}: {found}")
            versions = numbers.setdefault(document, {})
            if bool(is_published) in versions:
                self.faults.append(f"{document} has a version twice")
            versions[bool(is_published)] = number
        for document, versions in numbers.items():
            if False not in versions:
                self.faults.append(f"{document} has no draft")
        return {document: State(v[False], v.get(True)) for document, v in numbers.items() if False in v}

    def _wanted(self, number: int) -> tuple[Any, Any, Any]:
        said, people = text(number), self._people
        parts = [[kind, said, said if kind == "shared.quote" else None] for kind in blocks(number)]
        parts += [["shared.seo", said, None], *[["shared.link", said, None]] * sources(number)]
        return parts, [people.author(number) + 1], [place + 1 for place in people.filed(number)]
