from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from tessera.errors import ApplicationError, ConfigurationError, RateLimitError
from tessera.identity.context import RequestContext
from tessera.web.application import Application
from tessera.web.request import Request
from tessera.web.response import Cookie, Response, created, no_content, ok, raw, set_cookie
from tessera.web.routing import ADMIN, CONTENT, PUBLIC, SIGNED_IN, RateLimit, route
from tests.unit.web.conftest import READ, NoDatabase, StandingClock, ask

Serve = Callable[..., Application]


@route("GET", "/admin/roles", audience=ADMIN, action=READ)
async def list_roles(request: Request, ctx: RequestContext) -> Response:
    """List."""
    return ok({"data": request.query})


@route("POST", "/admin/roles", audience=ADMIN, action=(READ, "admin::roles.read"))
async def create_role(request: Request, ctx: RequestContext) -> Response:
    """Create."""
    return created({"data": request.json()})


@route("GET", "/admin/users/me", audience=ADMIN, action=SIGNED_IN, tokens=False)
async def show_me(request: Request, ctx: RequestContext) -> Response:
    """Show."""
    return raw('{"data":1}')


@route("POST", "/admin/login", audience=ADMIN, action=PUBLIC, limit=RateLimit(by="email", client_attempts=8))
async def sign_in(request: Request, ctx: RequestContext) -> Response:
    """Sign in."""
    return set_cookie(ok({}), Cookie(name="strapi_admin_refresh", value="v", path="/admin", secure=False))


@route("DELETE", "/admin/roles/{id}", audience=ADMIN, action=PUBLIC)
async def delete_role(request: Request, ctx: RequestContext) -> Response:
    """Delete."""
    return no_content()


@route("GET", "/admin/failing", audience=ADMIN, action=PUBLIC)
async def fail(request: Request, ctx: RequestContext) -> Response:
    """Fail."""
    raise KeyError(request.query["key"])


@route("GET", "/admin/refusing", audience=ADMIN, action=PUBLIC)
async def refuse(request: Request, ctx: RequestContext) -> Response:
    """Refuse."""
    raise ApplicationError("Not today", {"why": "rain"})


@route("GET", "/admin/later", audience=ADMIN, action=PUBLIC)
async def do_later(request: Request, ctx: RequestContext) -> Response:
    """Do something later."""
    LATER.clear()
    ctx.after.append(lambda: 1 / 0)
    ctx.after.append(lambda: LATER.append("done"))
    return ok({})


@route("GET", "/api/articles", audience=CONTENT, action="api::article.article.find")
async def find(request: Request, ctx: RequestContext) -> Response:
    """Find."""
    return ok({"address": ctx.client.address})


@route("GET", "/admin/where", audience=ADMIN, action=PUBLIC)
async def where(request: Request, ctx: RequestContext) -> Response:
    """Tell the client's address."""
    return ok([ctx.client.address, ctx.client.secure])


@route("GET", "/admin/tools", audience=ADMIN, action=PUBLIC, develop_only=True)
async def tools(request: Request, ctx: RequestContext) -> Response:
    """Exist in development."""
    return ok({})


LATER: list[str] = []
ROUTES = (list_roles, create_role, show_me, sign_in, delete_role, fail, refuse, do_later, find, where, tools)


def bearer(key: str) -> dict[str, str]:
    """Return the header for a key."""
    return {"Authorization": f"Bearer {key}"}


@pytest.mark.parametrize(
    ("path", "key", "status", "error"),
    [
        ("/admin/roles", None, 401, ("UnauthorizedError", "Missing or invalid credentials")),
        ("/admin/roles", "nonsense", 401, ("UnauthorizedError", "Missing or invalid credentials")),
        ("/admin/roles", "session:", 403, ("PolicyError", "Policy Failed")),
        ("/admin/roles", "token:admin::users.read", 403, ("PolicyError", "Policy Failed")),
        ("/admin/users/me", "token:admin::roles.read", 403, ("ForbiddenError", "Forbidden")),
        ("/admin/users/me", None, 401, ("UnauthorizedError", "Missing or invalid credentials")),
        ("/api/articles", None, 403, ("ForbiddenError", "Forbidden")),
        ("/api/articles", "session:", 403, ("ForbiddenError", "Forbidden")),
        ("/api/nothing", None, 404, ("NotFoundError", "Not Found")),
        ("/admin/refusing", None, 400, ("ApplicationError", "Not today")),
    ],
)
def test_refusals_have_one_shape(serve: Serve, path: str, key: str | None, status: int, error: tuple[str, str]) -> None:
    """
    Who may not, and who asks for what is not there, learns it in the reference's words.
    """
    answer = ask(serve(ROUTES), "GET", path, headers=bearer(key) if key else {})
    name, message = error
    details = {"why": "rain"} if message == "Not today" else {}

    assert status == answer.status_code
    assert {
        "data": None,
        "error": {"status": status, "name": name, "message": message, "details": details},
    } == answer.json()
    assert "www-authenticate" not in answer.headers


@pytest.mark.parametrize(("path", "key"), [("/admin/roles", f"session:{READ}"), ("/admin/users/me", "session:")])
def test_who_may_gets_the_answer(serve: Serve, path: str, key: str) -> None:
    """
    An action opens the routes that ask for it; a sign-in opens those that ask for no more.
    """
    assert 200 == ask(serve(ROUTES), "GET", path, headers=bearer(key)).status_code


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PATCH", "/admin/roles", "GET, HEAD, POST"),
        ("PUT", "/admin/nothing", "GET, HEAD"),
        ("POST", "/api/nothing", "GET, HEAD"),
        ("DELETE", "/admin/roles/7", None),
        ("GET", "/admin/roles/7", None),
    ],
)
def test_other_methods_are_told_which_there_are(serve: Serve, method: str, path: str, allowed: str | None) -> None:
    """
    Reading is possible wherever there is no route, since files might be there; so it is always among the methods.
    """
    answer = ask(serve(ROUTES), method, path)

    assert allowed == answer.headers.get("allow")
    if allowed:
        assert (405, "Method Not Allowed", "text/plain") == (
            answer.status_code,
            answer.text,
            answer.headers["content-type"].split(";")[0],
        )


def test_whatever_is_unknown_below_admin_is_the_panel(serve: Serve) -> None:
    """
    Reading an unknown path below /admin gives the panel's page, whose own addresses these are.
    """
    answer = ask(serve(ROUTES), "GET", "/admin/settings/api-tokens")

    assert 200 == answer.status_code
    assert answer.headers["content-type"].startswith("text/html")
    assert "<html" in answer.text


def test_a_browser_that_opens_an_address_gets_the_panel(serve: Serve) -> None:
    """
    Addresses of the panel may be routes too; a browser asks for a page there, without a credential.
    """
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    opened = ask(serve(ROUTES), "GET", "/admin/roles", headers=browser)
    fetched = ask(serve(ROUTES), "GET", "/admin/roles", headers=browser | bearer(f"session:{READ}"))

    assert "<html" in opened.text
    assert {"data": {}} == fetched.json()


def test_options_tells_the_methods(serve: Serve) -> None:
    """
    OPTIONS is answered with the methods and nothing else.
    """
    answer = ask(serve(ROUTES), "OPTIONS", "/admin/roles")

    assert (200, "GET, HEAD, POST", "") == (answer.status_code, answer.headers["allow"], answer.text)


def test_a_preflight_is_answered(serve: Serve) -> None:
    """
    A browser that asks for another site learns what it may send, but not that it may use cookies.
    """
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    answer = ask(serve(ROUTES), "OPTIONS", "/api/articles", headers=asked)

    assert (204, "*") == (answer.status_code, answer.headers["access-control-allow-origin"])
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "key", "cache"),
    [
        ("GET", "/admin/roles", f"session:{READ}", "no-store"),
        ("GET", "/admin/roles", None, "no-store"),
        ("GET", "/api/articles", "session:api::article.article.find", "private, no-cache"),
    ],
)
def test_f67_answers_are_kept_by_nobody_else(serve: Serve, method: str, path: str, key: str | None, cache: str) -> None:
    """
    F67: no cache gives one caller's answer to another.
    """
    answer = ask(serve(ROUTES), method, path, headers=bearer(key) if key else {})

    assert (cache, "Authorization") == (answer.headers["cache-control"], answer.headers["vary"])


def test_f68_two_credentials_are_refused(serve: Serve) -> None:
    """
    F68: two Authorization headers are refused, also when one of them is good.
    """
    headers = [("Authorization", f"Bearer session:{READ}"), ("Authorization", "Bearer token:")]

    assert 401 == ask(serve(ROUTES), "GET", "/admin/roles", headers=headers).status_code


def test_f68_repeated_keys_are_one_list(serve: Serve) -> None:
    """
    F68: a key that is sent twice is a list, for checks and queries alike, since it is parsed once.
    """
    answer = ask(serve(ROUTES), "GET", "/admin/roles?a=1&a=2", headers=bearer(f"session:{READ}"))

    assert {"data": {"a": ["1", "2"]}} == answer.json()


def test_f66_a_route_that_asks_for_an_unknown_action_stops_the_start(serve: Serve) -> None:
    """
    F66: a misspelt action in a guard is found at the start, not at the first request.
    """
    misspelt = route("GET", "/x", audience=ADMIN, action="admin::roles.raed")(list_roles.handler)
    with pytest.raises(ConfigurationError, match=r"admin::roles\.raed"):
        serve([misspelt])


@pytest.mark.parametrize(
    "spelling",
    [
        ("/admin/login", "ROOT@example.com", {}),
        ("/admin/login/", "root@example.com", {}),
        ("/ADMIN/login", "root@example.com", {}),
        ("/admin/l%6Fgin", " root@example.com ", {}),
        ("/admin/login?x=1", "root@éxample.com".replace("é", "e\u0301"), {}),
        ("/admin/login", "root@example.com", {"X-Forwarded-For": "198.51.100.7"}),
    ],
)
def test_f61_no_spelling_evades_the_rate_limit(serve: Serve, spelling: tuple[str, str, dict[str, str]]) -> None:
    """
    F61: case, slashes, encodings and made-up forwarding headers end in the same bucket.
    """
    application = serve(ROUTES)
    for _ in range(5):
        assert 200 == ask(application, "POST", "/admin/login", json={"email": "root@example.com"}).status_code
    path, email, headers = spelling
    answer = ask(application, "POST", path, json={"email": email}, headers=headers)

    assert (429, RateLimitError.default) == (answer.status_code, answer.json()["error"]["message"])


def test_f61_one_client_has_a_limit_of_its_own(serve: Serve) -> None:
    """
    F61: rotating the address in the body does not make the number of tries endless.
    """
    application = serve(ROUTES)
    statuses = [
        ask(application, "POST", "/admin/login", json={"email": f"{number}@example.com"}).status_code
        for number in range(9)
    ]

    assert [*[200] * 8, 429] == statuses


def test_the_rate_limit_ends(serve: Serve, clock: StandingClock) -> None:
    """
    When the window is over, tries count from one again; other clients were never touched.
    """
    application = serve(ROUTES)
    for _ in range(6):
        ask(application, "POST", "/admin/login", json={"email": "root@example.com"})
    other = ask(application, "POST", "/admin/login", json={"email": "root@example.com"}, peer="198.51.100.1")
    clock.time += 5 * 60 * 1000
    later = ask(application, "POST", "/admin/login", json={"email": "root@example.com"})

    assert (200, 200) == (other.status_code, later.status_code)


@pytest.mark.parametrize(
    ("toml", "forwarded", "expected"),
    [
        ("", "198.51.100.7", "203.0.113.9"),
        ("proxy = true", "198.51.100.7", "198.51.100.7"),
        ("proxy = true", "10.0.0.1, 198.51.100.7", "198.51.100.7"),
        ("proxy = true", "nonsense", "203.0.113.9"),
        ('[proxy]\nkoa = true\nnetworks = ["192.0.2.0/24"]', "198.51.100.7", "203.0.113.9"),
        ('[proxy]\nkoa = true\nnetworks = ["203.0.113.0/24"]', "[2001:db8::1]:99", "2001:db8::1"),
    ],
)
def test_f61_only_expected_proxies_tell_addresses(serve: Serve, toml: str, forwarded: str, expected: str) -> None:
    """
    F61: a forwarding header counts as far as proxies are configured, and never further.
    """
    answer = ask(serve(ROUTES, toml=toml), "GET", "/admin/where", headers={"X-Forwarded-For": forwarded})

    assert expected == answer.json()[0]


def test_an_unexpected_error_says_nothing(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    """
    Neither the answer nor the log shows what the error was about, only where it happened.
    """
    with caplog.at_level(logging.ERROR):
        answer = ask(serve(ROUTES), "GET", "/admin/failing?key=a-secret-value")

    assert (500, "Internal Server Error") == (answer.status_code, answer.json()["error"]["message"])
    assert "a-secret-value" not in answer.text + caplog.text
    assert "KeyError" in caplog.text


def test_follow_ups_run_after_the_answer(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    """
    What is left for later is done, also when something before it fails.
    """
    assert 200 == ask(serve(ROUTES), "GET", "/admin/later").status_code
    assert ["done"] == LATER


def test_head_is_get_without_a_body(serve: Serve) -> None:
    """
    HEAD has the headers of GET.
    """
    answer = ask(serve(ROUTES), "HEAD", "/admin/where")

    assert (200, b"") == (answer.status_code, answer.content)
    assert int(answer.headers["content-length"]) > 0


def test_no_content_has_no_type(serve: Serve) -> None:
    """
    204 comes without a body and without a media type.
    """
    answer = ask(serve(ROUTES), "DELETE", "/admin/roles/7")

    assert (204, None) == (answer.status_code, answer.headers.get("content-type"))


def test_a_request_takes_one_hop(serve: Serve, driver: NoDatabase) -> None:
    """
    Who asks, whether it may and what it gets are found in one unit of work.
    """
    ask(serve(ROUTES), "GET", "/admin/roles", headers=bearer(f"session:{READ}"))

    assert 1 == driver.hops


@pytest.mark.parametrize(("develop", "status"), [(True, 200), (False, 200)])
def test_routes_for_development_exist_only_there(serve: Serve, develop: bool, status: int) -> None:
    """
    In production their paths are as unknown as any other: the panel's page.
    """
    answer = ask(serve(ROUTES, develop=develop), "GET", "/admin/tools")

    assert (status, develop) == (answer.status_code, answer.headers["content-type"].startswith("application/json"))
    assert develop == ("server-timing" in answer.headers)


JSON_BODY = {"Content-Type": "application/json"}
KEY = bearer(f"session:{READ}")


@pytest.mark.parametrize(
    ("content", "headers", "status", "message"),
    [
        (b'{"name": ', JSON_BODY, 400, "Unexpected end of JSON input"),
        (b'"x"', JSON_BODY, 400, "invalid JSON, only supports object and array"),
        (b"{nope}", JSON_BODY, 400, "Expected property name or '}' in JSON at position 1"),
        (
            b'{"__proto__": {}}',
            {"Content-Type": "application/json"},
            400,
            "Object contains forbidden prototype property",
        ),
        (b"{" + b" " * 1_100_000 + b"}", JSON_BODY, 413, "request entity too large"),
        (b"<a/>", {"Content-Type": "application/xml"}, 415, "Unsupported Media Type"),
        (
            b"{}",
            JSON_BODY | {"Content-Encoding": "br"},
            415,
            "Unsupported Content-Encoding: br",
        ),
    ],
)
def test_bodies_that_cannot_be_read_are_refused_without_details(
    serve: Serve, content: bytes, headers: dict[str, str], status: int, message: str
) -> None:
    """
    What the reference's body parser refuses has no details.
    """
    answer = ask(
        serve(ROUTES), "POST", "/admin/roles", content=content, headers={**headers, **bearer(f"session:{READ}")}
    )
    error: dict[str, Any] = answer.json()["error"]

    assert (status, message, False) == (answer.status_code, error["message"], "details" in error)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"json": {"a": [1]}}, {"a": [1]}),
        ({"data": {"a[b]": "1"}}, {"a": {"b": "1"}}),
        ({"data": {"a": "1"}, "files": {"f": ("x.txt", b"x")}}, {"a": "1"}),
        ({"content": b"", "headers": {"Content-Type": "application/json"}}, {}),
        ({"content": json.dumps({"a": 1}), "headers": {"Content-Type": "application/vnd.api+json"}}, {"a": 1}),
    ],
)
def test_bodies_are_json_or_forms(serve: Serve, more: dict[str, Any], expected: dict[str, Any]) -> None:
    """
    JSON, forms and multipart forms are read; the same handler takes them all.
    """
    headers = {**more.pop("headers", {}), **bearer(f"session:{READ}")}
    answer = ask(serve(ROUTES), "POST", "/admin/roles", headers=headers, **more)

    assert {"data": expected} == answer.json()


def test_cookies_are_set_as_asked(serve: Serve) -> None:
    """
    A cookie has the attributes that its feature gives it.
    """
    answer = ask(serve(ROUTES), "POST", "/admin/login", json={})

    assert "strapi_admin_refresh=v; path=/admin; samesite=lax; httponly" == answer.headers["set-cookie"]
