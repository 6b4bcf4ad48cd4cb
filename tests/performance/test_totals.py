"""Totals that are remembered: always right, and not counted again while nothing has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from tessera.app import compose
from tessera.engine.drivers import open_database
from tessera.engine.session import Session
from tessera.engine.totals import Totals
from tessera.sql.listing import Listing
from tests.features.backend import Backend
from tests.features.newsroom import ARTICLE, AUTHOR, SOURCE

JSON = Any  # any JSON value
CM: Final = "/content-manager/collection-types"
CATEGORY: Final = "api::category.category"
LISTS: Final = (
    f"{CM}/{ARTICLE}",
    f"{CM}/{ARTICLE}?status=published",
    f"{CM}/{ARTICLE}?filters[author][name]=Ada",
    f"{CM}/{ARTICLE}?filters[categories][name]=Sea",
    f"{CM}/{ARTICLE}?filters[categories][id][$null]=true",
    f"{CM}/{ARTICLE}?filters[seo][metaTitle]=m",
    f"{CM}/{ARTICLE}?filters[createdBy][firstname]=Root",
    f"{CM}/{ARTICLE}?_q=first",
    f"{CM}/{ARTICLE}?hasPublishedVersion=true",
    f"{CM}/{ARTICLE}?locale=fr",
    f"{CM}/{AUTHOR}",
    f"{CM}/{AUTHOR}?filters[articles][title]=first",
    f"{CM}/{CATEGORY}?filters[articles][title]=first",
    "/api/articles",
    "/api/articles?filters[author][name]=Ada&pagination[limit]=5",
    "/api/authors?filters[articles][title]=first",
)


class Office:
    """A server with some content, and the ids of it by what it is called."""

    def __init__(self, folder: Path) -> None:
        self.backend = Backend(folder, source=SOURCE)
        self.root = self.backend.first_admin()
        site = {"name": "Site", "description": "", "type": "read-only", "lifespan": None}
        self.site = self.ask("POST", "/admin/api-tokens", site)["data"]["accessKey"]
        self.ask("POST", "/i18n/locales", {"code": "fr", "name": "French", "isDefault": False})
        self.ids: dict[str, str] = {}
        for name in ("Ada", "Grace"):
            self.add(AUTHOR, name, name=name)
        for name in ("Sea", "Sky"):
            self.add(CATEGORY, name, name=name)
        self.add(ARTICLE, "first", title="first", author={"connect": [self.ids["Ada"]]}, seo={"metaTitle": "m"})
        self.add(ARTICLE, "second", title="second", categories={"connect": [self.ids["Sea"]]})

    def ask(self, method: str, path: str, body: JSON = None) -> JSON:
        """Send a request that has to succeed."""
        answer = self.backend.call(method, path, body, key=self.site if path.startswith("/api/") else self.root)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def add(self, uid: str, called: str, **body: JSON) -> None:
        """Create a document."""
        self.ids[called] = self.ask("POST", f"{CM}/{uid}", body)["data"]["documentId"]

    def do(self, method: str, uid: str, called: str, path: str = "", **body: JSON) -> None:
        """Change, publish or delete a document."""
        self.ask(method, f"{CM}/{uid}/{self.ids[called]}{path}", body)

    def speak(self, code: str) -> None:
        """Make a locale the default one."""
        [locale] = [each for each in self.ask("GET", "/i18n/locales") if each["code"] == code]
        self.ask("PUT", f"/i18n/locales/{locale['id']}", {"isDefault": True})

    def totals(self) -> dict[str, int]:
        """Return the totals of all lists."""
        answers = {path: self.ask("GET", path) for path in LISTS}
        return {path: (it.get("pagination") or it["meta"]["pagination"])["total"] for path, it in answers.items()}

    def pages(self) -> dict[str, JSON]:
        """Return pages of one document each from all over the lists, in no order."""
        asked = (f"{path}{'&' if '?' in path else '?'}{_page(path, number)}" for path in LISTS for number in (3, 1, 2))
        return {path: self.ask("GET", path) for path in asked}

    @contextmanager
    def counting(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """Let every list be counted anew."""

        async def body(_: Totals, session: Session, listing: Listing) -> bytes:
            answer: bytes = await session.scalar(listing.counting())
            return answer

        with monkeypatch.context() as patch:
            patch.setattr(Totals, "body", body)
            yield


def _page(path: str, number: int) -> str:
    if path.startswith("/api/") and "pagination[limit]" in path:
        return f"pagination[start]={number}"
    return f"pagination[page]={number}&pagination[pageSize]=1" if "/api/" in path else f"page={number}&pageSize=1"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Return a server that the tests of this module share, since each begins with what is there."""
    made = Office(tmp_path_factory.mktemp("totals"))
    yield made
    made.backend.close()


def test_a_total_that_is_known_is_not_counted_again(office: Office) -> None:
    """
    The second time a list takes two statements, neither of which counts; what administrators are is always counted.
    """
    office.totals()
    counting = []
    for path in LISTS:
        with office.backend.traced() as statements:
            office.ask("GET", f"{path}{'&' if '?' in path else '?'}sort=id:desc")
            statements.clear()
            office.ask("GET", f"{path}{'&' if '?' in path else '?'}sort=id:asc")
        assert len(statements) == 2, statements
        counting += [path] if any("count(*) AS total" in text for text in statements) else []

    assert [path for path in LISTS if "createdBy" in path] == counting


ACTS: Final[tuple[Callable[[Office], None], ...]] = (
    lambda it: it.do("PUT", ARTICLE, "second", title="first"),
    lambda it: it.do("PUT", ARTICLE, "second", author={"connect": [it.ids["Ada"]]}),
    lambda it: it.do("PUT", AUTHOR, "Ada", name="Adele"),
    lambda it: it.do("PUT", AUTHOR, "Ada", name="Ada", articles={"disconnect": [it.ids["second"]]}),
    lambda it: it.do("PUT", CATEGORY, "Sky", articles={"connect": [it.ids["first"]]}),
    lambda it: it.do("PUT", CATEGORY, "Sky", name="Sea of clouds"),
    lambda it: it.do("PUT", ARTICLE, "second", seo={"metaTitle": "m"}),
    lambda it: it.do("PUT", ARTICLE, "second", "?locale=fr", title="premier"),
    lambda it: it.speak("fr"),
    lambda it: it.speak("en"),
    lambda it: it.do("POST", ARTICLE, "first", "/actions/publish"),
    lambda it: it.do("POST", ARTICLE, "second", "/actions/publish", title="third"),
    lambda it: it.do("POST", ARTICLE, "first", "/actions/unpublish"),
    lambda it: it.do("PUT", ARTICLE, "second", title="first"),
    lambda it: it.do("POST", ARTICLE, "second", "/actions/discard"),
    lambda it: it.ask("POST", f"{CM}/{ARTICLE}/clone/{it.ids['first']}", {}),
    lambda it: it.ask("POST", f"{CM}/{ARTICLE}/actions/publish", {"title": "first"}),
    lambda it: it.ask("POST", f"{CM}/{ARTICLE}/actions/bulkPublish", {"documentIds": [it.ids["first"]]}),
    lambda it: it.ask("POST", f"{CM}/{ARTICLE}/actions/bulkUnpublish", {"documentIds": [it.ids["first"]]}),
    lambda it: it.add(ARTICLE, "late", title="late", author={"connect": [it.ids["Ada"]]}),
    lambda it: it.ask("POST", f"{CM}/{ARTICLE}/actions/bulkDelete", {"documentIds": [it.ids["late"]]}),
    lambda it: it.ask("DELETE", f"/i18n/locales/{it.ask('GET', '/i18n/locales')[-1]['id']}"),
    lambda it: it.ask("PUT", "/admin/users/me", {"firstname": "Robin"}),
    lambda it: it.do("DELETE", AUTHOR, "Ada"),
    lambda it: it.do("DELETE", CATEGORY, "Sea"),
    lambda it: it.do("DELETE", ARTICLE, "first"),
)


def test_a_list_is_right_after_every_kind_of_write(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whatever is written, on whichever side of a relation: what is remembered answers as what is counted anew.

    That goes for totals, and for pages that begin at a row which is known to stand there.
    """
    seen = [office.totals()]
    for act in ACTS:
        act(office)
        with office.counting(monkeypatch):
            wanted, pages = office.totals(), office.pages()
        for _ in range(2):
            assert wanted == office.totals(), act
            assert pages == office.pages(), act
        seen.append(wanted)

    assert all(len({totals[path] for totals in seen}) > 1 for path in LISTS), seen


def test_a_list_never_takes_more_than_three_statements(office: Office) -> None:
    """
    Somebody asks, the list finds its total outdated, and is read with its count.
    """
    office.totals()
    office.add(ARTICLE, "newest", title="newest")
    found = []
    for path in LISTS:
        with office.backend.traced() as statements:
            office.ask("GET", path)
        found.append(len(statements))

    assert {2, 3} == set(found)


def test_a_write_of_another_process_is_noticed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whoever shares the database raises the same versions.
    """
    before = office.totals()
    other, mine = open_database(office.backend.project.settings.database), office.backend.application
    office.backend.application = compose(office.backend.project, other)
    office.add(ARTICLE, "elsewhere", title="elsewhere")
    office.backend.application = mine
    other.close()

    assert before[LISTS[0]] + 1 == office.totals()[LISTS[0]]
    with office.counting(monkeypatch):
        counted = office.totals()
    assert counted == office.totals()
