"""A server for each test, and forms with files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from tests.features.backend import Backend

Send = Callable[..., httpx.Response]


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    """Return a server with an empty database."""
    opened = Backend(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def root(backend: Backend) -> str:
    """Return the access token of the first administrator."""
    return backend.first_admin()


@pytest.fixture
def send(backend: Backend, root: str) -> Send:
    """Return what uploads logos: the files, or fields as `(None, text)`, by name."""

    def upload(files: Any, key: str = root) -> httpx.Response:  # noqa: ANN401 - as httpx takes them
        async def exchange() -> httpx.Response:
            transport = httpx.ASGITransport(cast("Any", backend.application))
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
                headers = {"authorization": f"Bearer {key}"}
                return await client.post("/admin/project-settings", files=files, headers=headers)

        return asyncio.run(exchange())

    return upload
