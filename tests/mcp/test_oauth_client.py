"""The official client gets itself access by OAuth, with a person who consents."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import httpx2
from mcp.client.auth import AuthorizationCodeResult, OAuthClientProvider
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import OAuthClientInformationFull, OAuthClientMetadata, OAuthToken
from pydantic import AnyUrl

from tests.features.backend import Backend
from tests.features.newsroom import ARTICLE, SOURCE
from tests.mcp.agent import everything_on

URL = "http://localhost"
SETTINGS = f'url = "{URL}"\n[mcp]\nenabled = true\n[mcp.oauth]\nenabled = true\nregistration = true\n'


class Kept:
    """What a client remembers."""

    def __init__(self) -> None:
        self.tokens: OAuthToken | None = None
        self.client: OAuthClientInformationFull | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.client = client_info


def test_the_official_client_is_granted_access(tmp_path: Path) -> None:
    """
    The client finds the addresses by itself, registers, asks a person, and works within what was granted.
    """
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "server.toml").write_text(SETTINGS)
    backend = Backend(tmp_path, source=SOURCE)
    try:
        kept = Kept()
        tools = asyncio.run(_walk(backend, backend.first_admin(), kept))
    finally:
        backend.close()

    assert "list_article" in tools
    assert "list_event" not in tools
    assert kept.tokens is not None
    assert kept.tokens.access_token.startswith("tso_")
    assert kept.tokens.refresh_token


async def _walk(backend: Backend, root: str, kept: Kept) -> list[str]:
    transport = httpx2.ASGITransport(cast("Any", backend.application))
    asked: list[str] = []

    async def consent() -> AuthorizationCodeResult:
        async with httpx2.AsyncClient(transport=transport, base_url=URL) as person:
            page = (await person.get(asked[0])).headers["location"]
            body = {
                "request": urlsplit(page).query,
                "name": "Agent",
                "lifespan": None,
                "adminPermissions": everything_on(ARTICLE),
            }
            headers = {"authorization": f"Bearer {root}"}
            answer = await person.post("/admin/oauth/authorizations", json=body, headers=headers)
        back = parse_qs(urlsplit(answer.json()["data"]["redirectTo"]).query)
        return AuthorizationCodeResult(code=back["code"][0], state=back["state"][0], iss=back["iss"][0])

    async def redirected(address: str) -> None:
        asked.append(address)

    metadata = OAuthClientMetadata(client_name="Official", redirect_uris=[AnyUrl("http://127.0.0.1:5000/back")])
    auth = OAuthClientProvider(f"{URL}/mcp", metadata, kept, redirected, consent)
    async with httpx2.AsyncClient(transport=transport, auth=auth) as http:
        streams = streamable_http_client(f"{URL}/mcp", http_client=http)
        async with Client(streams, mode="auto") as client:
            return [tool.name for tool in (await client.list_tools()).tools]
