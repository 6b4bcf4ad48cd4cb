"""What roles hold, and what becomes of it."""

from __future__ import annotations

import json

import pytest

from tests.features.backend import Backend
from tests.features.newsroom import ARTICLE, AUTHOR, READ, UPDATE, may
from tests.features.tokens.office import Office


@pytest.fixture
def office(newsroom: Backend) -> Office:
    """Return a server with its first administrator."""
    return Office(newsroom, newsroom.first_admin())


def test_f22_nobody_grants_what_it_does_not_hold(office: Office) -> None:
    """
    A role manager gives actions, fields and locales only as far as it holds them, and the refusal names each.
    """
    manager = office.role("Managers", may("admin::roles.update"), may(READ, AUTHOR, fields=["name"]))
    target = office.role("Target")
    _, access = office.backend.admin(office.root, "ron", manager)
    path = f"/admin/roles/{target}/permissions"
    body = {"permissions": [may("admin::users.delete"), may(READ, AUTHOR, fields=["name", "email"])]}
    answer = office.backend.call("PUT", path, body, key=access)
    error = answer.json()["error"]

    assert (403, "PermissionCeilingError") == (answer.status_code, error["name"])
    assert [
        {"action": "admin::users.delete", "subject": None, "reason": "action-not-held"},
        {"action": READ, "subject": AUTHOR, "reason": "fields-exceed"},
    ] == error["details"]["violations"]
    assert [] == office.backend.call("GET", path, key=office.root).json()["data"]


def test_what_a_role_has_may_stay_though_the_editor_lacks_it(office: Office) -> None:
    """
    Editing a role takes nothing away that the editor could not give.
    """
    manager = office.role("Managers", may("admin::roles.update"), may("admin::roles.read"))
    target = office.role("Target", may("admin::users.delete"))
    _, access = office.backend.admin(office.root, "ron", manager)
    body = {"permissions": [may("admin::users.delete"), may("admin::roles.read")]}
    answer = office.backend.call("PUT", f"/admin/roles/{target}/permissions", body, key=access)

    assert (200, ["admin::roles.read"]) == (answer.status_code, [each["action"] for each in answer.json()["data"]])


def test_f44_a_field_that_comes_back_is_not_inherited(office: Office) -> None:
    """
    When an attribute is deleted its name leaves every permission, so that a new one of that name starts without rights.
    """
    office.role("Desk", may(UPDATE, AUTHOR, fields=["name", "bio"]))
    token = office.token(office.root, may(READ, AUTHOR, fields=["bio"]))
    schema = office.backend.project.settings.folder / "src/api/author/content-types/author/schema.json"
    whole = json.loads(schema.read_text())
    without = {**whole, "attributes": {key: value for key, value in whole["attributes"].items() if key != "bio"}}
    schema.write_text(json.dumps(without))
    office.backend.restart()
    schema.write_text(json.dumps(whole))
    office.backend.restart()
    (desk,) = (
        role
        for role in office.backend.call("GET", "/admin/roles", key=office.root).json()["data"]
        if role["name"] == "Desk"
    )
    held = office.backend.call("GET", f"/admin/roles/{desk['id']}/permissions", key=office.root).json()["data"]

    assert [{"fields": ["name"]}] == [permission["properties"] for permission in held]
    assert [{"fields": []}] == [permission["properties"] for permission in office.held(token["id"])]


def test_a_deleted_role_leaves_no_permission_behind(office: Office) -> None:
    """
    The rows of a role's permissions go with it.
    """
    role = office.role("Desk", may(READ, ARTICLE, fields=["title"]))
    before = office.backend.read("SELECT count(*) FROM admin_permissions")[0][0]
    office.backend.call("DELETE", f"/admin/roles/{role}", key=office.root)

    assert before - 1 == office.backend.read("SELECT count(*) FROM admin_permissions")[0][0]


@pytest.mark.parametrize(
    "query",
    [
        "filters[users][password][$startsWith]=$2a",
        "filters[users][resetPasswordToken][$notNull]=true",
        "filters[$or][0][users][password][$contains]=a",
        "sort=users.password:asc",
        "populate=users",
        "where[users][password][$startsWith]=$2a",
        "lookup[users][password][$startsWith]=$2a",
        "fields[0]=users.password",
        "_q=$2a",
    ],
)
def test_f1_no_question_about_roles_tells_of_passwords(office: Office, query: str) -> None:
    """
    Lists of roles answer the same bytes whatever the hidden values of the administrators who have them are.
    """
    path = f"/admin/roles?{query}"
    before = office.backend.call("GET", path, key=office.root)
    office.backend.execute(
        "UPDATE admin_users SET password = 'zzz', reset_password_token = 'x', registration_token = 'y'"
    )
    after = office.backend.call("GET", path, key=office.root)

    assert (before.status_code, before.content) == (after.status_code, after.content)
    assert "$2a$" not in before.text
