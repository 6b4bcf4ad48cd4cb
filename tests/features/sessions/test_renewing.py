import pytest

from tests.features.backend import Backend

COOKIE = "strapi_admin_refresh"
EXCHANGE = "/admin/access-token"


def signed_in(backend: Backend) -> dict[str, str]:
    """Sign in and return the cookies."""
    return dict(backend.sign_in("root@example.com").cookies)


def test_a_refresh_cookie_is_good_for_one_use(backend: Backend, root: str) -> None:
    """
    An exchange gives a new access token and a new cookie; the old cookie is over, the old access token is not.
    """
    first = backend.sign_in("root@example.com")
    second = backend.call("POST", EXCHANGE, cookies=dict(first.cookies))
    again = backend.call("POST", EXCHANGE, cookies=dict(first.cookies))
    third = backend.call("POST", EXCHANGE, cookies=dict(second.cookies))

    assert [200, 401, 200] == [second.status_code, again.status_code, third.status_code]
    assert 200 == backend.call("GET", "/admin/users/me", key=first.json()["data"]["token"]).status_code
    assert 200 == backend.call("GET", "/admin/users/me", key=second.json()["data"]["token"]).status_code


def test_a_cookie_with_another_signature_is_refused(backend: Backend, root: str) -> None:
    """
    The companion cookie is looked at when it is there; without it the token's own signature decides.
    """
    cookies = signed_in(backend)
    forged = backend.call("POST", EXCHANGE, cookies={**cookies, f"{COOKIE}.sig": "x" * 27})
    foreign = backend.call("POST", EXCHANGE, cookies={**cookies, f"{COOKIE}.sig": ""})
    alone = backend.call("POST", EXCHANGE, cookies={COOKIE: cookies[COOKIE]})

    assert [401, 401, 200] == [forged.status_code, foreign.status_code, alone.status_code]


@pytest.mark.parametrize("ahead", [2 * 3600, 31 * 24 * 3600])
def test_a_session_that_is_not_used_ends(backend: Backend, root: str, ahead: int) -> None:
    """
    After two hours without an exchange the cookie is worth nothing.
    """
    cookies = signed_in(backend)
    backend.clock.ahead = ahead * 1000 + 1000

    assert 401 == backend.call("POST", EXCHANGE, cookies=cookies).status_code


def test_no_chain_of_exchanges_outlives_the_longest_session(backend: Backend, root: str) -> None:
    """
    A session ends after thirty days, however often it was renewed.
    """
    answer = backend.sign_in("root@example.com", rememberMe=True)
    statuses = []
    for day in (10, 20, 29, 31):
        backend.clock.ahead = day * 24 * 3600 * 1000
        answer = backend.call("POST", EXCHANGE, cookies=dict(answer.cookies))
        statuses.append(answer.status_code)

    assert [200, 200, 200, 401] == statuses


def test_access_and_refresh_tokens_are_not_taken_for_each_other(backend: Backend, root: str) -> None:
    """
    The cookie opens nothing, and an access token renews nothing.
    """
    cookies = signed_in(backend)

    assert 401 == backend.call("GET", "/admin/users/me", key=cookies[COOKIE]).status_code
    assert 401 == backend.call("POST", EXCHANGE, cookies={COOKIE: root}).status_code
    assert "Missing refresh token" == backend.call("POST", EXCHANGE).json()["error"]["message"]


def test_f45_what_an_inactive_administrator_exchanges_opens_nothing(backend: Backend, root: str) -> None:
    """
    The exchange answers as the reference's, and its access token is refused.
    """
    ana, _ = backend.admin(root, "ana")
    cookies = dict(backend.sign_in("ana@example.com").cookies)
    backend.change(ana, blocked=1)
    answer = backend.call("POST", EXCHANGE, cookies=cookies)

    assert 200 == answer.status_code
    assert 401 == backend.call("GET", "/admin/users/me", key=answer.json()["data"]["token"]).status_code
