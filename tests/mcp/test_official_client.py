"""The official client drives the server, in the revisions with a handshake and in the newest one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client

from tests.features.newsroom import ARTICLE, EVENT
from tests.mcp.agent import HOMEPAGE, NEWEST, Agent, Desk, everything_on

T = TypeVar("T")


def driven(agent: Agent, mode: str, work: Callable[[Client], Awaitable[T]]) -> T:
    """Do some work with a client that is connected."""

    async def connected() -> T:
        transport = httpx2.ASGITransport(cast("Any", agent.backend.application))
        headers = {"authorization": f"Bearer {agent.key}"}
        async with httpx2.AsyncClient(transport=transport, headers=headers) as http:
            streams = streamable_http_client("http://localhost/mcp", http_client=http)
            async with Client(streams, mode=mode) as client:
                return await work(client)

    return asyncio.run(connected())


@pytest.mark.parametrize(("mode", "spoken"), [("legacy", "2025-11-25"), ("auto", NEWEST)])
def test_the_client_agrees_on_a_revision(desk: Desk, mode: str, spoken: str) -> None:
    """
    A client that begins with a handshake and one that asks what is spoken both find a revision.
    """
    agent = desk.agent(*everything_on(EVENT))

    async def revision(client: Client) -> str:
        return str(client.protocol_version)

    assert spoken == driven(agent, mode, revision)


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_the_client_uses_every_tool(desk: Desk, mode: str) -> None:
    """
    The client takes every tool of three types, and finds each structured answer as its schema says.
    """
    agent = desk.agent(*everything_on(EVENT), *everything_on(ARTICLE), *everything_on(HOMEPAGE))

    async def walk(client: Client) -> list[str]:
        offered = [tool.name for tool in (await client.list_tools()).tools]
        used: list[str] = []

        async def use(name: str, **arguments: object) -> Any:  # noqa: ANN401 - the answer of any tool
            result = await client.call_tool(name, arguments)
            assert not result.is_error, result
            used.append(name)
            return result.structured_content

        article = {"title": "Moon", "blocks": [{"__component": "shared.quote", "text": "Small step"}]}
        for kind, data in (("event", {"title": "Launch"}), ("article", article)):
            document = {"documentId": (await use(f"create_{kind}", data=data))["data"]["documentId"]}
            await use(f"list_{kind}")
            await use(f"get_{kind}", **document)
            await use(f"update_{kind}", **document, data={"title": "Other"})
            await use(f"publish_{kind}", **document)
            await use(f"discard_{kind}_draft", **document)
            await use(f"unpublish_{kind}", **document)
            await use(f"delete_{kind}", **document)
        await use("write_homepage", data={"headline": "Welcome"})
        for name in ("get_homepage", "publish_homepage", "discard_homepage_draft", "unpublish_homepage"):
            await use(name)
        await use("delete_homepage")
        return [name for name in offered if name not in used]

    assert [] == driven(agent, mode, walk)


def test_the_client_reads_resources_and_prompts(desk: Desk) -> None:
    """
    In the newest revision the client lists and reads descriptions and documents, and fills a prompt.
    """
    agent = desk.agent(*everything_on(EVENT))
    document = agent.told("create_event", data={"title": "Launch"})["data"]["documentId"]

    async def walk(client: Client) -> tuple[int, int, str, str]:
        resources = (await client.list_resources()).resources
        templates = (await client.list_resource_templates()).resource_templates
        read = await client.read_resource(f"tessera://documents/{EVENT}/{document}")
        prompt = await client.get_prompt("review_document", {"type": EVENT, "documentId": document})
        content: Any = prompt.messages[0].content
        body: Any = read.contents[0]
        return len(resources), len(templates), str(body.text), str(content.text)

    resources, templates, body, text = driven(agent, "auto", walk)

    assert (1, 2) == (resources, templates)
    assert "Launch" in body
    assert document in text
