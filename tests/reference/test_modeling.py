"""The reference on a project whose content types this server has changed."""

import re
from pathlib import Path

import httpx
import pytest

from tests.features.backend import PASSWORD, SECRETS, Backend
from tests.features.modeling.studio import Studio, attribute, changed_type, new_type
from tests.features.newsroom import SOURCE
from tests.reference.strapi import HOME, NODE, Strapi, make_app

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not NODE.exists(), reason=f"the reference is not installed in {HOME} (make reference)"),
]

BOOK = "api::book.book"
BOOKS = f"/content-manager/collection-types/{BOOK}"
AUTHORS = "/content-manager/collection-types/api::author.author"
NAMES = {"writer": "author", "friends": "fans", "quote": "motto", "zone": "parts", "length": "pages"}


def changed_project(folder: Path) -> dict[str, object]:
    """Make a content type, rename all of its attributes and a category; return the document that it keeps."""
    backend = Backend(folder, develop=True, source=SOURCE)
    studio = Studio(backend)
    to_author = {"type": "relation", "target": "api::author.author"}
    old = (
        attribute("create", "writer", **to_author, relation="manyToOne", targetAttribute="books"),
        attribute("create", "friends", **to_author, relation="manyToMany"),
        attribute("create", "quote", type="component", component="shared.quote", repeatable=False),
        attribute("create", "zone", type="dynamiczone", components=["shared.quote", "shared.link"]),
        attribute("create", "length", type="integer"),
    )
    studio.updated(new_type("book", *old))
    author = {"connect": [studio.write(AUTHORS, {"name": "Ada"})["documentId"]]}
    quote = {"text": "To be", "attribution": {"label": "Hamlet"}}
    zone = [{"__component": "shared.link", "label": "x"}, {"__component": "shared.quote", **quote}]
    book = studio.write(BOOKS, {"writer": author, "friends": author, "quote": quote, "zone": zone, "length": 7})
    gone, come = [{"action": "delete", "name": name} for name in NAMES], [{**e, "name": NAMES[e["name"]]} for e in old]
    renames = [{"uid": BOOK, "from": before, "to": after} for before, after in NAMES.items()]
    studio.updated(changed_type(BOOK, [*gone, *come]), confirm={"renames": renames})
    assert 200 == studio.call("PUT", "/component-categories/shared", {"name": "parts"}).status_code
    found = studio.read(f"{BOOKS}/{book['documentId']}")
    backend.close()
    return found


def test_the_reference_shows_what_was_renamed_and_finds_nothing_to_change(tmp_path: Path) -> None:
    """
    Files and tables say the same to it, and the document is what this server showed.
    """
    expected = changed_project(tmp_path)
    make_app(tmp_path / "app", tmp_path / "src")
    path = f"{BOOKS}/{expected['documentId']}"
    with Strapi(tmp_path / "app", tmp_path / "data.db", SECRETS) as reference:
        sent = {"email": "root@example.com", "password": PASSWORD}
        token = httpx.post(f"{reference.base}/admin/login", json=sent).json()["data"]["token"]
        shown = httpx.get(f"{reference.base}{path}", headers={"authorization": f"Bearer {token}"}).json()["data"]
    log = re.sub(r"\x1b\[[0-9;]*m", "", reference.log.read_text(encoding="utf-8"))

    assert expected == shown
    assert "Schema unchanged" in log
