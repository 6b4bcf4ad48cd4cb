"""What the settings make of the tools: all that is known about them, or a handful for all types."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import orjson
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # comes with the official client

from tests.features.newsroom import ARTICLE, AUTHOR, EVENT, SOURCE
from tests.mcp.agent import HOMEPAGE, JSON, Agent, Desk, everything_on

TYPES = (ARTICLE, AUTHOR, EVENT, HOMEPAGE, "api::category.category", "api::setting.setting")
QUOTE = {"__component": "shared.quote", "text": "Small step"}


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[dict[str, Desk]]:
    """Return the servers that a test opens, by catalogue."""
    opened: dict[str, Desk] = {}
    for catalogue in ("reference", "typed", "compact"):
        (tmp_path / catalogue).mkdir()
        opened[catalogue] = Desk.open(tmp_path / catalogue, SOURCE, f'catalogue = "{catalogue}"\n')
    yield opened
    for desk in opened.values():
        desk.backend.close()


def editor(desk: Desk) -> Agent:
    """Return an agent that may do everything with all types of the project."""
    return desk.agent(*(permission for uid in TYPES for permission in everything_on(uid)))


def size_of(agent: Agent) -> int:
    """Return how many bytes the list of tools has."""
    return len(orjson.dumps(agent.ask("tools/list")["result"]["tools"]))


def test_the_compact_catalogue_is_small(open_desk: dict[str, Desk]) -> None:
    """
    The tools for all types together take less than ten kilobytes, however many types there are.
    """
    assert size_of(editor(open_desk["compact"])) < 10_000 < size_of(editor(open_desk["reference"]))


def test_fourteen_types_cost_little(tmp_path: Path) -> None:
    """
    Of fourteen types the compact list stays below ten kilobytes, and no list takes longer than 20 ms once it is known.
    """
    wide = tmp_path / "wide"
    copytree(SOURCE / "src", wide / "src")
    event = (SOURCE / "src/api/event/content-types/event/schema.json").read_text()
    for number in range(8):
        name = f"happening{number}"
        folder = wide / f"src/api/{name}/content-types/{name}"
        folder.mkdir(parents=True)
        own = event.replace('"event"', f'"{name}"').replace('"events"', f'"{name}s"').replace('"Event"', f'"{name}"')
        (folder / "schema.json").write_text(own)
    types = (*TYPES, *(f"api::happening{number}.happening{number}" for number in range(8)))
    for catalogue in ("compact", "typed"):
        (tmp_path / catalogue).mkdir()
        desk = Desk.open(tmp_path / catalogue, wide, f'catalogue = "{catalogue}"\n')
        agent = desk.agent(*(permission for uid in types for permission in everything_on(uid)))
        size, spent = size_of(agent), min(_seconds(agent, "tools/list") for _ in range(5))
        named = len(agent.told("list_content_types")["types"]) if catalogue == "compact" else len(types)
        desk.backend.close()

        assert len(types) == named == 14
        assert spent < 0.020
        assert catalogue == "typed" or size < 10_000


def test_a_list_costs_little(open_desk: dict[str, Desk]) -> None:
    """
    A call of a list takes less than 5 ms of processor time once its question is known, the test's own client included.
    """
    agent = editor(open_desk["typed"])

    assert min(_seconds(agent, "tools/call", name="list_article", arguments={}) for _ in range(20)) < 0.005


def _seconds(agent: Agent, method: str, **params: JSON) -> float:
    began = time.process_time()
    agent.ask(method, **params)
    return time.process_time() - began


def test_the_compact_tools_do_what_the_others_do(open_desk: dict[str, Desk]) -> None:
    """
    With the compact tools an agent finds its way from the list of types to a published article.
    """
    agent = editor(open_desk["compact"])
    types = [each["type"] for each in agent.told("list_content_types")["types"]]
    described = agent.told("describe_content_type", type=ARTICLE)
    data = {"title": "Moon", "blocks": [QUOTE]}
    document = agent.told("save_document", type=ARTICLE, data=data)["data"]["documentId"]
    article = {"type": ARTICLE, "documentId": document}
    changed = agent.told("save_document", **article, data={"summary": "A moon"})["data"]
    published = agent.told("publish_document", **article)["data"]["status"]
    listed = agent.told("list_documents", type=ARTICLE, filters={"title": "Moon"})["pagination"]["total"]
    tried = agent.told("delete_document", **article, dryRun=True)
    agent.told("delete_document", **article, confirm=tried["dryRun"]["confirm"])

    assert set(types) == set(TYPES)
    assert {"list", "create", "update"} == set(described["takes"])
    assert ("Moon", "A moon", "published", 1) == (changed["title"], changed["summary"], published, listed)


def test_the_compact_tools_refuse_what_the_others_refuse(open_desk: dict[str, Desk]) -> None:
    """
    Arguments are held to the shape of the type's own tool, and rights to those of the token.
    """
    desk = open_desk["compact"]
    agent = desk.agent(*everything_on(EVENT, ("title",), "read", "create"))
    refused = [
        agent.use("save_document", type=EVENT, data={"title": "x", "capacity": 1}),
        agent.use("save_document", type=EVENT, documentId="x", data={"title": "x"}),
        agent.use("list_documents", type=ARTICLE),
        agent.use("list_documents", type=EVENT, filters={"capacity": 1}),
    ]

    needed = f"the key would need plugin::content-manager.explorer.update on {EVENT}"
    invalid = "Input validation error: Invalid arguments for tool"
    assert [
        f'{invalid} save_document: data: Unrecognized key: "capacity"',
        f'Tool "save_document" execution failed: Forbidden access: {needed}',
        f'{invalid} list_documents: type: Invalid input: expected "{EVENT}"',
        f'{invalid} list_documents: filters: Unrecognized key: "capacity"',
    ] == [result["content"][0]["text"] for result in refused]


def test_typed_answers_are_as_described(open_desk: dict[str, Desk]) -> None:
    """
    In the typed catalogue every answer is valid against a schema that tells fields, components and zones.
    """
    agent = editor(open_desk["typed"])
    tools = agent.tools()
    author = agent.told("create_author", data={"name": "Ada"})["data"]["documentId"]
    whole: JSON = {
        "title": "Moon",
        "views": 7,
        "impressions": "9007199254740993",
        "publishOn": "2031-01-02",
        "metadata": {"tags": [1]},
        "author": author,
        "content": [{"type": "paragraph", "children": [{"type": "text", "text": "To the moon"}]}],
        "seo": {"metaTitle": "The moon"},
        "sources": [{"label": "one"}],
        "blocks": [QUOTE],
        "summary": None,
    }
    Draft202012Validator(tools["create_article"]["inputSchema"]).validate({"data": whole, "dryRun": True})
    made = agent.told("create_article", data=whole)
    document = {"documentId": made["data"]["documentId"]}
    answers = {
        "create_article": made,
        "get_article": agent.told("get_article", **document),
        "list_article": agent.told("list_article", sort="updatedAt:desc", filters={"createdAt": {"$notNull": "true"}}),
        "update_article": agent.told("update_article", **document, data={"title": "x"}, dryRun=True),
    }
    article = tools["get_article"]["outputSchema"]["properties"]["data"]["anyOf"][0]["properties"]

    for name, answer in answers.items():
        Draft202012Validator(tools[name]["outputSchema"]).validate(answer)
    assert {"shared.quote", "shared.rich-text", "shared.link"} == {
        option["properties"]["__component"]["const"] for option in article["blocks"]["items"]["anyOf"]
    }


def test_schemas_and_refusals_agree(open_desk: dict[str, Desk]) -> None:
    """
    What a typed schema refuses the tool refuses, and what it accepts is not refused as an argument.
    """
    agent = editor(open_desk["typed"])
    schema = Draft202012Validator(agent.tools()["create_article"]["inputSchema"])
    data: list[JSON] = [
        {"title": "x"},
        {},
        {"title": None},
        {"title": "x" * 121},
        {"title": "x", "views": 1.5},
        {"title": "x", "views": True},
        {"title": "x", "kind": "gossip"},
        {"title": "x", "unknown": 1},
        {"title": "x", "blocks": [{"text": "x"}]},
        {"title": "x", "blocks": ["x"]},
        {"title": "x", "blocks": [QUOTE]},
        {"title": "x", "sources": [{"label": "x"}] * 4},
        {"title": "x", "seo": None},
        {"title": "x", "content": [{"type": "video"}]},
        {"title": "x", "author": 7},
    ]
    accepted = [schema.is_valid({"data": each}) for each in data]
    results = [agent.use("create_article", data=each, dryRun=True) for each in data]

    assert accepted == [not result["content"][0]["text"].startswith("Input validation") for result in results]


def test_destructive_calls_can_be_made_to_need_a_confirmation(tmp_path: Path) -> None:
    """
    Where the settings say so, a deletion is done only with the code that the first call answers; a change spoils it.
    """
    desk = Desk.open(tmp_path, SOURCE, "confirmDestructive = true\n")
    agent = desk.agent(*everything_on(EVENT))
    event = {"documentId": agent.told("create_event", data={"title": "Launch"})["data"]["documentId"]}

    def code() -> str:
        text: str = agent.use("delete_event", **event)["content"][0]["text"]
        return text.partition('confirm: "')[2].partition('"')[0]

    stale = code()
    agent.told("update_event", **event, data={"title": "Ball"})
    refused = agent.use("delete_event", **event, confirm=stale)
    done = agent.told("delete_event", **event, confirm=code())
    desk.backend.close()

    assert (True, {"data": {}}) == (refused["isError"], done)
