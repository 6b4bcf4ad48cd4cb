from __future__ import annotations

from pathlib import Path

import pytest

from tests.features.backend import Backend
from tests.features.newsroom import EVENT, SOURCE
from tests.mcp.agent import JSON, NEWEST, Agent, Desk, everything_on, request

META = {
    "io.modelcontextprotocol/protocolVersion": NEWEST,
    "io.modelcontextprotocol/clientCapabilities": {},
}


@pytest.fixture
def agent(desk: Desk) -> Agent:
    """Return an agent that may read events."""
    return desk.agent(*everything_on(EVENT, ("title",), "read"))


def modern(method: str, **params: JSON) -> dict[str, JSON]:
    """Return a request of the newest revision."""
    return request(method, _meta=META, **params)


def test_a_batch_is_answered_in_order(agent: Agent) -> None:
    """
    A batch is answered message by message, and what asks nothing gets no answer.
    """
    notice = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    answer = agent.post([request("ping", 1), notice, request("ping", 2)]).json()

    assert [1, 2] == [message["id"] for message in answer]


def test_f62_batches_are_bounded(agent: Agent) -> None:
    """
    A batch of more messages than the bound is refused as a whole.
    """
    answer = agent.post([request("ping", number) for number in range(51)])

    assert (400, "Batch too large: at most 50 messages are taken") == (
        answer.status_code,
        answer.json()["error"]["message"],
    )


def test_f62_calls_are_counted_by_token(tmp_path: Path) -> None:
    """
    A token that calls too often, also in one batch, is told when it may again; others are not held up.
    """
    desk = Desk.open(tmp_path, SOURCE, "callsPerMinute = 3\n")
    busy, calm = desk.agent(name="busy"), desk.agent(name="calm")
    refused = busy.post([request("ping", number) for number in range(4)])
    after = calm.post(request("ping"))
    desk.backend.close()

    assert (429, "60", 200) == (refused.status_code, refused.headers["retry-after"], after.status_code)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "localhost:1337"}, 200),
        ({"host": "[::1]:1337"}, 200),
        ({"host": "192.168.7.9"}, 200),
        ({"host": "localhost.evil.example"}, 403),
        ({"host": "evil.example"}, 403),
        ({"host": ""}, 403),
        ({"host": "evil.example@localhost"}, 403),
        ({"host": 'localhost:1"'}, 403),
        ({"host": "localhost/evil.example"}, 403),
        ({"host": "localhost", "origin": "http://localhost"}, 200),
        ({"host": "localhost", "origin": "http://localhost:8080"}, 403),
        ({"host": "localhost", "origin": "null"}, 403),
        ({"host": "localhost", "origin": "file://localhost"}, 403),
    ],
)
def test_only_own_names_and_pages_are_let_in(agent: Agent, headers: dict[str, str], status: int) -> None:
    """
    Requests by a foreign name or from a foreign page are refused, whatever key they bring.
    """
    assert status == agent.post(request("ping"), **headers).status_code


def test_hosts_and_origins_can_be_allowed(tmp_path: Path) -> None:
    """
    The settings may name further hosts and pages.
    """
    desk = Desk.open(tmp_path, SOURCE, 'hosts = ["cms.example"]\norigins = ["https://tools.example"]\n')
    answer = desk.agent().post(request("ping"), host="cms.example", origin="https://tools.example")
    desk.backend.close()

    assert 200 == answer.status_code


def test_without_a_key_one_is_told_where_to_ask(desk: Desk) -> None:
    """
    A refused caller learns from WWW-Authenticate which resource it wanted; the answer is JSON-RPC and never cached.
    """
    answer = Agent(desk.backend, None).post(request("ping"))

    told = 'Bearer resource_metadata="http://localhost/.well-known/oauth-protected-resource/mcp"'
    assert (401, told, "no-store", -32000) == (
        answer.status_code,
        answer.headers["www-authenticate"],
        answer.headers["cache-control"],
        answer.json()["error"]["code"],
    )


def test_administrators_do_not_get_in_with_their_sessions(desk: Desk) -> None:
    """
    Only admin tokens open the endpoint: an agent never acts with all rights of an account.
    """
    assert 401 == Agent(desk.backend, desk.root).post(request("ping")).status_code


def test_the_endpoint_is_off_unless_it_is_enabled(tmp_path: Path) -> None:
    """
    In production nothing answers at /mcp without the setting; under `develop` it always does.
    """
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    production, develop = Backend(tmp_path / "one"), Backend(tmp_path / "two", develop=True)
    statuses = [server.call("POST", "/mcp", {}).status_code for server in (production, develop)]
    for server in (production, develop):
        server.close()

    assert [405, 403] == statuses


def test_the_newest_revision_needs_no_handshake(agent: Agent) -> None:
    """
    In the newest revision every request says its revision itself, and lists say how long they hold.
    """
    answer = agent.post(modern("tools/list"), mcp_protocol_version=NEWEST, mcp_method="tools/list")

    result = answer.json()["result"]
    assert ("complete", "private", 0) == (result["resultType"], result["cacheScope"], result["ttlMs"])


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, -32020),
        ({"mcp_protocol_version": NEWEST}, -32020),
        ({"mcp_protocol_version": NEWEST, "mcp_method": "tools/list"}, -32020),
        ({"mcp_protocol_version": NEWEST, "mcp_method": "tools/call"}, -32020),
        ({"mcp_protocol_version": NEWEST, "mcp_method": "tools/call", "mcp_name": "list_author"}, -32020),
        ({"mcp_protocol_version": NEWEST, "mcp_method": "tools/call", "mcp_name": "=?base64?bm8=?="}, -32020),
        ({"mcp_protocol_version": NEWEST, "mcp_method": "tools/call", "mcp_name": "nothing"}, -32602),
        ({"mcp_protocol_version": NEWEST, "mcp_method": "tools/call", "mcp_name": "=?base64?bm90aGluZw==?="}, -32602),
    ],
)
def test_headers_have_to_repeat_the_body(agent: Agent, headers: dict[str, str], code: int) -> None:
    """
    Proxies decide by headers, so a request whose headers and body differ is refused before anything is done.
    """
    answer = agent.post(modern("tools/call", name="nothing"), **headers)

    assert (400, code) == (answer.status_code, answer.json()["error"]["code"])


def test_an_unknown_revision_is_told_which_are_spoken(agent: Agent) -> None:
    """
    A client of a revision that is not spoken is told which ones are.
    """
    meta = META | {"io.modelcontextprotocol/protocolVersion": "2031-01-01"}
    message = request("tools/list", _meta=meta)
    answer = agent.post(message, mcp_protocol_version="2031-01-01", mcp_method="tools/list").json()

    assert [NEWEST, "2025-11-25", "2025-06-18", "2025-03-26"] == answer["error"]["data"]["supported"]


def test_the_server_can_be_discovered(agent: Agent) -> None:
    """
    A client of the newest revision asks what is spoken and offered, and how to use it.
    """
    answer = agent.post(modern("server/discover"), mcp_protocol_version=NEWEST, mcp_method="server/discover")

    result = answer.json()["result"]
    assert {"tools": {}, "resources": {}, "prompts": {}} == result["capabilities"]
    assert NEWEST in result["supportedVersions"]


def test_a_method_that_is_not_there(agent: Agent) -> None:
    """
    A method that is not there is an error of the protocol, and in the newest revision also one of HTTP.
    """
    answer = agent.post(modern("tasks/list"), mcp_protocol_version=NEWEST, mcp_method="tasks/list")

    assert (404, -32601) == (answer.status_code, answer.json()["error"]["code"])


def test_f64_a_key_in_the_address_opens_nothing(agent: Agent) -> None:
    """
    A key that stands in the address is refused, whatever it is called there.
    """
    headers = {"accept": "application/json, text/event-stream", "host": "localhost"}
    statuses = {
        agent.backend.call("POST", f"/mcp?{name}={agent.key}", request("ping"), headers=headers).status_code
        for name in ("access_token", "token", "key", "authorization")
    }

    assert {401} == statuses
