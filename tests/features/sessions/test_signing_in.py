import time
from typing import Any

import httpx
import jwt
import pytest

from tests.features.backend import PASSWORD, SECRETS, Backend

LOGIN = "/admin/login"


def told(answer: httpx.Response) -> tuple[int, str]:
    """Return the status and message of a refusal."""
    return answer.status_code, answer.json()["error"]["message"]


def test_a_sign_in_answers_the_user_without_roles_and_two_tokens(backend: Backend, root: str) -> None:
    """
    The access token is in the body, the refresh token in a cookie that scripts cannot read.
    """
    answer = backend.sign_in("ROOT@example.com")
    cookie = answer.headers.get_list("set-cookie")[0]

    assert "roles" not in answer.json()["data"]["user"]
    assert not {"password", "resetPasswordToken", "registrationToken"} & set(answer.json()["data"]["user"])
    assert cookie.endswith("; path=/admin; samesite=lax; httponly")
    assert 200 == backend.call("GET", "/admin/users/me", key=answer.json()["data"]["token"]).status_code


def test_who_wants_to_be_remembered_gets_a_cookie_that_outlives_the_browser(backend: Backend, root: str) -> None:
    """
    With `rememberMe` the cookie has a date, and the session runs two weeks without use instead of two hours.
    """
    answer = backend.sign_in("root@example.com", rememberMe=True, deviceId="3f1f6c2e-9f0e-4d8e-8b0a-6f6d6c1d2e3f")
    (row,) = backend.read(
        "SELECT type, device_id, expires_at - created_at FROM strapi_sessions ORDER BY id DESC LIMIT 1"
    )

    assert all("; expires=" in cookie for cookie in answer.headers.get_list("set-cookie"))
    assert ("refresh", "3f1f6c2e-9f0e-4d8e-8b0a-6f6d6c1d2e3f", 14 * 24 * 3600 * 1000) == row


@pytest.mark.parametrize(
    ("column", "value"), [("is_active", 0), ("is_active", None), ("blocked", 1)], ids=["inactive", "unset", "blocked"]
)
def test_f45_who_may_not_sign_in_learns_so_only_with_the_right_password(
    backend: Backend, root: str, column: str, value: int | None
) -> None:
    """
    Blocked administrators are refused like inactive ones, and a wrong password is refused first.
    """
    ana_id, ana = backend.admin(root, "ana")
    backend.change(ana_id, **{column: value})

    assert (400, "User not active") == told(backend.sign_in("ana@example.com"))
    assert (400, "Invalid credentials") == told(backend.sign_in("ana@example.com", "Wr0ngword"))
    assert 401 == backend.call("GET", "/admin/users/me", key=ana).status_code


@pytest.mark.parametrize("odd", [{}, [], {"$ne": None}, True, False, None, 0, 1.5, "", ["Passw0rd!"]])
def test_f48_f50_what_is_no_text_is_no_credential(backend: Backend, root: str, odd: object) -> None:
    """
    A password or address of any other kind is missing, and nobody is looked for.
    """
    with backend.traced() as seen:
        answers = [
            backend.call("POST", LOGIN, {"email": "root@example.com", "password": odd}),
            backend.call("POST", LOGIN, {"email": odd, "password": PASSWORD}),
            backend.call("POST", LOGIN, {"password": PASSWORD}),
        ]

    assert [(400, "Missing credentials")] * 3 == [told(answer) for answer in answers]
    assert [] == seen


def test_f50_a_password_that_is_endless_is_wrong(backend: Backend, root: str) -> None:
    """
    A long password is compared like any other and is no fault of the server.
    """
    assert (400, "Invalid credentials") == told(backend.sign_in("root@example.com", "Passw0rd!" * 10_000))
    assert (400, "Invalid credentials") == told(backend.sign_in("root@example.com", "Passw0rd!\0"))


def test_f60_an_unknown_address_takes_as_long_as_a_wrong_password(backend: Backend, root: str) -> None:
    """
    The time of a refusal does not tell who has an account.
    """

    def fastest(email: str) -> float:
        times = []
        for attempt in range(5):
            started = time.process_time()
            answer = backend.call("POST", LOGIN, {"email": email, "password": "Wr0ngword"}, peer=f"203.0.113.{attempt}")
            times.append(time.process_time() - started)
            assert (400, "Invalid credentials") == told(answer)
        return min(times)

    backend.invite(root, "pending")
    known, unknown, invited = (fastest(f"{name}@example.com") for name in ("root", "ghost", "pending"))

    assert 0.6 < unknown / known < 1.6
    assert 0.6 < invited / known < 1.6


SPELLINGS: list[dict[str, Any]] = [
    {},
    {"path": "/admin/login/"},
    {"path": "/ADMIN/Login"},
    {"path": "/admin/%6cogin"},
    {"email": "ROOT@example.com"},
    {"email": "Root@Example.Com"},
    {"more": {"email2": "x", "rememberMe": True}},
    {"headers": {"x-forwarded-for": "198.51.100.7"}},
    {"headers": {"x-forwarded-for": "198.51.100.8, 10.0.0.1", "x-real-ip": "198.51.100.9"}},
    {"headers": {"forwarded": "for=198.51.100.10"}},
]


def test_f61_no_spelling_of_a_sign_in_has_a_count_of_its_own(backend: Backend, root: str) -> None:
    """
    After five tries the sixth is refused, whatever its path, letters, further keys and forwarding headers.
    """
    statuses = []
    for number in range(15):
        how = SPELLINGS[number % len(SPELLINGS)]
        body = {"email": how.get("email", "root@example.com"), "password": f"Wr0ngword{number}", **how.get("more", {})}
        answer = backend.call("POST", how.get("path", LOGIN), body, headers=how.get("headers", {}))
        statuses.append(answer.status_code)

    assert [400] * 5 == statuses[:5]
    assert [429] * 10 == statuses[5:]
    assert (400, "Invalid credentials") == told(backend.sign_in("ghost@example.com"))


def test_f61_many_addresses_from_one_client_are_counted_together(backend: Backend, root: str) -> None:
    """
    Who tries one password on very many addresses is stopped as well.
    """
    limit = next(r.limit for r in backend.application.router.routes if r.path == LOGIN)

    assert limit is not None
    assert limit.client_attempts == 100


@pytest.mark.parametrize("algorithm", ["none", "HS512", "HS384"])
def test_f51_only_the_configured_algorithm_opens(backend: Backend, root: str, algorithm: str) -> None:
    """
    A token that says it needs no signature, or is signed in another way, opens nothing.
    """
    claims = jwt.decode(root, options={"verify_signature": False})
    secret = "" if algorithm == "none" else SECRETS["ADMIN_JWT_SECRET"]
    forged = jwt.encode(claims, secret, algorithm=algorithm, headers={"kid": "../../dev/null"})

    assert 401 == backend.call("GET", "/admin/users/me", key=forged).status_code
