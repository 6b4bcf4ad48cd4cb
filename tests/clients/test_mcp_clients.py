"""Clients of the Model Context Protocol that others have written find their way with Tessera's server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.node import run
from tests.clients.serving import keyed, served
from tests.features.newsroom import ARTICLE, EVENT, SOURCE
from tests.mcp.agent import JSON, Desk, everything_on

pytestmark = pytest.mark.clients

INSPECTOR = "@modelcontextprotocol/inspector/clients/launcher/build/index.js"
CONFORMANCE = "@modelcontextprotocol/conformance/dist/index.js"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a server that offers everything in every revision."""
    folder = tmp_path / "project"
    folder.mkdir()
    opened = Desk.open(folder, SOURCE, "resources = true\ncallsPerMinute = 0\n")
    yield opened
    opened.backend.close()


def test_the_conformance_suite_passes_but_for_what_is_explained(desk: Desk, tmp_path: Path) -> None:
    """
    Every scenario of the official suite passes that conformance.yaml does not explain, and none of those does.
    """
    agent = desk.agent(*everything_on(EVENT), *everything_on(ARTICLE))
    explained = Path(__file__).with_name("conformance.yaml")
    with served(keyed(desk.backend.application, str(agent.key))) as address:
        url = f"{address}/mcp"
        done = run(CONFORMANCE, "server", "--url", url, "--expected-failures", str(explained), home=tmp_path)

    assert 0 == done.returncode, done.stdout[-4000:] + done.stderr[-2000:]
    assert "✓ dns-rebinding-protection" in done.stdout


def test_the_inspector_uses_every_tool(desk: Desk, tmp_path: Path) -> None:
    """
    The inspector's command line lists what is offered, and uses each tool of a type with drafts.
    """
    agent = desk.agent(*everything_on(EVENT))
    with served(desk.backend.application) as address:

        def inspect(method: str, *arguments: str) -> JSON:
            key = f"Authorization: Bearer {agent.key}"
            asked = ("--cli", f"{address}/mcp", "--transport", "http", "--header", key, "--method", method)
            done = run(INSPECTOR, *asked, *arguments, home=tmp_path)
            assert 0 == done.returncode, done.stdout + done.stderr
            return json.loads(done.stdout)

        def use(tool: str, **arguments: JSON) -> JSON:
            used.append(tool)
            pairs = [
                f"{name}={given if isinstance(given, str) else json.dumps(given)}" for name, given in arguments.items()
            ]
            result = inspect(
                "tools/call", "--tool-name", tool, *(each for pair in pairs for each in ("--tool-arg", pair))
            )
            assert not result.get("isError"), result
            return result["structuredContent"]

        used: list[str] = []
        offered = [tool["name"] for tool in inspect("tools/list")["tools"]]
        document = {"documentId": use("create_event", data={"title": "Launch"})["data"]["documentId"]}
        use("update_event", **document, data={"title": "Ball"})
        for tool in ("get_event", "publish_event", "discard_event_draft", "unpublish_event"):
            use(tool, **document)
        listed = use("list_event")["results"]
        uri = f"tessera://documents/{EVENT}/{document['documentId']}"
        read = inspect("resources/read", "--uri", uri)["contents"][0]["text"]
        use("delete_event", **document)

    assert ["Ball"] == [each["title"] for each in listed]
    assert "Ball" in read
    assert sorted(offered) == sorted(used)
