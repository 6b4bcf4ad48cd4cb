"""Laws of every token: what is offered may be done, what is not offered cannot, and shapes are what counts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.features.newsroom import AUTHOR, EVENT, SOURCE
from tests.mcp.agent import JSON, Agent, Desk, everything_on

FIELDS = {EVENT: ("title", "capacity", "price", "startsAt", "host"), AUTHOR: ("name", "email", "bio", "articles")}
NAMES = {EVENT: "event", AUTHOR: "author"}
VALUES: dict[str, JSON] = {
    "title": "Launch",
    "capacity": 5,
    "price": 1.5,
    "startsAt": "2031-05-01T18:00:00.000Z",
    "host": None,
    "name": "Ada",
    "email": None,
    "bio": "Writes",
    "articles": {"connect": []},
}
REQUIRED = {EVENT: "title", AUTHOR: "name"}
OFFERED_BY = {
    "read": ("list_{}", "get_{}"),
    "create": ("create_{}",),
    "update": ("update_{}", "discard_{}_draft"),
    "delete": ("delete_{}",),
    "publish": ("publish_{}", "unpublish_{}"),
}
DRAFTS = ("discard_{}_draft", "publish_{}", "unpublish_{}")


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Return a server that all examples share."""
    with tempfile.TemporaryDirectory() as folder:
        opened = Desk.open(Path(folder), SOURCE, "callsPerMinute = 0\n")
        yield opened
        opened.backend.close()


@st.composite
def permissions(draw: st.DrawFn) -> dict[tuple[str, str], tuple[str, ...]]:
    """Draw some actions on two types with some fields each; creating includes what is required."""
    drawn: dict[tuple[str, str], tuple[str, ...]] = {}
    for uid, names in FIELDS.items():
        for verb in OFFERED_BY:
            if draw(st.booleans()) and not (verb == "publish" and uid == AUTHOR):
                chosen = draw(st.lists(st.sampled_from(names), unique=True, min_size=1))
                drawn[uid, verb] = tuple(dict.fromkeys((REQUIRED[uid], *chosen)) if verb == "create" else chosen)
    return drawn


def held_by(desk: Desk, drawn: dict[tuple[str, str], tuple[str, ...]]) -> Agent:
    """Return an agent that holds what was drawn."""
    held = [each for (uid, verb), fields in drawn.items() for each in everything_on(uid, fields, verb)]
    count = desk.backend.read("SELECT count(*) FROM strapi_api_tokens")[0][0]
    return desk.agent(*held, name=f"agent {count}")


def tools_of(drawn: dict[tuple[str, str], tuple[str, ...]]) -> set[str]:
    """Return the tools that permissions offer."""
    return {
        form.format(NAMES[uid])
        for uid, verb in drawn
        for form in OFFERED_BY[verb]
        if uid == EVENT or form not in DRAFTS
    }


@settings(max_examples=12)
@given(drawn=permissions())
def test_what_is_offered_may_be_done_and_nothing_else(
    desk: Desk, drawn: dict[tuple[str, str], tuple[str, ...]]
) -> None:
    """
    Each tool that is offered works on rows within the right; each that is not cannot be called by its name.
    """
    agent = held_by(desk, drawn)
    author = desk.backend.call(
        "POST", f"/content-manager/collection-types/{AUTHOR}", {"name": "Ada"}, key=desk.root
    ).json()["data"]["documentId"]
    event = desk.backend.call(
        "POST", f"/content-manager/collection-types/{EVENT}", {"title": "Launch"}, key=desk.root
    ).json()["data"]["documentId"]
    desk.backend.call("POST", f"/content-manager/collection-types/{EVENT}/{event}/actions/publish", {}, key=desk.root)
    documents = {"event": event, "author": author}
    offered = agent.tools()
    every = {form.format(name) for forms in OFFERED_BY.values() for form in forms for name in NAMES.values()}
    outcomes: dict[str, bool] = {}
    for name in sorted(every):
        kind = "event" if "event" in name else "author"
        takes = offered[name]["inputSchema"]["properties"] if name in offered else {}
        data = {field: VALUES[field] for field in takes.get("data", {}).get("properties", {})}
        arguments = {"documentId": documents[kind], "data": data, "dryRun": True}
        answer = agent.ask("tools/call", name=name, arguments=arguments)
        outcomes[name] = "result" in answer and not answer["result"].get("isError", False)

    assert tools_of(drawn) == set(offered)
    assert set(offered) == {name for name, worked in outcomes.items() if worked}


@settings(max_examples=12)
@given(drawn=permissions())
def test_a_write_accepts_exactly_the_fields_that_its_schema_names(
    desk: Desk, drawn: dict[tuple[str, str], tuple[str, ...]]
) -> None:
    """
    A field is refused by name when the schema does not name it, and taken when it does.
    """
    agent = held_by(desk, drawn)
    for name, tool in agent.tools().items():
        named = tool["inputSchema"]["properties"].get("data", {}).get("properties")
        if named is None:
            continue
        uid = EVENT if "event" in name else AUTHOR
        for field in FIELDS[uid]:
            data = {REQUIRED[uid]: VALUES[REQUIRED[uid]]} if name.startswith("create") else {}
            result = agent.use(name, documentId="none", data={**data, field: VALUES[field]}, dryRun=True)
            refused = f'Unrecognized key: "{field}"' in result["content"][0]["text"]

            assert refused is (field not in named)
