"""What reaches several documents, or destroys, is looked at before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.features.newsroom import EVENT, SOURCE
from tests.mcp.agent import Agent, Desk, everything_on


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a server whose catalogue says all that is known."""
    opened = Desk.open(tmp_path, SOURCE, 'catalogue = "typed"\n')
    yield opened
    opened.backend.close()


def events(agent: Agent, count: int = 3) -> list[str]:
    """Create some events and return their ids."""
    return [agent.told("create_event", data={"title": f"Event {n}"})["data"]["documentId"] for n in range(count)]


def test_a_bulk_action_shows_what_it_would_do_and_needs_the_code_of_that(desk: Desk) -> None:
    """
    The dry run names every document and a code; without the code nothing happens, with it everything does.
    """
    agent = desk.agent(*everything_on(EVENT))
    named = {"documentIds": events(agent)}
    seen = agent.told("publish_many_event", **named, dryRun=True)
    refused = agent.use("publish_many_event", **named)
    before = agent.told("list_event", status="published")["pagination"]["total"]
    done = agent.told("publish_many_event", **named, confirm=seen["dryRun"]["confirm"])
    after = agent.told("list_event", status="published")["pagination"]["total"]

    shown = [each["documentId"] for each in seen["dryRun"]["changes"]["documents"]["before"]]
    assert sorted(named["documentIds"]) == sorted(shown)
    assert (True, 0, {"data": {"count": 3}}, 3) == (refused.get("isError"), before, done, after)


@pytest.mark.parametrize("tool", ["delete_many_event", "unpublish_many_event"])
def test_a_code_holds_only_while_no_document_has_changed(desk: Desk, tool: str) -> None:
    """
    A change of one of the documents spoils the code, also for a key that may not read them.
    """
    writer, agent = (
        desk.agent(*everything_on(EVENT)),
        desk.agent(*everything_on(EVENT, None, "delete", "publish"), name="x"),
    )
    named = {"documentIds": events(writer)}
    published = writer.told("publish_many_event", **named, dryRun=True)["dryRun"]["confirm"]
    writer.told("publish_many_event", **named, confirm=published)
    stale = agent.told(tool, **named, dryRun=True)["dryRun"]["confirm"]
    desk.backend.clock.ahead += 1000
    writer.told("update_event", documentId=named["documentIds"][2], data={"title": "Other"})
    refused = agent.use(tool, **named, confirm=stale)
    fresh = agent.told(tool, **named, dryRun=True)["dryRun"]["confirm"]

    assert refused["isError"]
    assert {"data": {"count": 3}} == agent.told(tool, **named, confirm=fresh)


def test_a_code_is_good_for_one_key_and_one_call(desk: Desk) -> None:
    """
    Another key, another tool or other documents need a code of their own.
    """
    agent, other = desk.agent(*everything_on(EVENT)), desk.agent(*everything_on(EVENT), name="other")
    ids = events(agent)
    code = agent.told("delete_many_event", documentIds=ids[:2], dryRun=True)["dryRun"]["confirm"]
    refused = [
        other.use("delete_many_event", documentIds=ids[:2], confirm=code),
        agent.use("delete_many_event", documentIds=ids, confirm=code),
        agent.use("publish_many_event", documentIds=ids[:2], confirm=code),
    ]

    assert all(result["isError"] for result in refused)
    assert 3 == agent.told("list_event")["pagination"]["total"]


def test_what_a_key_lacks_is_named_where_it_knows_the_type(desk: Desk) -> None:
    """
    A tool that is not offered names the permission it would need, but not for a type that the key does not reach.
    """
    agent = desk.agent(*everything_on(EVENT, None, "read"))
    told = agent.use("delete_event", documentId="x")["content"][0]["text"]
    hidden = [agent.ask("tools/call", name=name)["error"]["message"] for name in ("get_author", "get_nothing")]

    needed = "the key would need plugin::content-manager.explorer.delete on api::event.event"
    assert f'Tool "delete_event" is not offered: {needed}' == told
    assert ["Tool get_author not found", "Tool get_nothing not found"] == hidden
