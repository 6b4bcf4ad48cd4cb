"""What tests of the content manager do all the time: people with rights, and documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import httpx

from tests.features.backend import Backend

JSON = Any  # any JSON value
CM: Final = "/content-manager/collection-types"
SINGLE: Final = "/content-manager/single-types"
CATEGORY: Final = "api::category.category"
HOMEPAGE: Final = "api::homepage.homepage"
PUBLISH: Final = "plugin::content-manager.explorer.publish"


@dataclass(frozen=True, slots=True)
class Desk:
    """A server, and the access token of its super admin."""

    backend: Backend
    root: str

    def member(self, name: str, *permissions: dict[str, JSON]) -> str:
        """Add an administrator with a role of its own; return its access token."""
        made = self.backend.call("POST", "/admin/roles", {"name": name, "description": name}, key=self.root)
        role_id = int(made.json()["data"]["id"])
        body = {"permissions": list(permissions)}
        granted = self.backend.call("PUT", f"/admin/roles/{role_id}/permissions", body, key=self.root)
        assert granted.status_code == 200, granted.text
        return self.backend.admin(self.root, name, role_id)[1]

    def ask(self, method: str, path: str, body: JSON = None, *, by: str | None = None) -> httpx.Response:
        """Send a request, of the super admin if nobody else is named."""
        return self.backend.call(method, path, body, key=by or self.root)

    def done(self, method: str, path: str, body: JSON = None, *, by: str | None = None) -> dict[str, JSON]:
        """Send a request that has to succeed; return what it answers."""
        answer = self.ask(method, path, body, by=by)
        assert answer.status_code < 300, answer.text
        shown: dict[str, JSON] = answer.json()
        return shown

    def add(self, uid: str, data: dict[str, JSON], *, by: str | None = None) -> str:
        """Create a document; return its id."""
        return str(self.done("POST", f"{CM}/{uid}", data, by=by)["data"]["documentId"])

    def change(self, uid: str, document: str, data: dict[str, JSON], *, by: str | None = None) -> dict[str, JSON]:
        """Change a document; return it."""
        return dict(self.done("PUT", f"{CM}/{uid}/{document}", data, by=by)["data"])

    def act(self, uid: str, document: str, action: str, body: JSON = None) -> dict[str, JSON]:
        """Publish, unpublish or discard a document; return it."""
        return dict(self.done("POST", f"{CM}/{uid}/{document}/actions/{action}", body or {})["data"])

    def read(self, uid: str, document: str, query: str = "") -> dict[str, JSON]:
        """Return a document."""
        return dict(self.done("GET", f"{CM}/{uid}/{document}{query}")["data"])

    def related(self, uid: str, document: str, name: str, title: str = "title") -> list[JSON]:
        """Return what the entries that an attribute lists are called, in the order of the list."""
        page = self.done("GET", f"/content-manager/relations/{uid}/{document}/{name}?pageSize=100")
        return [entry[title] for entry in reversed(page["results"])]

    def locale(self, code: str) -> None:
        """Add a locale."""
        self.done("POST", "/i18n/locales", {"code": code, "name": code, "isDefault": False})

    def table(self, name: str) -> list[tuple[Any, ...]]:
        """Return all rows of a table."""
        return self.backend.read(f"SELECT * FROM {name} ORDER BY id")  # noqa: S608 - tables of the test
