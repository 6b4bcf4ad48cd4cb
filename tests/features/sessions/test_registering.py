from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.features.backend import PASSWORD, Backend

FIRST = {"email": "root@example.com", "password": PASSWORD, "firstname": "Root", "lastname": "Admin"}
# What no body of a person may say of itself.
FOREIGN: dict[str, Any] = {
    "id": 99,
    "roles": [1],
    "isActive": True,
    "blocked": False,
    "createdBy": 1,
    "documentId": "a" * 24,
    "registrationToken": None,
    "resetPasswordToken": "a" * 40,
    "kind": "admin",
    "adminUserOwner": 1,
    "accessKey": "x",
    "encryptedKey": "x",
    "expiresAt": None,
}


def accept(backend: Backend, token: object, **info: object) -> httpx.Response:
    """Register with an invitation."""
    user = {"firstname": "Ana", "lastname": "Ng", "password": PASSWORD, **info}
    return backend.call("POST", "/admin/register", {"registrationToken": token, "userInfo": user})


def test_the_first_administrator_is_a_super_admin_who_is_signed_in(backend: Backend) -> None:
    """
    Whoever registers first has the super admin role, an access token and a cookie.
    """
    answer = backend.call("POST", "/admin/register-admin", FIRST)
    data = answer.json()["data"]
    me = backend.call("GET", "/admin/users/me", key=data["accessToken"]).json()["data"]

    assert answer.status_code == 200
    assert data["token"] == data["accessToken"]
    assert ["strapi-super-admin"] == [role["code"] for role in me["roles"]]
    assert {"strapi_admin_refresh", "strapi_admin_refresh.sig"} == set(answer.cookies)


def test_of_many_first_administrators_at_once_one_is_registered(backend: Backend) -> None:
    """
    Nobody becomes a second super admin by asking at the same moment as the first.
    """
    bodies = [{**FIRST, "email": f"root{number}@example.com"} for number in range(6)]
    with ThreadPoolExecutor(6) as threads:
        answers = threads.map(lambda body: backend.call("POST", "/admin/register-admin", body).status_code, bodies)

    assert [200, *[400] * 5] == sorted(answers)
    assert [(1,)] == backend.read("SELECT count(*) FROM admin_users")


@pytest.mark.parametrize("key", FOREIGN)
def test_f20_nobody_chooses_more_than_its_names_and_password_on_registering(backend: Backend, key: str) -> None:
    """
    A body with any other attribute of an administrator is refused, and nobody is registered.
    """
    first = backend.call("POST", "/admin/register-admin", {**FIRST, key: FOREIGN[key]})
    root = backend.first_admin()
    token = backend.invite(root, "ana")["registrationToken"]
    invited = accept(backend, token, **{key: FOREIGN[key]})

    assert (400, f"this field has unspecified keys: {key}") == (first.status_code, first.json()["error"]["message"])
    assert (400, f"userInfo field has unspecified keys: {key}") == (
        invited.status_code,
        invited.json()["error"]["message"],
    )
    assert [(None,)] == backend.read("SELECT password FROM admin_users WHERE email = 'ana@example.com'")


def test_an_invitation_is_accepted_once(backend: Backend, root: str) -> None:
    """
    The token shows whom it invites until it is used; then it is worth nothing.
    """
    token = backend.invite(root, "ana")["registrationToken"]
    address = f"/admin/registration-info?registrationToken={token}"
    shown = backend.call("GET", address).json()["data"]
    accepted = accept(backend, token, lastname=None)

    assert {"email": "ana@example.com", "firstname": "Ana", "lastname": "User"} == shown
    assert (200, None) == (accepted.status_code, accepted.json()["data"]["user"]["lastname"])
    assert "Invalid registration info" == accept(backend, token).json()["error"]["message"]
    assert "Invalid registrationToken" == backend.call("GET", address).json()["error"]["message"]


def test_f45_an_invitation_of_somebody_who_is_blocked_is_none(backend: Backend, root: str) -> None:
    """
    Who was blocked after the invitation cannot register with it.
    """
    token = backend.invite(root, "ana")["registrationToken"]
    backend.change(2, blocked=1)

    assert 400 == accept(backend, token).status_code


@pytest.mark.parametrize(
    "odd", [{}, [], True, None, 0, 1.5, "", "nothing", "a" * 39, "A" * 40, "a" * 10_000, ["a" * 40]]
)
def test_f50_what_is_no_token_is_refused_without_looking_for_it(backend: Backend, root: str, odd: object) -> None:
    """
    Only forty hexadecimal digits are looked up; everything else is a bad request at once.
    """
    backend.invite(root, "ana")
    with backend.traced() as seen:
        register = accept(backend, odd)
        reset = backend.call("POST", "/admin/reset-password", {"resetPasswordToken": odd, "password": PASSWORD})

    assert [400, 400] == [register.status_code, reset.status_code]
    assert [] == seen
