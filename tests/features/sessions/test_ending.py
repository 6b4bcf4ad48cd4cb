import httpx

from tests.features.backend import PASSWORD, Backend

SESSIONS = "/admin/users/me/sessions"
NEW = "N3wpassword"


def is_open(backend: Backend, *keys: str) -> list[bool]:
    """Tell of each access token whether it opens anything."""
    return [backend.call("GET", "/admin/users/me", key=key).status_code == 200 for key in keys]


def renews(backend: Backend, cookies: httpx.Cookies) -> bool:
    """Tell whether refresh cookies give new tokens."""
    return backend.call("POST", "/admin/access-token", cookies=dict(cookies)).status_code == 200


def test_f47_signing_out_ends_the_tokens_of_all_devices(backend: Backend, root: str) -> None:
    """
    After signing out, old access and refresh tokens are dead, and the cookie is emptied.
    """
    other = backend.sign_in("root@example.com")
    out = backend.call("POST", "/admin/logout", key=root)

    assert (200, {"data": {}}) == (out.status_code, out.json())
    assert all(cookie.split(";")[0].startswith("strapi_admin_refresh") for cookie in out.headers.get_list("set-cookie"))
    assert "strapi_admin_refresh=; path=/admin; expires=Thu, 01 Jan 1970 00:00:00 GMT" in out.headers["set-cookie"]
    assert [False, False] == is_open(backend, root, other.json()["data"]["token"])
    assert not renews(backend, other.cookies)


def test_signing_out_with_a_device_ends_that_of_the_session(backend: Backend, root: str) -> None:
    """
    Which device ends is told by the session, not by the id in the body.
    """
    other = backend.sign_in("root@example.com").json()["data"]["token"]
    backend.call("POST", "/admin/logout", {"deviceId": "3f1f6c2e-9f0e-4d8e-8b0a-6f6d6c1d2e3f"}, key=other)

    assert [True, False] == is_open(backend, root, other)


def test_sessions_are_listed_and_ended(backend: Backend, root: str) -> None:
    """
    The current session comes first; each can be ended, or all but the current one.
    """
    agent = {"user-agent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/120.0 Safari/537.36"}
    body = {"email": "root@example.com", "password": PASSWORD}
    second, third = (
        backend.call("POST", "/admin/login", body, headers=agent).json()["data"]["token"] for _ in range(2)
    )
    listed = backend.call("GET", SESSIONS, key=root).json()["data"]
    ended = backend.call("DELETE", f"{SESSIONS}/{listed[1]['id']}", key=root)
    again = backend.call("DELETE", f"{SESSIONS}/{listed[1]['id']}", key=root)

    assert [True, False, False] == [entry["current"] for entry in listed]
    assert [None, "Chrome on macOS", "Chrome on macOS"] == [entry.get("deviceName") for entry in listed]
    assert [200, 404] == [ended.status_code, again.status_code]
    assert [True, True, False] == is_open(backend, root, second, third)
    assert 200 == backend.call("DELETE", f"{SESSIONS}?keepCurrent=true", key=root).status_code
    assert [True, False] == is_open(backend, root, second)


def test_f49_sessions_of_an_end_user_with_the_same_id_are_left_alone(backend: Backend, root: str) -> None:
    """
    Administrator 1 neither sees nor ends sessions of end user 1, which are kept in the same table.
    """
    backend.execute(
        "INSERT INTO strapi_sessions (user_id, session_id, origin, status, type, expires_at, absolute_expires_at)"
        " VALUES ('1', ?1, 'users-permissions', 'active', 'refresh', ?2, ?2)",
        "f" * 32,
        backend.now + 10**9,
    )
    listed = backend.call("GET", SESSIONS, key=root).json()["data"]
    single = backend.call("DELETE", f"{SESSIONS}/{'f' * 32}", key=root)
    backend.call("DELETE", SESSIONS, key=root)

    assert 1 == len(listed)
    assert 404 == single.status_code
    assert [("users-permissions",)] == backend.read("SELECT origin FROM strapi_sessions")


def test_nobody_ends_the_session_of_another(backend: Backend, root: str) -> None:
    """
    A session id of somebody else is as unknown as any other.
    """
    _, ana = backend.admin(root, "ana")
    listed = backend.call("GET", SESSIONS, key=root).json()["data"]

    assert 404 == backend.call("DELETE", f"{SESSIONS}/{listed[0]['id']}", key=ana).status_code
    assert [True] == is_open(backend, root)


def test_f47_a_new_password_of_ones_own_ends_all_sessions(backend: Backend, root: str) -> None:
    """
    Changing the password signs out everywhere, here too.
    """
    other = backend.sign_in("root@example.com")
    body = {"password": NEW, "currentPassword": PASSWORD}

    assert 200 == backend.call("PUT", "/admin/users/me", body, key=root).status_code
    assert [False, False] == is_open(backend, root, other.json()["data"]["token"])
    assert not renews(backend, other.cookies)
    assert 200 == backend.sign_in("root@example.com", NEW).status_code


def test_f47_a_password_given_by_another_ends_what_renews_sessions(backend: Backend, root: str) -> None:
    """
    Open access tokens run out, and nothing renews them.
    """
    ana, key = backend.admin(root, "ana")
    cookies = backend.sign_in("ana@example.com").cookies
    backend.call("PUT", f"/admin/users/{ana}", {"password": NEW}, key=root)

    assert [True] == is_open(backend, key)
    assert not renews(backend, cookies)


def test_f47_a_role_that_is_taken_away_is_missing_at_the_next_request(backend: Backend, root: str) -> None:
    """
    Rights are read at each request, so an open session loses them at once.
    """
    ana, key = backend.admin(root, "ana", backend.role("Staff", "admin::users.read"))
    before = backend.call("GET", "/admin/users", key=key).status_code
    backend.call("PUT", f"/admin/users/{ana}", {"roles": [backend.role("Guest")]}, key=root)

    assert [200, 403] == [before, backend.call("GET", "/admin/users", key=key).status_code]


def test_an_admin_token_sees_its_owners_sessions_and_ends_none(backend: Backend, root: str) -> None:
    """
    No session is current to a token, and it never signs its owner out.
    """
    key = backend.admin_token(1)
    listed = backend.call("GET", SESSIONS, key=key).json()["data"]
    attempts = [
        backend.call("POST", "/admin/logout", key=key),
        backend.call("DELETE", SESSIONS, key=key),
        backend.call("DELETE", f"{SESSIONS}/{listed[0]['id']}", key=key),
    ]

    assert [False] == [entry["current"] for entry in listed]
    assert [403, 403, 403] == [answer.status_code for answer in attempts]
    assert [True] == is_open(backend, root)
