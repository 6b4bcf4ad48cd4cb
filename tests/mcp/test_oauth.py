"""OAuth at the MCP endpoint: consent by a signed-in person, and everything else refused."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from tests.features.backend import Backend
from tests.features.newsroom import ARTICLE, SOURCE, may
from tests.mcp.agent import Agent

JSON = Any  # any JSON value
URL = "https://cms.example.com"
REDIRECT = "https://agent.example.com/back"
LOOPBACK = "http://127.0.0.1:1234/back"
VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
HOUR = 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Visit:
    """A server with OAuth on, its first administrator, and a client that has registered."""

    backend: Backend
    root: str
    client: str

    def form(self, path: str, **fields: str) -> httpx.Response:
        """Post a form."""
        return _form(self.backend, path, list(fields.items()))

    def query(self, **changes: str | None) -> str:
        """Return a good request for consent, changed."""
        usual = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": REDIRECT,
            "state": "s 1",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            "resource": f"{URL}/mcp",
        }
        return urlencode({name: value for name, value in {**usual, **changes}.items() if value is not None})

    def authorize(self, query: str) -> httpx.Response:
        """Begin as a browser does."""
        return self.backend.call("GET", f"/oauth/authorize?{query}")

    def allow(self, query: str, key: str | None = None, **fields: JSON) -> httpx.Response:
        """Consent to a request."""
        held = [may("plugin::content-manager.explorer.read", ARTICLE, fields=["title"], locales=["en"])]
        body = {"request": query, "name": "Agent", "lifespan": None, "adminPermissions": held, **fields}
        return self.backend.call("POST", "/admin/oauth/authorizations", body, key=key or self.root)

    def code(self) -> str:
        """Consent and return the code."""
        answer = self.allow(self.query())
        assert answer.status_code == 200, answer.text
        return str(parse_qs(urlsplit(answer.json()["data"]["redirectTo"]).query)["code"][0])

    def exchange(self, code: str, **changes: str) -> httpx.Response:
        """Exchange a code as its client does."""
        fields = {"code": code, "client_id": self.client, "redirect_uri": REDIRECT, "code_verifier": VERIFIER}
        return self.form("/oauth/token", **{"grant_type": "authorization_code", **fields, **changes})

    def tokens(self) -> dict[str, JSON]:
        """Consent and return the tokens."""
        answer = self.exchange(self.code())
        assert answer.status_code == 200, answer.text
        given: dict[str, JSON] = answer.json()
        return given

    def refresh(self, token: str, **changes: str) -> httpx.Response:
        """Ask for new tokens."""
        fields = {"grant_type": "refresh_token", "refresh_token": token, "client_id": self.client, **changes}
        return self.form("/oauth/token", **fields)

    def status(self, key: str) -> int:
        """Return how the MCP endpoint answers a key."""
        return Agent(self.backend, key).post({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).status_code


def _form(backend: Backend, path: str, fields: list[tuple[str, str]]) -> httpx.Response:
    async def sent() -> httpx.Response:
        transport = httpx.ASGITransport(cast("Any", backend.application), client=("203.0.113.9", 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            headers = {"content-type": "application/x-www-form-urlencoded"}
            return await client.post(path, content=urlencode(fields), headers=headers)

    return asyncio.run(sent())


def _open(folder: Path, *, oauth: bool = True, registration: bool = True) -> Backend:
    (folder / "config").mkdir()
    words = [f"{name} = {str(value).lower()}" for name, value in (("enabled", oauth), ("registration", registration))]
    settings = "\n".join([f'url = "{URL}"', "[mcp]", "enabled = true", "[mcp.oauth]", *words])
    (folder / "config" / "server.toml").write_text(settings)
    return Backend(folder, source=SOURCE)


def _register(backend: Backend, *redirects: str, **fields: JSON) -> httpx.Response:
    body = {"client_name": "Agent <b>", "redirect_uris": list(redirects), **fields}
    return backend.call("POST", "/oauth/register", body)


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Visit]:
    """Return a server with a registered client."""
    backend = _open(tmp_path)
    root = backend.first_admin()
    yield Visit(backend, root, _register(backend, REDIRECT, LOOPBACK).json()["client_id"])
    backend.close()


def test_the_server_says_where_consent_is_asked_for(visit: Visit) -> None:
    """The server says where consent is asked for."""
    protected = visit.backend.call("GET", "/.well-known/oauth-protected-resource/mcp").json()
    told = visit.backend.call("GET", "/.well-known/oauth-authorization-server").json()

    assert protected["authorization_servers"] == [URL]
    assert protected["resource"] == f"{URL}/mcp"
    assert told["issuer"] == URL
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["registration_endpoint"] == f"{URL}/oauth/register"


def test_without_the_setting_no_address_of_oauth_exists(tmp_path: Path) -> None:
    """Without the setting no address of oauth exists."""
    backend = _open(tmp_path, oauth=False)
    try:
        assert _register(backend, REDIRECT).status_code in (404, 405)
        assert _form(backend, "/oauth/token", []).status_code in (404, 405)
        assert backend.call("POST", "/admin/oauth/authorizations", {}).status_code in (404, 405)
    finally:
        backend.close()


def test_f63_registration_is_off_unless_it_is_turned_on(tmp_path: Path) -> None:
    """Registration is off unless it is turned on."""
    backend = _open(tmp_path, registration=False)
    try:
        assert _register(backend, REDIRECT).status_code == 404
        assert "registration_endpoint" not in backend.call("GET", "/.well-known/oauth-authorization-server").json()
        assert backend.read("SELECT count(*) FROM tessera_oauth_clients") == [(0,)]
    finally:
        backend.close()


def test_f63_registration_is_limited_and_ends(visit: Visit) -> None:
    """Registration is limited and ends."""
    answers = [_register(visit.backend, REDIRECT).status_code for _ in range(12)]
    assert 429 in answers

    visit.backend.clock.ahead = 25 * HOUR
    assert visit.authorize(visit.query()).status_code == 400


@pytest.mark.parametrize(
    "redirect",
    [
        "http://agent.example.com/back",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://user@agent.example.com/",
        "https://",
        "back",
        "https://agent.example.com:x/",
        "https://a b/",
    ],
)
def test_f63_addresses_that_anybody_may_read_are_not_registered(visit: Visit, redirect: str) -> None:
    """Addresses that anybody may read are not registered."""
    answer = _register(visit.backend, redirect)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_client_metadata")


def test_f63_there_is_no_secret_to_give_out(visit: Visit) -> None:
    """There is no secret to give out."""
    assert "client_secret" not in _register(visit.backend, REDIRECT).json()


def test_a_good_request_leads_to_the_panel(visit: Visit) -> None:
    """A good request leads to the panel."""
    answer = visit.authorize(visit.query())

    assert answer.status_code == 302
    assert answer.headers["location"] == f"/admin/oauth?{visit.query()}"
    assert visit.backend.read("SELECT count(*) FROM tessera_oauth_codes") == [(0,)]


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "nobody"},
        {"client_id": None},
        {"redirect_uri": None},
        {"redirect_uri": f"{REDIRECT}/"},
        {"redirect_uri": f"{REDIRECT}?a=1"},
        {"redirect_uri": "https://agent.example.com:444/back"},
        {"redirect_uri": "https://agent.example.com.evil.example/back"},
        {"redirect_uri": "http://127.0.0.1:1234/other"},
        {"redirect_uri": "http://localhost:1234/back"},
        {"redirect_uri": "http://x@127.0.0.1:1234/back"},
    ],
)
def test_f63_nobody_is_sent_to_an_address_that_is_not_the_clients(visit: Visit, changes: dict[str, Any]) -> None:
    """Nobody is sent to an address that is not the clients."""
    answer = visit.authorize(visit.query(**changes))

    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert visit.allow(visit.query(**changes)).status_code == 400


def test_on_the_clients_own_machine_the_port_may_be_any(visit: Visit) -> None:
    """On the clients own machine the port may be any."""
    assert visit.authorize(visit.query(redirect_uri="http://127.0.0.1:9/back")).status_code == 302


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "unsupported_response_type"),
        ({"resource": "https://other.example.com/mcp"}, "invalid_target"),
    ],
)
def test_f63_other_faults_are_told_to_the_client(visit: Visit, changes: dict[str, Any], error: str) -> None:
    """Other faults are told to the client."""
    answer = visit.authorize(visit.query(**changes))
    told = parse_qs(urlsplit(answer.headers["location"]).query)

    assert answer.headers["location"].startswith(f"{REDIRECT}?")
    assert (told["error"], told["state"], told["iss"]) == ([error], ["s 1"], [URL])
    assert visit.allow(visit.query(**changes)).status_code == 400


def test_f63_only_a_signed_in_person_consents(visit: Visit) -> None:
    """Only a signed in person consents."""
    owner = visit.backend.read("SELECT id FROM admin_users")[0][0]
    key = visit.backend.admin_token(owner, "admin::admin-tokens.create")

    assert visit.backend.call("POST", "/admin/oauth/authorizations", {"request": visit.query()}).status_code == 401
    assert visit.allow(visit.query(), key).status_code == 403
    assert visit.allow(visit.query(), visit.tokens()["access_token"], name="B").status_code == 401


def test_consent_shows_who_asks_and_may_be_denied(visit: Visit) -> None:
    """Consent shows who asks and may be denied."""
    shown = visit.backend.call("GET", f"/admin/oauth/authorizations?{visit.query()}", key=visit.root).json()
    denied = visit.backend.call(
        "POST", "/admin/oauth/authorizations/deny", {"request": visit.query()}, key=visit.root
    ).json()

    assert shown == {"data": {"clientName": "Agent <b>", "redirectTo": "agent.example.com"}}
    told = parse_qs(urlsplit(denied["data"]["redirectTo"]).query)
    assert (told["error"], told["state"], told["iss"]) == (["access_denied"], ["s 1"], [URL])


def test_a_grant_opens_the_mcp_server_with_its_permissions_and_nothing_else(visit: Visit) -> None:
    """A grant opens the mcp server with its permissions and nothing else."""
    given = visit.tokens()
    tools = Agent(visit.backend, given["access_token"]).tools()
    unknown = visit.backend.call("GET", "/admin/users/me", key="tso_" + "0" * 30 + "_000000")
    elsewhere = visit.backend.call("GET", "/admin/users/me", key=given["access_token"])

    assert (given["token_type"], given["expires_in"]) == ("Bearer", 3600)
    assert "list_article" in tools
    assert "create_article" not in tools
    assert elsewhere.status_code == 401
    assert elsewhere.content == unknown.content
    assert visit.backend.call("GET", "/api/articles", key=given["access_token"]).status_code == 401


def test_an_access_token_ends_after_an_hour(visit: Visit) -> None:
    """An access token ends after an hour."""
    access = visit.tokens()["access_token"]
    visit.backend.clock.ahead = HOUR - 10_000
    assert visit.status(access) == 200
    visit.backend.clock.ahead = HOUR + 10_000
    assert visit.status(access) == 401


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_verifier": "w" * 50}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_request"),
        ({"redirect_uri": LOOPBACK}, "invalid_grant"),
        ({"client_id": "other"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"code": "guess"}, "invalid_grant"),
        ({"resource": "https://other.example.com"}, "invalid_target"),
        ({"client_secret": "x"}, "invalid_client"),
    ],
)
def test_f63_a_code_is_exchanged_only_by_who_asked_for_it(visit: Visit, changes: dict[str, str], error: str) -> None:
    """A code is exchanged only by who asked for it."""
    code = visit.code()
    answer = visit.exchange(**{"code": code, **changes})

    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert answer.headers["cache-control"] == "no-store"
    assert visit.exchange(code).status_code == 200  # nothing was used up


def test_f63_another_client_cannot_use_a_code(visit: Visit) -> None:
    """Another client cannot use a code."""
    other = _register(visit.backend, REDIRECT).json()["client_id"]
    answer = visit.exchange(visit.code(), client_id=other)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_f63_a_code_ends_after_a_minute(visit: Visit) -> None:
    """A code ends after a minute."""
    code = visit.code()
    visit.backend.clock.ahead = 61_000
    assert visit.exchange(code).json()["error"] == "invalid_grant"


def test_f63_a_code_that_is_used_twice_ends_the_grant(visit: Visit) -> None:
    """A code that is used twice ends the grant."""
    code = visit.code()
    access = visit.exchange(code).json()["access_token"]
    assert visit.status(access) == 200
    assert visit.exchange(code).json()["error"] == "invalid_grant"
    assert visit.status(access) == 401


def test_refresh_tokens_rotate_and_a_replaced_one_ends_the_grant(visit: Visit) -> None:
    """Refresh tokens rotate and a replaced one ends the grant."""
    first = visit.tokens()
    second = visit.refresh(first["refresh_token"]).json()
    assert visit.status(first["access_token"]) == 401
    assert visit.status(second["access_token"]) == 200

    assert visit.refresh(first["refresh_token"]).json()["error"] == "invalid_grant"
    assert visit.status(second["access_token"]) == 401
    assert visit.refresh(second["refresh_token"]).json()["error"] == "invalid_grant"
    assert visit.backend.read("SELECT count(*) FROM tessera_audit WHERE action = 'oauth.reuse'") == [(1,)]


def test_a_refresh_token_is_its_clients_alone(visit: Visit) -> None:
    """A refresh token is its clients alone."""
    other = _register(visit.backend, REDIRECT).json()["client_id"]
    given = visit.tokens()
    assert visit.refresh(given["refresh_token"], client_id=other).json()["error"] == "invalid_grant"
    assert visit.refresh(given["refresh_token"]).status_code == 200


def test_the_grant_is_an_admin_token_and_ends_with_it(visit: Visit) -> None:
    """The grant is an admin token and ends with it."""
    given = visit.tokens()
    listed = visit.backend.call("GET", "/admin/admin-tokens", key=visit.root).json()["data"]
    path = f"/admin/admin-tokens/{listed[0]['id']}"

    assert listed[0]["description"] == "Granted to Agent <b> by OAuth"
    assert visit.backend.call("POST", f"{path}/regenerate", key=visit.root).status_code == 400
    assert visit.backend.call("DELETE", path, key=visit.root).status_code == 200
    assert visit.status(given["access_token"]) == 401
    assert visit.refresh(given["refresh_token"]).json()["error"] == "invalid_grant"


def test_a_client_gives_up_its_grant(visit: Visit) -> None:
    """A client gives up its grant."""
    given = visit.tokens()
    assert visit.form("/oauth/revoke", token=given["refresh_token"], client_id="other").status_code == 200
    assert visit.status(given["access_token"]) == 200
    assert visit.form("/oauth/revoke", token=given["refresh_token"], client_id=visit.client).status_code == 200
    assert visit.status(given["access_token"]) == 401


def test_nobody_grants_more_than_they_hold(visit: Visit) -> None:
    """Nobody grants more than they hold."""
    role = visit.backend.role("Reader", "admin::admin-tokens.create")
    _, access = visit.backend.admin(visit.root, "reader", role)
    answer = visit.allow(visit.query(), access)

    assert answer.status_code == 400
    assert visit.backend.read("SELECT count(*) FROM tessera_oauth_grants") == [(0,)]


def test_a_request_with_a_parameter_twice_is_refused(visit: Visit) -> None:
    """A request with a parameter twice is refused."""
    assert visit.authorize(f"{visit.query()}&client_id=x").status_code == 400
    fields = [("grant_type", "refresh_token"), ("client_id", visit.client), ("client_id", visit.client)]
    assert _form(visit.backend, "/oauth/token", fields).json()["error"] == "invalid_request"
