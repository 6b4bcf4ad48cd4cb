"""Administrators with roles and tokens, as tests about tokens begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from tests.features.backend import Backend
from tests.features.newsroom import may_manage_tokens

JSON = Any  # any JSON value


@dataclass(frozen=True, slots=True)
class Office:
    """A server, the access token of its super admin, and what it takes to begin."""

    backend: Backend
    root: str

    def role(self, name: str, *permissions: dict[str, JSON]) -> int:
        """Add a role that holds some permissions."""
        made = self.backend.call("POST", "/admin/roles", {"name": name, "description": name}, key=self.root)
        role_id = int(made.json()["data"]["id"])
        self.grant(role_id, *permissions)
        return role_id

    def grant(self, role_id: int, *permissions: dict[str, JSON]) -> None:
        """Replace what a role holds."""
        body = {"permissions": list(permissions)}
        answer = self.backend.call("PUT", f"/admin/roles/{role_id}/permissions", body, key=self.root)
        assert answer.status_code == 200, answer.text

    def owner(self, name: str, *permissions: dict[str, JSON]) -> tuple[int, str, int]:
        """Add an administrator who may manage its tokens and hold more; return its id, access token and role."""
        role_id = self.role(name.title(), *may_manage_tokens(), *permissions)
        user_id, access = self.backend.admin(self.root, name, role_id)
        return user_id, access, role_id

    def ask(self, by: str, *permissions: dict[str, JSON], name: str = "Key", **fields: JSON) -> httpx.Response:
        """Ask for a new admin token; return the answer."""
        body = {"name": name, "description": "", "adminPermissions": list(permissions), **fields}
        return self.backend.call("POST", "/admin/admin-tokens", body, key=by)

    def token(self, by: str, *permissions: dict[str, JSON], name: str = "Key", **fields: JSON) -> dict[str, JSON]:
        """Create an admin token; return its data with the key."""
        answer = self.ask(by, *permissions, name=name, **fields)
        assert answer.status_code == 201, answer.text
        made: dict[str, JSON] = answer.json()["data"]
        return made

    def held(self, token_id: int) -> list[dict[str, JSON]]:
        """Return what a token holds."""
        shown = self.backend.call("GET", f"/admin/admin-tokens/{token_id}", key=self.root).json()["data"]
        kept = ("action", "subject", "properties", "conditions")
        return [{key: permission[key] for key in kept} for permission in shown["adminPermissions"]]
