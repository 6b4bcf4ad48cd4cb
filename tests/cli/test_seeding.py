from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from tessera.app import Tessera, open_project
from tessera.cli.seeding import seed
from tessera.errors import ConfigurationError
from tessera.sql.statement import Statement
from tests.cli.command import Command
from tests.features.backend import SECRETS

NEWSROOM = Path(__file__).parents[2] / "examples" / "newsroom"
ADDRESS = "http://127.0.0.1:1337"
READABLE = {"title", "slug", "summary", "body", "kind", "publishOn"}
HIDDEN = {"featured", "readingMinutes", "internalNote", "author", "categories", "seo"}
FILLED = ("authors", "categories", "pages", "articles", "admin_users", "admin_users_roles_lnk", "articles_author_lnk")


@pytest.fixture(scope="module")
def _empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the newsroom with a database that has its tables and no more."""
    folder = tmp_path_factory.mktemp("empty") / "newsroom"
    shutil.copytree(NEWSROOM, folder, ignore=shutil.ignore_patterns(".env", ".tmp"))
    open_project(folder, SECRETS, "develop").close()
    return folder


@pytest.fixture
def newsroom(_empty: Path, tmp_path: Path) -> Path:
    """Return a copy of the newsroom that was never filled."""
    return Path(shutil.copytree(_empty, tmp_path / "newsroom"))


@contextmanager
def opened(folder: Path) -> Iterator[Tessera]:
    """Open a project for the length of a block."""
    project = open_project(folder, SECRETS, "develop")
    try:
        yield project
    finally:
        project.close()


def counts(project: Tessera) -> dict[str, int]:
    """Return how many rows the tables have that a seed fills."""

    def count(table: str) -> int:
        statement = Statement(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - one of the names above
        found: int = project.driver.run_now(lambda session: session.scalar(statement))
        return found

    return {table: count(table) for table in FILLED}


def pasted(project: Tessera, words: str) -> httpx.Response:
    """Send the request that a welcome shows, as its reader would."""
    found = re.search(r'curl -X GET (\S+) -H "(\S+): (.+)"$', words, re.MULTILINE)
    assert found is not None
    url, name, value = found.groups()

    async def exchange() -> httpx.Response:
        transport = httpx.ASGITransport(cast("Any", project.application))
        async with httpx.AsyncClient(transport=transport) as client:
            return await client.get(url, headers={name: value})

    return asyncio.run(exchange())


def test_the_newsroom_is_filled_once(newsroom: Path) -> None:
    """
    The first start makes 56 entries with their relations and two administrators; the second makes nothing.
    """
    with opened(newsroom) as project:
        seed(project, newsroom)
        filled = counts(project)
        seed(project, newsroom)

        assert filled == counts(project)

    # Articles have a draft each, and a published version where the seed says so.
    assert {"authors": 8, "categories": 8, "pages": 4, "admin_users": 2} == {
        name: filled[name] for name in ("authors", "categories", "pages", "admin_users")
    }
    assert 36 < filled["articles"] <= 72
    assert filled["articles"] == filled["articles_author_lnk"]


def test_the_request_to_paste_reads_articles_and_only_what_it_may(newsroom: Path) -> None:
    """
    The curl of the first start answers the articles, with the fields that the token may read and no others.
    """
    with opened(newsroom) as project:
        words = seed(project, newsroom).words(ADDRESS)
        answer = pasted(project, words)

    found = answer.json()
    fields = set().union(*(set(article) for article in found["results"]))

    assert f"curl -X GET {ADDRESS}/admin/content-manager/collection-types/api::article.article -H " in words
    assert (200, 36) == (answer.status_code, found["pagination"]["total"])
    assert fields >= READABLE
    assert set() == fields & HIDDEN


def test_what_is_shown_signs_in(newsroom: Path) -> None:
    """
    The address and the password of the first start sign in a super admin.
    """
    with opened(newsroom) as project:
        words = seed(project, newsroom).words(ADDRESS)
        found = re.search(r"Sign in as (\S+) with the password (\S+)", words)
        assert found is not None
        email, password = found.groups()

        async def exchange() -> httpx.Response:
            transport = httpx.ASGITransport(cast("Any", project.application))
            async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
                return await client.post("/admin/login", json={"email": email, "password": password})

        answer = asyncio.run(exchange())

    assert answer.status_code == 200
    assert email == "nora@newsroom.example"


def test_the_second_start_shows_no_key_but_how_to_make_one(
    newsroom: Path, tessera: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    What is shown once is not shown again; the command that is shown instead makes a token of the same rights.
    """
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    with opened(newsroom) as project:
        first = seed(project, newsroom).words(ADDRESS)
        second = seed(project, newsroom).words(ADDRESS)
    command = next(line for line in second.splitlines() if "token create" in line).split()
    made = tessera(*command[1:])

    assert "tsa_" in first
    assert "tsa_" not in second
    assert "password" not in second
    assert (0, True) == (made.code, made.out.startswith("tsa_"))


def test_a_project_without_a_seed_says_how_to_begin(newsroom: Path) -> None:
    """
    Where there is no seed and nobody, the start says how to create the first administrator.
    """
    shutil.rmtree(newsroom / "seed")
    with opened(newsroom) as project:
        words = seed(project, newsroom).words("http://0.0.0.0:1337")

    assert "admin create-user" in words
    assert ADDRESS in words


def test_the_copy_desk_has_its_field_limits(newsroom: Path) -> None:
    """
    The role of the seed holds what its file says: changing three fields of articles, and no notes.
    """
    text = (
        "SELECT p.properties FROM admin_permissions p JOIN admin_permissions_role_lnk l ON l.permission_id = p.id"
        " JOIN admin_roles r ON r.id = l.role_id WHERE r.name = 'Copy desk' AND p.action LIKE '%.update'"
    )
    with opened(newsroom) as project:
        seed(project, newsroom)
        (row,) = project.driver.run_now(lambda session: session.rows(Statement(text)))

    assert ["title", "summary", "body"] == json.loads(row[0])["fields"]


def access(old: str, new: str) -> Callable[[Path], None]:
    """Return a change of the file of access."""
    return lambda folder: edit(folder / "seed/access.toml", old, new)


def content(old: str, new: str) -> Callable[[Path], None]:
    """Return a change of the file of entries."""
    return lambda folder: edit(folder / "seed/content.json", old, new)


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that is in a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def both(*changes: Callable[[Path], None]) -> Callable[[Path], None]:
    """Return several changes as one."""

    def change(folder: Path) -> None:
        for each in changes:
            each(folder)

    return change


TO_PAGES = access(
    'subject = "api::article.article"\nfields = ["title", "slug", "summary", "body", "kind", "publishOn"]',
    'subject = "api::page.page"',
)
BROKEN = {
    "no TOML": (access("[[roles]]", "[[roles]"), "seed/access.toml cannot be read"),
    "an unknown key": (access('lastname = "Winter"', 'surname = "Winter"'), "administrators.0.surname"),
    "an unknown role": (access('roles = ["Copy desk"]', 'roles = ["Copy disk"]'), "did you mean Copy desk?"),
    "a wrong address": (access("nora@newsroom.example", "nora"), "administrators.0: email must be a valid email"),
    "an unknown action": (access("explorer.read", "explorer.raed"), "roles.0.permissions.0: there is no action"),
    "an unknown field": (access('"readingMinutes"', '"readingHours"'), "has no field readingHours"),
    "an unknown owner": (access("owner = ", 'owner = "x@example.com" #'), "seed/access.toml: tokens.0: There is no"),
    "a token beyond its owner": (both(access('owner = "nora@', 'owner = "eli@'), TO_PAGES), "tokens.0: Cannot assign"),
    "no JSON": (content("{", "["), "seed/content.json cannot be read"),
    "an entry without a key": (content('"key": "tomas-berg",', ""), "api::author.author.1.key"),
    "a key that stands twice": (
        content('"key": "tomas-berg"', '"key": "ines-duarte"'),
        "ines-duarte: this key stands twice",
    ),
    "an unknown type": (content("api::page.page", "api::pag.page"), "there is no content type api::pag.page"),
    "an unknown relation": (content('"author": [', '"writer": ['), "relations.writer is no relation"),
    "an unknown entry": (
        content('"author": [\n          "ines-duarte"', '"author": [\n          "nobody"'),
        "has the key nobody",
    ),
    "a value that is too long": (
        content('"title": "What', f'"title": "{"x" * 120} What'),
        "what-the-dredgers-found: title",
    ),
    "a value that is taken": (
        content("tomas@newsroom", "ines@newsroom"),
        "seed/content.json: api::author.author, tomas-berg",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_seed_is_loaded_whole_or_not_at_all(name: str, newsroom: Path) -> None:
    """
    A seed with a fault is refused with the file and the place, nothing of it is kept, and once mended it loads.
    """
    spoil, words = BROKEN[name]
    spoil(newsroom)
    with opened(newsroom) as project:
        before = counts(project)
        with pytest.raises(ConfigurationError) as refused:
            seed(project, newsroom)

        assert words in refused.value.message
        assert "seed/" in refused.value.message
        assert before == counts(project)

        shutil.copytree(NEWSROOM / "seed", newsroom / "seed", dirs_exist_ok=True)
        seed(project, newsroom)

        assert counts(project)["authors"] == 8
