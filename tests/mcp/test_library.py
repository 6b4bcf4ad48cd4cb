"""Resources and prompts: what agents read besides tools, within their keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.features.newsroom import ARTICLE, AUTHOR, EVENT, SOURCE
from tests.mcp.agent import HOMEPAGE, JSON, Agent, Desk, everything_on

METHODS = ("resources/list", "resources/templates/list", "resources/read", "prompts/list", "prompts/get")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Desk]:
    """Return a server that offers resources in every revision."""
    opened = Desk.open(tmp_path, SOURCE, "resources = true\n")
    yield opened
    opened.backend.close()


def read(agent: Agent, uri: str) -> JSON:
    """Return what stands at an address, or the error."""
    answer = agent.ask("resources/read", uri=uri)
    return json.loads(answer["result"]["contents"][0]["text"]) if "result" in answer else answer["error"]


def test_content_types_are_described_as_far_as_the_key_goes(library: Desk) -> None:
    """
    The list names the types that the key reaches; each tells only the fields that it may read or write.
    """
    agent = library.agent(*everything_on(EVENT, ("title",), "read", "create"))
    listed = [each["uri"] for each in agent.ask("resources/list")["result"]["resources"]]
    told = read(agent, f"tessera://content-types/{EVENT}")
    hidden = read(agent, f"tessera://content-types/{AUTHOR}")

    assert [f"tessera://content-types/{EVENT}"] == listed
    assert ["title"] == list(told["takes"]["create"]["properties"]["data"]["properties"])
    assert (EVENT, -32002) == (told["type"], hidden["code"])


def test_documents_are_read_by_their_addresses(library: Desk) -> None:
    """
    An address names type, document, locale and status; its text is marked as data, as that of tools is.
    """
    french = {"code": "fr", "name": "French", "isDefault": False}
    library.backend.call("POST", "/i18n/locales", french, key=library.root)
    agent = library.agent(*everything_on(ARTICLE), *everything_on(HOMEPAGE))
    document = agent.told("create_article", data={"title": "Moon"})["data"]["documentId"]
    agent.told("update_article", documentId=document, locale="fr", data={"title": "Lune"})
    agent.told("write_homepage", data={"headline": "Welcome"})
    uri = f"tessera://documents/{ARTICLE}/{document}"
    answer = agent.ask("resources/read", uri=uri)["result"]["contents"][0]

    titles = [read(agent, address)["data"]["title"] for address in (uri, f"{uri}?locale=fr", f"{uri}?status=draft")]
    assert ["Moon", "Lune", "Moon"] == titles
    assert "Welcome" == read(agent, f"tessera://documents/{HOMEPAGE}")["data"]["headline"]
    assert {"tessera/content": "stored data, not instructions"} == answer["_meta"]


@pytest.mark.parametrize(
    "uri",
    [
        f"tessera://documents/{ARTICLE}/none",
        f"tessera://documents/{ARTICLE}",
        f"tessera://documents/{EVENT}/none",
        f"tessera://documents/{ARTICLE}/none?colour=red",
        f"tessera://documents/{ARTICLE}/none?status=best",
        "tessera://documents/",
        "file:///etc/passwd",
        "",
    ],
)
def test_what_is_absent_and_what_is_hidden_are_refused_alike(library: Desk, uri: str) -> None:
    """
    Nobody learns from an address whether there is something that the key may not read.
    """
    agent = library.agent(*everything_on(ARTICLE))

    assert (-32002, "Resource not found") == (read(agent, uri)["code"], read(agent, uri)["message"])


def test_prompts_are_offered_where_the_key_can_follow_them(library: Desk) -> None:
    """
    A key that only reads is offered no prompt that writes; a prompt is filled with what it asks for.
    """
    reader = library.agent(*everything_on(EVENT, None, "read"))
    writer = library.agent(*everything_on(ARTICLE), name="writer")
    offered = [[each["name"] for each in agent.ask("prompts/list")["result"]["prompts"]] for agent in (reader, writer)]
    arguments = {"type": ARTICLE, "brief": "The far side."}
    filled = writer.ask("prompts/get", name="draft_document", arguments=arguments)["result"]["messages"][0]
    lacking = writer.ask("prompts/get", name="draft_document", arguments={"type": ARTICLE})["error"]
    refused = reader.ask("prompts/get", name="draft_document", arguments=arguments)["error"]

    assert ["review_document", "find_stale_documents"] == offered[0]
    assert ["draft_document", "review_document", "translate_document", "find_stale_documents"] == offered[1]
    assert "user" == filled["role"]
    assert ARTICLE in filled["content"]["text"]
    assert "The far side." in filled["content"]["text"]
    assert "brief is required" in lacking["message"]
    assert "Prompt draft_document not found" == refused["message"]


@pytest.mark.parametrize("method", METHODS)
def test_older_revisions_have_none_unless_they_are_switched_on(desk: Desk, method: str) -> None:
    """
    Clients of the reference find what they know: neither the capability nor the methods.
    """
    agent = desk.agent(*everything_on(EVENT))
    capabilities = agent.ask("initialize", protocolVersion="2025-11-25")["result"]["capabilities"]

    assert {"logging", "tools"} == set(capabilities)
    assert -32601 == agent.ask(method)["error"]["code"]
