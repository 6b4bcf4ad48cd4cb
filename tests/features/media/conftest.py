"""A media library, and a way to send files to it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, cast

import httpx
import pytest

from tests.features.backend import Backend

Sent = tuple[str, bytes, str]  # name, content, media type


class Send(Protocol):
    """Sends a form with files."""

    def __call__(
        self, path: str, *files: Sent, key: str | None, data: Mapping[str, Any] | None = None
    ) -> httpx.Response: ...


@pytest.fixture
def backend(newsroom: Backend) -> Backend:
    """Return a server with content types that have files."""
    return newsroom


@pytest.fixture
def root(backend: Backend) -> str:
    """Return the access token of the first administrator."""
    return backend.first_admin()


@pytest.fixture
def uploads(backend: Backend) -> Path:
    """Return the folder of the project's files, which is made with the first of them."""
    return backend.project.settings.server.public / "uploads"


@pytest.fixture
def site(backend: Backend, root: str) -> str:
    """Return the key of an API token that may do everything."""
    body = {"name": "Site", "description": "", "type": "full-access", "lifespan": None, "permissions": None}
    made = backend.call("POST", "/admin/api-tokens", body, key=root)
    return str(made.json()["data"]["accessKey"])


@pytest.fixture
def send(backend: Backend) -> Send:
    """Return a function that sends a form with files."""

    def sent(path: str, *files: Sent, key: str | None, data: Mapping[str, Any] | None = None) -> httpx.Response:
        form: Sequence[Any] = [("files", file) for file in files]
        return post(backend, path, key, files=form, data=data)

    return sent


def post(backend: Backend, path: str, key: str | None, **how: Any) -> httpx.Response:  # noqa: ANN401 - as httpx takes it
    """Send a body of any kind."""
    headers = {**how.pop("headers", {}), **({"authorization": f"Bearer {key}"} if key else {})}

    async def exchange() -> httpx.Response:
        transport = httpx.ASGITransport(cast("Any", backend.application), client=("203.0.113.9", 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.post(path, headers=headers, **how)

    return asyncio.run(exchange())


def left(folder: Path) -> set[str]:
    """Return the names of everything in a folder, hidden or not."""
    return {path.name for path in folder.iterdir()} if folder.exists() else set()
