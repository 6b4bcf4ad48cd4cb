from typing import Any

import pytest

from tests.features.backend import PASSWORD, Backend

FOREIGN: dict[str, Any] = {
    "id": 99,
    "documentId": "a" * 24,
    "blocked": True,
    "preferedLanguage": "fr",
    "createdBy": 1,
    "createdAt": 0,
    "registrationToken": None,
    "resetPasswordToken": None,
    "kind": "admin",
    "adminUserOwner": 1,
    "accessKey": "x",
    "encryptedKey": "x",
    "expiresAt": None,
}
LAST = (400, "You must have at least one user with super admin role.")


def told(answer: Any) -> tuple[int, str]:  # noqa: ANN401 - an answer
    """Return the status and message of a refusal."""
    return answer.status_code, answer.json()["error"]["message"]


def test_names_roles_and_address_are_changed(backend: Backend, root: str) -> None:
    """
    What is left out stays, null takes a name away, and the address is kept in lower case.
    """
    guest, staff = backend.role("Guest"), backend.role("Staff")
    ana, _ = backend.admin(root, "ana", guest)
    body = {"lastname": None, "username": "ana", "email": "Anna@Example.com", "roles": [staff, guest, staff]}
    read = backend.call("PUT", f"/admin/users/{ana}", body, key=root).json()["data"]

    assert ("Ana", None, "ana", "anna@example.com", ["Staff", "Guest"]) == (
        read["firstname"],
        read["lastname"],
        read["username"],
        read["email"],
        [role["name"] for role in read["roles"]],
    )


@pytest.mark.parametrize("key", FOREIGN)
def test_f20_nothing_else_is_changed(backend: Backend, root: str, key: str) -> None:
    """
    Any other attribute is refused, and the row stays as it was.
    """
    before = backend.read("SELECT * FROM admin_users")
    answer = backend.call("PUT", "/admin/users/1", {"firstname": "X", key: FOREIGN[key]}, key=root)

    assert (400, f"this field has unspecified keys: {key}") == told(answer)
    assert before == backend.read("SELECT * FROM admin_users")


@pytest.mark.parametrize("key", sorted({*FOREIGN, "roles", "isActive"} - {"preferedLanguage"}))
def test_f20_nobody_changes_more_than_its_profile(backend: Backend, root: str, key: str) -> None:
    """
    One's own account has no roles or states that one could choose.
    """
    answer = backend.call("PUT", "/admin/users/me", {key: FOREIGN.get(key, [1])}, key=root)

    assert (400, f"this field has unspecified keys: {key}") == told(answer)


@pytest.mark.parametrize("number", ["abc", "0", "-1", "1.0", "+1", "1e0", "9" * 40, "%C2%B9", "1%20", "0x1"])
def test_what_is_no_id_is_nobody(backend: Backend, root: str, number: str) -> None:
    """
    Odd ids are unknown in every route, and do no harm.
    """
    path = f"/admin/users/{number}"
    answers = [backend.call("GET", path, key=root), backend.call("DELETE", path, key=root)]
    answers.append(backend.call("PUT", path, {"firstname": "X"}, key=root))

    assert [404, 404, 404] == [answer.status_code for answer in answers]


def test_the_last_super_admin_that_can_sign_in_stays_one(backend: Backend, root: str) -> None:
    """
    One who was only invited, is inactive or blocked does not count as another.
    """
    guest, top = backend.role("Guest"), backend.super_admin_role
    pending = backend.invite(root, "pending", top)["id"]
    attempts = [{"isActive": False}, {"roles": [guest]}]

    assert [LAST, LAST] == [told(backend.call("PUT", "/admin/users/1", body, key=root)) for body in attempts]
    assert LAST == told(backend.call("DELETE", "/admin/users/1", key=root))
    assert 200 == backend.call("DELETE", f"/admin/users/{pending}", key=root).status_code
    backend.admin(root, "deputy", top)
    assert 200 == backend.call("PUT", "/admin/users/1", {"roles": [guest]}, key=root).status_code


def test_f45_who_is_deactivated_is_out_at_the_next_request(backend: Backend, root: str) -> None:
    """
    Sessions and tokens of somebody inactive or blocked open nothing until it is active again.
    """
    ana, session = backend.admin(root, "ana", backend.role("Staff", "admin::users.read"))
    key = backend.admin_token(ana, "admin::users.read")

    def states() -> list[int]:
        return [backend.call("GET", "/admin/users", key=each).status_code for each in (session, key)]

    before = states()
    backend.call("PUT", f"/admin/users/{ana}", {"isActive": False}, key=root)
    inactive = states()
    backend.call("PUT", f"/admin/users/{ana}", {"isActive": True}, key=root)
    backend.change(ana, blocked=1)
    blocked = states()
    backend.change(ana, blocked=0)

    assert [[200, 200], [401, 401], [401, 401], [200, 200]] == [before, inactive, blocked, states()]


def test_ones_own_profile_needs_the_current_password_for_a_new_one(backend: Backend, root: str) -> None:
    """
    A wrong or missing current password is refused; other changes need none.
    """

    def change(**body: object) -> tuple[int, Any]:
        answer = backend.call("PUT", "/admin/users/me", body, key=root)
        return answer.status_code, answer.json().get("error", {}).get("details")

    wrong = change(password="N3wpassword", currentPassword="Wr0ngword")
    missing = change(password="N3wpassword")

    assert (400, {"currentPassword": ["Invalid credentials"]}) == wrong
    assert (400, ["currentPassword"]) == (missing[0], missing[1]["errors"][0]["path"])
    assert 200 == change(preferedLanguage="fr", username="root", currentPassword="anything")[0]
    assert 200 == change(password="N3wpassword", currentPassword=PASSWORD)[0]


def test_an_address_belongs_to_one_administrator(backend: Backend, root: str) -> None:
    """
    A taken address is refused in the words of each route.
    """
    ana, key = backend.admin(root, "ana")
    other = backend.call("PUT", f"/admin/users/{ana}", {"email": "ROOT@example.com"}, key=root)
    own = backend.call("PUT", "/admin/users/me", {"email": "root@example.com"}, key=key)

    assert (400, "A user with this email address already exists") == told(other)
    assert (400, {"email": ["Email already taken"]}) == (own.status_code, own.json()["error"]["details"])
