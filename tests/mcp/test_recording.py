"""Every call of a tool is recorded with the token that made it."""

from __future__ import annotations

from tests.features.newsroom import EVENT
from tests.mcp.agent import JSON, Desk, everything_on

MEMBERS = ("origin", "action", "outcome", "subject", "target")


def calls(desk: Desk) -> list[dict[str, JSON]]:
    """Return the calls in the audit log, the oldest first, as an administrator reads it."""
    path = "/admin/audit-logs?pageSize=100&filters[action]=mcp.tool-call"
    answer = desk.backend.call("GET", path, key=desk.root)
    assert answer.status_code == 200, answer.text
    return list(reversed(answer.json()["results"]))


def test_a_call_is_recorded_with_its_token_tool_document_and_outcome(desk: Desk) -> None:
    """
    Reading, writing, trying and being refused leave an entry each.
    """
    agent = desk.agent(*everything_on(EVENT, None, "read", "create", "update"), name="clerk")
    document = agent.told("create_event", data={"title": "Launch"})["data"]["documentId"]
    agent.told("list_event")
    agent.told("update_event", documentId=document, data={"title": "Ball"}, dryRun=True)
    agent.use("update_event", documentId=document, data={"colour": "red"})
    agent.ask("tools/call", name="delete_event", arguments={"documentId": document})
    agent.ask("tools/call", name="no_such_tool")
    log = calls(desk)

    assert [
        ("create_event", None, "done", EVENT, document),
        ("list_event", None, "done", EVENT, None),
        ("update_event", True, "done", EVENT, document),
        ("update_event", None, "refused", EVENT, document),
        ("delete_event", None, "refused", EVENT, document),
        ("no_such_tool", None, "refused", None, None),
    ] == [
        (
            entry["payload"]["tool"],
            entry["payload"].get("dryRun") or None,
            entry["outcome"],
            entry["subject"],
            entry["target"],
        )
        for entry in log
    ]
    assert {("mcp", "admin token", "clerk")} == {
        (entry["origin"], entry["credential"]["type"], entry["credential"]["name"]) for entry in log
    }


def test_what_a_tool_changed_is_recorded_as_the_agents_change(desk: Desk) -> None:
    """
    The change of a document names the same token and door as the call; a dry run leaves no change in the log.
    """
    agent = desk.agent(*everything_on(EVENT), name="clerk")
    agent.told("create_event", data={"title": "Launch"}, dryRun=True)
    agent.told("create_event", data={"title": "Launch"})
    answer = desk.backend.call("GET", "/admin/audit-logs?filters[action]=entry.create", key=desk.root).json()

    assert [("mcp", "clerk")] == [(entry["origin"], entry["credential"]["name"]) for entry in answer["results"]]
