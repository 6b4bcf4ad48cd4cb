from typing import Any

import pytest

from tests.features.backend import Backend

PERSON = {"email": "ana@example.com", "firstname": "Ana", "lastname": "Ng"}
FOREIGN: dict[str, Any] = {
    "id": 99,
    "username": "ana",
    "password": "Passw0rd!",
    "isActive": True,
    "blocked": False,
    "createdBy": 1,
    "registrationToken": "a" * 40,
    "resetPasswordToken": "a" * 40,
    "kind": "admin",
    "adminUserOwner": 1,
    "accessKey": "x",
    "encryptedKey": "x",
    "expiresAt": None,
}


def test_an_invited_administrator_is_inactive_and_has_a_token(backend: Backend, root: str) -> None:
    """
    Only the answer to the invitation has the token; the address is kept in lower case.
    """
    role = backend.role("Guest")
    body = {**PERSON, "email": "Ana@Example.com", "roles": [str(role)], "preferedLanguage": "fr"}
    made = backend.call("POST", "/admin/users", body, key=root)
    read = backend.call("GET", f"/admin/users/{made.json()['data']['id']}", key=root).json()["data"]

    assert 201 == made.status_code
    assert 40 == len(made.json()["data"]["registrationToken"])
    assert ("ana@example.com", False, "fr", ["Guest"]) == (
        read["email"],
        read["isActive"],
        read["preferedLanguage"],
        [held["name"] for held in read["roles"]],
    )
    assert "registrationToken" not in read


@pytest.mark.parametrize("key", FOREIGN)
def test_f20_an_invitation_says_nothing_else(backend: Backend, root: str, key: str) -> None:
    """
    Any other attribute of an administrator is refused, and nobody is invited.
    """
    answer = backend.call("POST", "/admin/users", {**PERSON, key: FOREIGN[key]}, key=root)

    assert (400, f"this field has unspecified keys: {key}") == (answer.status_code, answer.json()["error"]["message"])
    assert [(1,)] == backend.read("SELECT count(*) FROM admin_users")


@pytest.mark.parametrize("role", [4096, "4096", "abc", "1 OR 1=1", 2**80, "², "])
def test_f66_a_role_that_is_unknown_stops_the_invitation(backend: Backend, root: str, role: object) -> None:
    """
    A role that does not exist is refused instead of being overlooked.
    """
    answer = backend.call("POST", "/admin/users", {**PERSON, "roles": [role]}, key=root)

    assert (400, "ValidationError") == (answer.status_code, answer.json()["error"]["name"])
    assert [(1,)] == backend.read("SELECT count(*) FROM admin_users")


def test_an_address_is_invited_once_in_whatever_case(backend: Backend, root: str) -> None:
    """
    Addresses that differ in case only belong to one administrator, also where an older row has capitals.
    """
    backend.change(1, email="Root@Example.com")
    answer = backend.call("POST", "/admin/users", {**PERSON, "email": "ROOT@EXAMPLE.COM"}, key=root)

    assert (400, "Email already taken") == (answer.status_code, answer.json()["error"]["message"])


@pytest.mark.parametrize("email", [5, None, [], {}, True])
def test_an_address_of_another_kind_is_refused(backend: Backend, root: str, email: object) -> None:
    """
    The server has no trouble with what is no address.
    """
    assert 400 == backend.call("POST", "/admin/users", {**PERSON, "email": email}, key=root).status_code
    assert 400 == backend.call("PUT", "/admin/users/1", {"email": email}, key=root).status_code
