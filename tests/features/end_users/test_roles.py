from typing import Any

import pytest

from tests.features.end_users.people import People, told

ROLES = "/users-permissions/roles"
FIND = "plugin::users-permissions.user.find"
ON = {"enabled": True, "policy": ""}


def grid(**verbs: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Return permissions to do something with users."""
    return {"plugin::users-permissions": {"controllers": {"user": verbs}}}


def held(people: People, type_: str) -> set[str]:
    """Return what a role holds."""
    text = (
        "SELECT p.action FROM up_permissions p JOIN up_permissions_role_lnk l ON l.permission_id = p.id"
        " JOIN up_roles r ON r.id = l.role_id WHERE r.type = ?1"
    )
    return {action for (action,) in people.backend.read(text, type_)}


@pytest.mark.parametrize("door", [ROLES, f"/api{ROLES}"])
def test_a_role_holds_what_is_switched_on(people: People, door: str) -> None:
    """
    At both doors; what a project does not know is overlooked.
    """
    key = people.root if door == ROLES else people.full
    unknown = {"api::nothing": {"controllers": {"nothing": {"find": ON}}}}
    body = {
        "name": "Member One",
        "description": "d",
        "permissions": {**grid(find=ON, count={"enabled": False}), **unknown},
    }

    assert {"ok": True} == people.call("POST", door, body, key=key).json()
    assert {FIND} == held(people, "member_one")
    shown = people.call("GET", f"{door}/{people.role('member_one')}", key=key).json()["role"]["permissions"]
    assert ON == shown["plugin::users-permissions"]["controllers"]["user"]["find"]
    assert "api::nothing" not in shown


@pytest.mark.parametrize(
    "permissions",
    [{"a": None}, {"a": {"controllers": 1}}, {"a": {"controllers": {"b": []}}}, {"a": {"controllers": {"b": {"c": 1}}}},
     {"a.b": {"controllers": {"c": {"d": ON}}}}],
)  # fmt: skip
def test_permissions_of_another_form_are_none(people: People, permissions: dict[str, Any]) -> None:
    """
    They switch nothing on.
    """
    assert 200 == people.call("POST", ROLES, {"name": "Odd", "permissions": permissions}, key=people.root).status_code
    assert set() == held(people, "odd")


def test_f20_the_type_of_a_role_is_made_of_its_name(people: People) -> None:
    """
    And no other column can be chosen; whoever takes the public role's name does not speak for the public.
    """
    odd = {"id": 77, "documentId": "x", "type": "public", "createdBy": 1, "users": [1]}
    people.call("POST", ROLES, {"name": "Friends", "permissions": grid(find=ON), **odd}, key=people.root)
    assert [(3, "friends", None)] == people.backend.read("SELECT id, type, created_by_id FROM up_roles WHERE id > 2")
    people.call("POST", ROLES, {"name": "Public", "permissions": grid(find=ON)}, key=people.root)

    assert 403 == people.call("GET", "/api/users").status_code


def test_a_change_that_says_nothing_of_permissions_leaves_them(people: People) -> None:
    """
    Unlike the reference, which takes all of them away.
    """
    before = held(people, "public")
    people.call("PUT", f"{ROLES}/{people.role('public')}", {"description": "Anybody"}, key=people.root)

    assert before == held(people, "public")


def test_f45_a_role_that_goes_leaves_its_users_with_the_public_one(people: People) -> None:
    """
    At their next request; the roles that others need stay.
    """
    people.call("POST", ROLES, {"name": "Member", "permissions": grid(find=ON)}, key=people.root)
    made = people.register()
    path = f"/api/users/{made['user']['id']}"
    people.call("PUT", path, {"role": people.role("member")}, key=people.full)
    assert 200 == people.call("GET", "/api/users", key=made["jwt"]).status_code
    assert {"ok": True} == people.call("DELETE", f"{ROLES}/{people.role('member')}", key=people.root).json()

    assert 403 == people.call("GET", "/api/users", key=made["jwt"]).status_code
    assert [(people.role("public"),)] == people.backend.read("SELECT role_id FROM up_users_role_lnk")
    assert [] == people.backend.read("SELECT id FROM up_permissions WHERE action = ?1", FIND)


@pytest.mark.parametrize(
    ("method", "path", "action"),
    [
        ("GET", ROLES, "roles.read"),
        ("GET", f"{ROLES}/1", "roles.read"),
        ("POST", ROLES, "roles.create"),
        ("PUT", f"{ROLES}/1", "roles.update"),
        ("DELETE", f"{ROLES}/9", "roles.delete"),
        ("GET", "/users-permissions/advanced", "advanced-settings.read"),
        ("PUT", "/users-permissions/advanced", "advanced-settings.update"),
        ("GET", "/users-permissions/email-templates", "email-templates.read"),
        ("PUT", "/users-permissions/email-templates", "email-templates.update"),
        ("GET", "/users-permissions/providers", "providers.read"),
        ("PUT", "/users-permissions/providers", "providers.update"),
    ],
)
def test_each_route_of_the_back_office_needs_its_action(people: People, method: str, path: str, action: str) -> None:
    """
    Nobody, an API token and an end user are unknown there.
    """
    backend = people.backend
    role = backend.role("Desk", f"plugin::users-permissions.{action}")
    _, may = backend.admin(people.root, "may", role)
    _, may_not = backend.admin(people.root, "not", backend.role("None"))
    jwt = people.register()["jwt"]

    assert people.call(method, path, {}, key=may).status_code in (200, 400, 404)
    assert (403, "Policy Failed") == told(people.call(method, path, {}, key=may_not))
    assert [401] * 3 == [people.call(method, path, {}, key=key).status_code for key in (None, people.full, jwt)]
