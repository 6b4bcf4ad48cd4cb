"""Related documents are told in full where that is asked for: within the key, and within budgets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # comes with the official client

from tests.features.newsroom import ARTICLE, AUTHOR, EVENT, SOURCE
from tests.mcp.agent import JSON, Agent, Desk, everything_on


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a server whose catalogue says all that is known."""
    opened = Desk.open(tmp_path, SOURCE, 'catalogue = "typed"\n')
    yield opened
    opened.backend.close()


def written(desk: Desk) -> dict[str, str]:
    """Write an author, an article and an event that are related, and return their ids."""
    writer = desk.agent(*everything_on(ARTICLE), *everything_on(AUTHOR), *everything_on(EVENT), name="writer")
    author = writer.told("create_author", data={"name": "Ada", "bio": "Writes"})["data"]["documentId"]
    article = writer.told("create_article", data={"title": "Moon", "author": author})["data"]["documentId"]
    event = writer.told("create_event", data={"title": "Launch", "host": author})["data"]["documentId"]
    return {"author": author, "article": article, "event": event}


def refusal(agent: Agent, *paths: str) -> str:
    """Return what is said against paths from an event."""
    text: str = agent.use("list_event", populate=list(paths))["content"][0]["text"]
    return text.removeprefix("Input validation error: Invalid arguments for tool list_event: ")


def test_paths_are_filled_in_as_the_schema_says(desk: Desk) -> None:
    """
    A path tells each document on its way, in one document and in lists, and the answers stay as described.
    """
    ids = written(desk)
    agent = desk.agent(*everything_on(ARTICLE), *everything_on(AUTHOR), *everything_on(EVENT))
    one = agent.told("get_event", documentId=ids["event"], populate=["host.articles"])
    many = agent.told("list_event", populate=["host"])
    tools = agent.tools()

    Draft202012Validator(tools["get_event"]["outputSchema"]).validate(one)
    Draft202012Validator(tools["list_event"]["outputSchema"]).validate(many)
    host = one["data"]["host"]
    assert ("Ada", "Writes", ["Moon"]) == (host["name"], host["bio"], [each["title"] for each in host["articles"]])
    assert ["Ada"] == [each["host"]["name"] for each in many["results"]]


def test_each_step_of_a_path_costs_a_statement(desk: Desk) -> None:
    """
    However many documents there are on a page, a step of a path reads them with one statement.
    """
    ids = written(desk)
    agent = desk.agent(*everything_on(AUTHOR), *everything_on(EVENT))
    for number in range(20):
        agent.told("create_event", data={"title": f"Event {number}", "host": ids["author"]})

    def cost(**arguments: JSON) -> int:
        agent.told("list_event", pageSize=20, **arguments)
        with desk.backend.traced() as statements:
            agent.told("list_event", pageSize=20, **arguments)
        return len(statements)

    assert 1 == cost(populate=["host"]) - cost()


def test_a_path_shows_no_more_than_the_key_may_read(desk: Desk) -> None:
    """
    Fields of related documents are those of the right to read them; what may not be read leads nowhere.
    """
    ids = written(desk)
    partial = desk.agent(*everything_on(EVENT), *everything_on(AUTHOR, ("name",), "read"), name="partial")
    blind = desk.agent(*everything_on(EVENT), name="blind")
    narrow = desk.agent(*everything_on(EVENT, ("title",), "read"), *everything_on(AUTHOR), name="narrow")
    host = partial.told("get_event", documentId=ids["event"], populate=["host"])["data"]["host"]

    assert ("Ada", False) == (host["name"], "bio" in host)
    assert "populate.0: host.articles leads to no related documents" == refusal(partial, "host.articles")
    assert "populate.0: host leads to no related documents" == refusal(blind, "host")
    assert "populate.0: host leads to no related documents" == refusal(narrow, "host")


def test_paths_are_bounded(desk: Desk) -> None:
    """
    A path goes through three relations, and there are ten of them; what is no relation is refused by name.
    """
    agent = desk.agent(*everything_on(ARTICLE), *everything_on(AUTHOR), *everything_on(EVENT))

    assert "populate.1: title leads to no related documents" == refusal(agent, "host", "title")
    assert "populate.0: host.createdBy leads to no related documents" == refusal(agent, "host.createdBy")
    assert "goes through more than 3 relations" in refusal(agent, "host.articles.author.articles")
    assert "Too big: expected array to have <=10 items" in refusal(agent, *["host"] * 11)


@pytest.mark.parametrize("sent", ["*", ["nothing"], 5, {"author": True}, None])
def test_the_catalogue_of_the_reference_knows_no_paths(tmp_path: Path, sent: JSON) -> None:
    """
    Whatever an agent sends as `populate` there is overlooked, as the reference does.
    """
    desk = Desk.open(tmp_path, SOURCE)
    agent = desk.agent(*everything_on(AUTHOR))
    answer = agent.use("list_author", populate=sent)
    desk.backend.close()

    assert "structuredContent" in answer
