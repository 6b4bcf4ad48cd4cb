import pytest

from tests.features.backend import PASSWORD
from tests.features.end_users.people import People, told

REFRESH = "/api/auth/refresh"
LOGOUT = "/api/auth/logout"
SESSIONS = "/api/auth/sessions"
COOKIE = {"x-strapi-refresh-cookie": "httpOnly"}
INVALID = (401, "Invalid refresh token")
MINUTE = 60 * 1000


def test_a_refresh_token_is_good_once(keeping: People) -> None:
    """
    Its successor goes on; an access token renews nothing.
    """
    made = keeping.register()
    renewed = keeping.call("POST", REFRESH, {"refreshToken": made["refreshToken"]}).json()

    assert {"jwt", "refreshToken"} == renewed.keys()
    assert keeping.is_in(renewed["jwt"])
    assert INVALID == told(keeping.call("POST", REFRESH, {"refreshToken": made["refreshToken"]}))
    assert INVALID == told(keeping.call("POST", REFRESH, {"refreshToken": renewed["jwt"]}))
    assert 200 == keeping.call("POST", REFRESH, {"refreshToken": renewed["refreshToken"]}).status_code


def test_an_access_token_is_short_lived(keeping: People) -> None:
    """
    Ten minutes, if the settings say nothing else; the refresh token lives on.
    """
    made = keeping.register()
    keeping.backend.clock.ahead = 10 * MINUTE

    assert not keeping.is_in(made["jwt"])
    assert 200 == keeping.call("POST", REFRESH, {"refreshToken": made["refreshToken"]}).status_code


@pytest.mark.parametrize("odd", [{}, [], True, None, 5, ""])
def test_f50_what_is_no_token_renews_nothing(keeping: People, odd: object) -> None:
    """
    It is missing.
    """
    assert (400, "Missing refresh token") == told(keeping.call("POST", REFRESH, {"refreshToken": odd}))


def test_f47_signing_out_ends_all_tokens_of_the_sign_in(keeping: People) -> None:
    """
    Those from before it was renewed too; another sign-in stays.
    """
    made, other = keeping.register(), keeping.sign_in().json()
    renewed = keeping.call("POST", REFRESH, {"refreshToken": made["refreshToken"]}).json()
    assert keeping.is_in(made["jwt"])
    assert {"ok": True} == keeping.call("POST", LOGOUT, {}, key=renewed["jwt"]).json()

    assert [False, False, True] == [keeping.is_in(each["jwt"]) for each in (made, renewed, other)]
    assert INVALID == told(keeping.call("POST", REFRESH, {"refreshToken": renewed["refreshToken"]}))


def test_f47_signing_out_everywhere_or_on_a_device(keeping: People) -> None:
    """
    As the body says.
    """
    keeping.register()
    phone, desk, last = (keeping.sign_in(deviceId=name).json()["jwt"] for name in ("phone", "desk", "last"))
    keeping.call("POST", LOGOUT, {"deviceId": "phone"}, key=desk)
    assert [False, True, True] == [keeping.is_in(jwt) for jwt in (phone, desk, last)]
    keeping.call("POST", LOGOUT, {"scope": "all"}, key=desk)
    assert [False, False] == [keeping.is_in(jwt) for jwt in (desk, last)]


def test_f49_nobody_ends_anothers_session(keeping: People) -> None:
    """
    Neither by its id nor with a refresh token that is another's.
    """
    victim, other = keeping.register(), keeping.register("bob")
    (session,) = keeping.call("GET", SESSIONS, key=victim["jwt"]).json()["data"]
    stolen = {"refreshToken": victim["refreshToken"]}

    assert (404, "Session not found") == told(keeping.call("DELETE", f"{SESSIONS}/{session['id']}", key=other["jwt"]))
    assert {"ok": True} == keeping.call("POST", LOGOUT, stolen, key=other["jwt"]).json()
    assert [True, False] == [keeping.is_in(each["jwt"]) for each in (victim, other)]


def test_f49_sessions_of_administrators_are_not_touched(keeping: People) -> None:
    """
    Administrator 1 and end user 1 have sessions in one table.
    """
    made = keeping.register()
    keeping.call("POST", LOGOUT, {"scope": "all"}, key=made["jwt"])
    assert 200 == keeping.call("GET", "/admin/users/me", key=keeping.root).status_code
    again = keeping.sign_in().json()["jwt"]
    keeping.call("DELETE", "/admin/users/me/sessions", key=keeping.root)

    assert keeping.is_in(again)


def test_f47_what_happens_to_the_account_ends_its_sessions(keeping: People) -> None:
    """
    A new password, whoever sets it, and being deleted.
    """
    made = keeping.register()
    path = f"/api/users/{made['user']['id']}"
    assert 200 == keeping.call("PUT", path, {"username": "eva"}, key=keeping.full).status_code
    assert keeping.is_in(made["jwt"])
    keeping.call("PUT", path, {"password": "N3wpassword"}, key=keeping.full)
    assert not keeping.is_in(made["jwt"])
    assert INVALID == told(keeping.call("POST", REFRESH, {"refreshToken": made["refreshToken"]}))
    again = keeping.sign_in("eva", "N3wpassword").json()
    keeping.call("DELETE", path, key=keeping.full)
    assert not keeping.is_in(again["jwt"])
    assert [] == keeping.backend.read("SELECT id FROM strapi_sessions WHERE origin = 'users-permissions'")


def test_a_client_may_have_its_refresh_token_in_a_cookie(keeping: People) -> None:
    """
    Where no script reads it; signing out takes it away.
    """
    keeping.register()
    body = {"identifier": "eve", "password": PASSWORD}
    answer = keeping.call("POST", "/api/auth/local", body, headers=COOKIE)
    line = answer.headers["set-cookie"]
    token = line.partition("=")[2].partition(";")[0]

    assert {"jwt", "user"} == answer.json().keys()
    assert "httponly" in line
    assert "samesite=lax" in line
    renewed = keeping.call("POST", REFRESH, {}, cookies={"strapi_up_refresh": token}, headers=COOKIE)
    assert {"jwt"} == renewed.json().keys()
    gone = keeping.call("POST", LOGOUT, {}, key=renewed.json()["jwt"], headers=COOKIE)
    assert gone.headers["set-cookie"].startswith("strapi_up_refresh=;")


def test_sessions_are_listed_with_the_current_one_first(keeping: People) -> None:
    """
    As what they are known by, and without tokens.
    """
    keeping.register()
    jwt = keeping.sign_in(deviceId="phone").json()["jwt"]
    keeping.sign_in(deviceId="desk")
    listed = keeping.call("GET", SESSIONS, key=jwt).json()["data"]

    assert [True, False, False] == [session["current"] for session in listed]
    assert "phone" == listed[0]["deviceId"]
    assert {"id", "deviceId", "current", "loginAt", "lastActiveAt"} == listed[0].keys()


def test_without_sessions_there_is_nothing_to_renew_or_list(people: People) -> None:
    """
    As in the reference.
    """
    jwt = people.register()["jwt"]
    answers = [
        people.call("POST", REFRESH, {}),
        people.call("POST", LOGOUT, {}, key=jwt),
        people.call("GET", SESSIONS, key=jwt),
        people.call("DELETE", f"{SESSIONS}/x", key=jwt),
    ]

    assert [(404, "Not Found")] * 4 == [told(answer) for answer in answers]
