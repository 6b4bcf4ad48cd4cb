from typing import Any

import httpx
import pytest

from tests.features.backend import PASSWORD, Backend

STAFF = ("admin::users.read", "admin::users.create", "admin::users.update", "admin::users.delete")
HOOKS = "admin::webhooks.read"


def refused(answer: httpx.Response) -> bool:
    """Tell whether somebody was told to give no more than it holds."""
    return (403, "PermissionCeilingError") == (answer.status_code, answer.json().get("error", {}).get("name"))


class Cast:
    """A super admin, uma who manages administrators, and roles with more and with less than hers."""

    def __init__(self, backend: Backend, root: str) -> None:
        self.backend, self.root = backend, root
        self.staff, self.viewers = backend.role("Staff", *STAFF), backend.role("Viewers", STAFF[0])
        self.hooks, self.top = backend.role("Hooks", HOOKS), backend.super_admin_role
        self.uma_id, self.uma = backend.admin(root, "uma", self.staff)
        self.hal_id, self.hal = backend.admin(root, "hal", self.hooks)
        self.key = backend.admin_token(1, *STAFF)

    def change(self, user_id: int, body: dict[str, Any], key: str | None = None) -> httpx.Response:
        return self.backend.call("PUT", f"/admin/users/{user_id}", body, key=key or self.uma)

    def invite(self, *roles: int, key: str | None = None) -> httpx.Response:
        body = {"email": "new@example.com", "firstname": "New", "roles": list(roles)}
        return self.backend.call("POST", "/admin/users", body, key=key or self.uma)


@pytest.fixture
def people(backend: Backend, root: str) -> Cast:
    """Return the people of these tests."""
    return Cast(backend, root)


def test_f22_nobody_gives_itself_a_role_that_holds_more(people: Cast) -> None:
    """
    The refusal names each violation, and nothing changes.
    """
    answer = people.change(people.uma_id, {"roles": [people.staff, people.hooks]})

    assert refused(answer)
    assert HOOKS in answer.json()["error"]["message"]
    assert [{"action": HOOKS, "subject": None, "reason": "action-not-held"}] == (
        answer.json()["error"]["details"]["violations"]
    )
    assert refused(people.change(people.uma_id, {"roles": [people.top]}))
    assert [(people.staff,)] == people.backend.read(
        "SELECT role_id FROM admin_users_roles_lnk WHERE user_id = ?1", people.uma_id
    )


def test_f23_nobody_gives_others_a_role_that_holds_more(people: Cast) -> None:
    """
    Neither an invitation nor a change hands out more than the giver has.
    """
    assert refused(people.invite(people.hooks))
    assert refused(people.invite(people.viewers, people.top))
    assert refused(people.change(people.hal_id, {"roles": [people.hooks, people.top]}))
    assert 201 == people.invite(people.viewers).status_code


def test_roles_that_somebody_has_may_stay_when_another_one_edits(people: Cast) -> None:
    """
    Only what is newly given counts, so that lists which are sent back whole do not fail.
    """
    assert 200 == people.change(people.hal_id, {"roles": [people.hooks, people.viewers]}).status_code
    assert 200 == people.change(people.hal_id, {"roles": [people.viewers]}).status_code
    assert refused(people.change(people.hal_id, {"roles": [people.viewers, people.hooks]}))


@pytest.mark.parametrize("body", [{"password": "Hijacked1"}, {"email": "uma2@example.com"}])
def test_nobody_takes_over_an_account_that_holds_more(people: Cast, body: dict[str, str]) -> None:
    """
    The password and the address of somebody with more rights are out of reach; names are not.
    """
    assert refused(people.change(1, body))
    assert refused(people.change(people.hal_id, body))
    assert 200 == people.backend.sign_in("root@example.com", PASSWORD).status_code
    assert 200 == people.change(1, {"firstname": "Rudi", "email": "ROOT@example.com"}).status_code
    assert 200 == people.change(people.uma_id, body).status_code


def test_f23_a_key_gives_no_more_than_the_key_holds(people: Cast) -> None:
    """
    That the key's owner is a super admin gives the key nothing.
    """
    assert refused(people.invite(people.hooks, key=people.key))
    assert refused(people.invite(people.top, key=people.key))
    assert refused(people.change(people.uma_id, {"roles": [people.hooks]}, people.key))
    assert refused(people.change(people.hal_id, {"password": "Hijacked1"}, people.key))
    assert 201 == people.invite(people.viewers, key=people.key).status_code
    assert 200 == people.change(people.uma_id, {"password": "N3wpassword"}, people.key).status_code


def test_f23_a_key_of_somebody_with_less_is_bounded_by_its_owner(people: Cast) -> None:
    """
    A key that holds more on paper than its owner gives no more than the owner could.
    """
    key = people.backend.admin_token(people.uma_id, *STAFF, HOOKS)

    assert refused(people.invite(people.hooks, key=key))


@pytest.mark.parametrize("body", [{"firstname": "Me"}, {"isActive": True}, {"password": "N3wpassword"}, {"roles": [1]}])
def test_a_key_never_changes_its_owners_account(people: Cast, body: dict[str, Any]) -> None:
    """
    Neither as an administrator among others nor as its own profile.
    """
    own = people.backend.admin_token(people.uma_id, *STAFF)
    answers = [people.change(people.uma_id, body, own), people.backend.call("PUT", "/admin/users/me", body, key=own)]

    assert [(403, "ForbiddenError")] * 2 == [(a.status_code, a.json()["error"]["name"]) for a in answers]


def test_f22_conditions_on_managing_administrators_count(people: Cast) -> None:
    """
    Who may manage only administrators of its own making sees and changes none of the others.
    """
    backend = people.backend
    role = backend.role("Careful", *STAFF, conditions=("admin::is-creator",))
    ivy_id, ivy = backend.admin(people.root, "ivy", role)
    before = [people.change(people.hal_id, {"firstname": "X"}, ivy).status_code]
    before += [backend.call(verb, f"/admin/users/{people.hal_id}", key=ivy).status_code for verb in ("GET", "DELETE")]
    many = backend.call("POST", "/admin/users/batch-delete", {"ids": [people.hal_id]}, key=ivy).status_code
    backend.change(people.hal_id, created_by_id=ivy_id)
    listed = backend.call("GET", "/admin/users", key=ivy).json()["data"]["results"]

    assert [404, 404, 404, 403] == [*before, many]
    assert [people.hal_id] == [user["id"] for user in listed]
    assert 200 == people.change(people.hal_id, {"firstname": "X"}, ivy).status_code


def test_f21_rights_are_judged_by_the_row_as_it_is_now(people: Cast) -> None:
    """
    Somebody who got more rights since is out of reach at once.
    """
    assert 200 == people.change(people.uma_id, {"email": "uma3@example.com"}).status_code
    _, vic = people.backend.admin(people.root, "vic", people.staff)
    people.change(people.uma_id, {"roles": [people.staff, people.hooks]}, people.root)

    assert refused(people.change(people.uma_id, {"password": "Hijacked1"}, vic))


def test_f23_tokens_lose_what_a_new_role_does_not_hold(people: Cast) -> None:
    """
    When the roles of an owner change, stored permissions of its tokens are clipped in the same transaction.
    """
    people.backend.admin_token(people.uma_id, *STAFF)
    people.change(people.uma_id, {"roles": [people.viewers]}, people.root)

    assert [("admin::users.read",)] == people.backend.read(
        "SELECT p.action FROM admin_permissions p JOIN admin_permissions_api_token_lnk l ON l.permission_id = p.id"
        " JOIN strapi_api_tokens_admin_user_owner_lnk o ON o.api_token_id = l.api_token_id WHERE o.user_id = ?1",
        people.uma_id,
    )
