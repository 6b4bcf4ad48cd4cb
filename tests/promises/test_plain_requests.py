"""One plain request to each of the routes that no other test asks, so that what they answer is known and held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.features.backend import Backend
from tests.features.newsroom import ARTICLE, EVENT, READ, SOURCE, may

JSON = Any  # any JSON value
CM = "/content-manager/collection-types"
HOMEPAGE = "/content-manager/single-types/api::homepage.homepage"


class Office:
    """A server with a little of everything."""

    def __init__(self, folder: Path) -> None:
        self.backend = Backend(folder, source=SOURCE)
        self.root = self.backend.first_admin()

    def ask(self, method: str, path: str, body: JSON = None) -> JSON:
        """Send a request that has to succeed."""
        answer = self.backend.call(method, path, body, key=self.root)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        return answer.json() if answer.content else None


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Return the server that the tests of this module share."""
    made = Office(tmp_path_factory.mktemp("plain"))
    yield made
    made.backend.close()


def test_the_homepage_goes_through_its_life(office: Office) -> None:
    """
    A single type is saved, published, changed, discarded, unpublished and deleted.
    """
    saved = office.ask("PUT", HOMEPAGE, {"headline": "Welcome"})["data"]
    published = office.ask("POST", f"{HOMEPAGE}/actions/publish", {})["data"]
    office.ask("PUT", HOMEPAGE, {"headline": "Welcome all"})
    count = office.ask("GET", f"{HOMEPAGE}/actions/countDraftRelations")
    discarded = office.ask("POST", f"{HOMEPAGE}/actions/discard", {})["data"]
    office.ask("POST", f"{HOMEPAGE}/actions/unpublish", {})
    shown = office.ask("GET", HOMEPAGE)["data"]
    office.ask("DELETE", HOMEPAGE)

    assert saved["documentId"] == published["documentId"] == shown["documentId"]
    assert "Welcome" == discarded["headline"]
    assert {"unpublishedRelations": 0, "draftM2mLinks": 0} == count["data"]
    assert 404 == office.backend.call("GET", HOMEPAGE, key=office.root).status_code


def test_documents_are_asked_about_beside_their_content(office: Office) -> None:
    """
    Draft relations are counted, slugs made, several found for a check, and an event is cloned without questions.
    """
    article = office.ask("POST", f"{CM}/{ARTICLE}", {"title": "First"})["data"]["documentId"]
    event = office.ask("POST", f"{CM}/{EVENT}", {"title": "Launch"})["data"]["documentId"]
    slug = {"contentTypeUID": ARTICLE, "field": "slug", "data": {"title": "Second"}}

    one = office.ask("GET", f"{CM}/{ARTICLE}/{article}/actions/countDraftRelations")
    many = office.ask("GET", f"{CM}/{ARTICLE}/actions/countManyEntriesDraftRelations?documentIds[0]={article}")
    assert 0 == one["data"]["unpublishedRelations"]
    assert 0 == many["data"] or 0 == many["data"]["unpublishedRelations"]
    assert {"data": "second"} == office.ask("POST", "/content-manager/uid/generate", slug)
    found = office.ask("POST", f"{CM}/{ARTICLE}/actions/bulkFindForValidation", {"documentIds": [article]})
    assert article in str(found)
    assert event != office.ask("POST", f"{CM}/{EVENT}/auto-clone/{event}", {})["data"]["documentId"]
    filled = f"/i18n/content-manager/get-fill-from-locale/{ARTICLE}"
    filled += f"?collectionType=collection-types&sourceLocale=en&targetLocale=fr&documentId={article}"
    assert "First" in str(office.ask("GET", filled))


def test_components_have_views(office: Office) -> None:
    """
    How a component is shown is read and written as it was.
    """
    path = "/content-manager/components/shared.seo/configuration"
    view = office.ask("GET", path)["data"]["component"]
    kept = office.ask("PUT", path, {name: view[name] for name in ("settings", "metadatas", "layouts")})

    assert view["layouts"] == kept["data"]["layouts"]


def test_roles_and_tokens_are_read_and_renamed(office: Office) -> None:
    """
    A role is renamed, rights are checked, and what the owner of a token may do is told.
    """
    role = office.ask("POST", "/admin/roles", {"name": "Night", "description": ""})["data"]["id"]
    renamed = office.ask("PUT", f"/admin/roles/{role}", {"name": "Day", "description": "Works"})["data"]
    checked = office.ask("POST", "/admin/permissions/check", {"permissions": [{"action": READ, "subject": ARTICLE}]})
    body = {"name": "T", "description": "", "adminPermissions": [may(READ, EVENT)], "lifespan": None}
    token = office.ask("POST", "/admin/admin-tokens", body)["data"]["id"]
    held = office.ask("GET", f"/admin/admin-tokens/{token}/owner-permissions")
    transfer = {"name": "Move", "description": "", "permissions": ["pull"], "lifespan": None}
    made = office.ask("POST", "/admin/transfer/tokens", transfer)["data"]["id"]

    assert ("Day", [True]) == (renamed["name"], checked["data"])
    assert held["data"]
    assert "Move" == office.ask("GET", f"/admin/transfer/tokens/{made}")["data"]["name"]
    assert [role] == [gone["id"] for gone in office.ask("POST", "/admin/roles/batch-delete", {"ids": [role]})["data"]]


def test_folders_and_views_of_the_library_are_changed(office: Office) -> None:
    """
    A folder is renamed, and the library remembers how it is shown.
    """
    folder = office.ask("POST", "/upload/folders", {"name": "Press", "parent": None})["data"]["id"]

    assert "News" == office.ask("PUT", f"/upload/folders/{folder}", {"name": "News", "parent": None})["data"]["name"]
    office.ask("PUT", "/upload/configuration", {"pageSize": 20, "sort": "name:ASC"})
    assert 20 == office.ask("GET", "/upload/configuration")["data"]["pageSize"]
    assert office.ask("PUT", "/i18n/settings", {"aiLocalizations": False})["data"] is not None


def test_the_server_tells_whether_agents_may_connect(office: Office) -> None:
    """
    The panel asks before it shows how an agent connects.
    """
    assert office.ask("GET", "/admin/mcp")["data"] is not None


def test_components_are_made_and_removed_in_the_builder(tmp_path: Path) -> None:
    """
    A component is made, shown and deleted again.
    """
    backend = Backend(tmp_path, develop=True, source=SOURCE)
    root = backend.first_admin()
    base = "/content-type-builder/components"
    body = {
        "component": {
            "category": "shared",
            "displayName": "Fact",
            "icon": "star",
            "attributes": {"text": {"type": "string"}},
        },
        "components": [],
    }
    made = backend.call("POST", base, body, key=root)
    shown = backend.call("GET", f"{base}/shared.fact", key=root)
    gone = backend.call("DELETE", f"{base}/shared.fact", key=root)
    backend.close()

    assert (201, 200, 200) == (made.status_code, shown.status_code, gone.status_code), made.text
    assert "Fact" == shown.json()["data"]["schema"]["displayName"]
