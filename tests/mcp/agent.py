"""An agent that speaks to the MCP endpoint of a server in this process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.features.backend import Backend
from tests.features.newsroom import ARTICLE, may

JSON = Any  # any JSON value
ACCEPT = "application/json, text/event-stream"
NEWEST = "2026-07-28"
HOMEPAGE = "api::homepage.homepage"
LOCALIZED = (ARTICLE, HOMEPAGE)
WITH_FIELDS = ("create", "read", "update")
EVERY = (*WITH_FIELDS, "delete", "publish")


@dataclass(frozen=True, slots=True)
class Desk:
    """A server, and the administrator who hands out tokens."""

    backend: Backend
    root: str

    @classmethod
    def open(cls, folder: Path, source: Path, settings: str = "") -> Desk:
        """Start a server with the MCP endpoint on."""
        (folder / "config").mkdir()
        (folder / "config" / "server.toml").write_text(f"[mcp]\nenabled = true\n{settings}")
        backend = Backend(folder, source=source)
        return cls(backend, backend.first_admin())

    def agent(self, *permissions: dict[str, JSON], name: str = "agent") -> Agent:
        """Return somebody who holds an admin token with these permissions."""
        body = {"name": name, "description": "", "adminPermissions": list(permissions), "lifespan": None}
        answer = self.backend.call("POST", "/admin/admin-tokens", body, key=self.root)
        assert answer.status_code == 201, answer.text
        return Agent(self.backend, answer.json()["data"]["accessKey"])


@dataclass(frozen=True, slots=True)
class Agent:
    """Whoever holds a key and sends messages."""

    backend: Backend
    key: str | None

    def post(self, message: JSON, **headers: str) -> httpx.Response:
        """Send a message, or a batch of them."""
        sent = {
            "accept": ACCEPT,
            "host": "localhost",
            **{name.replace("_", "-"): text for name, text in headers.items()},
        }
        return self.backend.call("POST", "/mcp", message, key=self.key, headers=sent)

    def ask(self, method: str, **params: JSON) -> JSON:
        """Send a request and return the message that answers it."""
        return self.post(request(method, **params)).json()

    def use(self, tool: str, **arguments: JSON) -> JSON:
        """Use a tool and return its result."""
        answer = self.ask("tools/call", name=tool, arguments=arguments)
        assert "result" in answer, answer
        return answer["result"]

    def told(self, tool: str, **arguments: JSON) -> JSON:
        """Use a tool that works and return what it answers."""
        result = self.use(tool, **arguments)
        assert "structuredContent" in result, result
        return result["structuredContent"]

    def tools(self) -> dict[str, JSON]:
        """Return the tools that are offered, by name."""
        return {tool["name"]: tool for tool in self.ask("tools/list")["result"]["tools"]}


def request(method: str, number: int = 1, **params: JSON) -> dict[str, JSON]:
    """Return a request."""
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


def everything_on(
    uid: str, fields: tuple[str, ...] | None = None, *verbs: str, locales: tuple[str, ...] = ("en", "fr")
) -> list[dict[str, JSON]]:
    """Return every permission on a type, or some of them; locales count where the type has them."""
    named: dict[str, JSON] = {"locales": list(locales)} if uid in LOCALIZED else {}
    given: dict[str, JSON] = {} if fields is None else {"fields": list(fields)}
    return [
        may(f"plugin::content-manager.explorer.{verb}", uid, **named, **(given if verb in WITH_FIELDS else {}))
        for verb in verbs or EVERY
    ]
