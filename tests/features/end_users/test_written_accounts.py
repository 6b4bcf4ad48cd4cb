"""Accounts that administrators write in the content manager."""

from __future__ import annotations

import httpx
import pytest

from tests.features.backend import Backend

USERS = "/content-manager/collection-types/plugin::users-permissions.user"
BODY = {"username": "una", "email": "Una@Example.com", "password": "Passw0rd!", "confirmed": True, "blocked": False}


@pytest.fixture
def root(newsroom: Backend) -> str:
    """Return the access token of the first administrator."""
    return newsroom.first_admin()


def written(backend: Backend, root: str, **values: object) -> httpx.Response:
    """Add an account, with a role unless another one is named."""
    ((role,),) = backend.read("SELECT document_id FROM up_roles WHERE type = 'authenticated'")
    body = {**BODY, "role": {"connect": [{"documentId": role}]}, **values}
    return backend.call("POST", USERS, body, key=root)


def test_an_account_that_an_administrator_adds_may_sign_in(newsroom: Backend, root: str) -> None:
    """
    It is one with a password, and its address is kept in lower case, as in the reference.
    """
    added = written(newsroom, root)
    signed = newsroom.call("POST", "/api/auth/local", {"identifier": "una@example.com", "password": "Passw0rd!"})

    assert 201 == added.status_code, added.text
    assert [("local",)] == newsroom.read("SELECT provider FROM up_users")
    assert (200, "una@example.com") == (signed.status_code, signed.json()["user"]["email"])


def test_an_account_needs_a_role(newsroom: Backend, root: str) -> None:
    """
    Without one it would be good for nothing; it is refused and leaves nothing behind.
    """
    answer = written(newsroom, root, role=None)

    assert (400, "role is a required field") == (answer.status_code, answer.json()["error"]["message"])
    assert [] == newsroom.read("SELECT id FROM up_users")


def test_an_address_belongs_to_one_account(newsroom: Backend, root: str) -> None:
    """
    Neither a new account nor a changed one takes somebody else's address, in whatever case.
    """
    written(newsroom, root)
    again = written(newsroom, root, username="uwe", email="una@EXAMPLE.com")
    other = written(newsroom, root, username="uwe", email="uwe@example.com").json()["data"]["documentId"]
    taken = newsroom.call("PUT", f"{USERS}/{other}", {"email": "UNA@example.com"}, key=root)
    moved = newsroom.call("PUT", f"{USERS}/{other}", {"email": "UWE@example.org"}, key=root)

    assert (400, "Email already taken") == (again.status_code, again.json()["error"]["message"])
    assert (400, "Email already taken") == (taken.status_code, taken.json()["error"]["message"])
    assert 200 == moved.status_code
    assert [("una@example.com",), ("uwe@example.org",)] == newsroom.read("SELECT email FROM up_users ORDER BY id")
