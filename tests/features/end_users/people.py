"""People who use a site: shortcuts to what tests of end users begin with."""

from __future__ import annotations

from typing import Any

import httpx

from tests.features.backend import PASSWORD, Backend

JSON = Any  # any JSON value
REGISTER = "/api/auth/local/register"
SIGN_IN = "/api/auth/local"
ME = "/api/users/me"


class People:
    """A server with a super admin, who has an API token with full access."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.root = backend.first_admin()
        self.full = self.token("full-access")

    def call(self, method: str, path: str, body: JSON = None, **more: Any) -> httpx.Response:  # noqa: ANN401 - as Backend.call takes them
        return self.backend.call(method, path, body, **more)

    def token(self, type_: str, *actions: str) -> str:
        """Create an API token and return its key."""
        body = {"name": " ".join((type_, *actions)), "description": "", "type": type_, "lifespan": None}
        custom = {"permissions": list(actions)} if type_ == "custom" else {}
        made = self.call("POST", "/admin/api-tokens", {**body, **custom}, key=self.root)
        assert made.status_code == 201, made.text
        return str(made.json()["data"]["accessKey"])

    def register(self, name: str = "eve", **more: Any) -> dict[str, JSON]:  # noqa: ANN401 - any JSON
        """Register somebody and return the answer."""
        body = {"username": name, "email": f"{name}@example.com", "password": PASSWORD}
        made = self.call("POST", REGISTER, body, **more)
        assert made.status_code == 200, made.text
        answer: dict[str, JSON] = made.json()
        return answer

    def sign_in(self, name: str = "eve", password: str = PASSWORD, **more: JSON) -> httpx.Response:
        """Sign in."""
        return self.call("POST", SIGN_IN, {"identifier": name, "password": password, **more})

    def is_in(self, jwt: str) -> bool:
        """Tell whether somebody is signed in."""
        status = self.call("GET", ME, key=jwt).status_code
        assert status in (200, 401)
        return status == 200

    def advanced(self, **changes: JSON) -> None:
        """Change the settings of end users."""
        answer = self.call("PUT", "/users-permissions/advanced", changes, key=self.root)
        assert answer.status_code == 200, answer.text

    def role(self, type_: str) -> int:
        """Return the id of a role."""
        return int(self.backend.read("SELECT id FROM up_roles WHERE type = ?1 ORDER BY id", type_)[0][0])

    def allow(self, type_: str, *actions: str, enabled: bool = True) -> None:
        """Switch actions of a role on or off."""
        path = f"/users-permissions/roles/{self.role(type_)}"
        grid = self.call("GET", path, key=self.root).json()["role"]["permissions"]
        for action in actions:
            group, controller, verb = action.rsplit(".", 2)
            grid[group]["controllers"][controller][verb]["enabled"] = enabled
        answer = self.call("PUT", path, {"permissions": grid}, key=self.root)
        assert answer.status_code == 200, answer.text


def told(answer: httpx.Response) -> tuple[int, str | None]:
    """Return the status of an answer, and the message if it is a refusal."""
    body = answer.json() if answer.content else {}
    return answer.status_code, body.get("error", {}).get("message") if isinstance(body, dict) else None
