"""A token never holds more than its owner, and never does more than its owner may do now."""

from __future__ import annotations

from typing import Any

import pytest

from tests.features.newsroom import ARTICLE, AUTHOR, CREATE, DELETE, EVENT, READ, UPDATE, may, may_manage_tokens
from tests.features.tokens.office import Office

OWN = ("admin::is-creator",)
EXCEEDING = "Cannot assign admin permissions that exceed your own. Exceeding: "


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (may(DELETE, AUTHOR), f"{DELETE} on {AUTHOR}"),
        (may("admin::users.read"), "admin::users.read"),
        (may(READ, ARTICLE, fields=["title", "body"], locales=["en"]), f"{READ} on {ARTICLE} (fields: body)"),
        (
            may(READ, ARTICLE, fields=[], locales=["en"]),
            f"{READ} on {ARTICLE} (fields are required due to owner field restrictions)",
        ),
        (may(READ, ARTICLE, fields=["title"], locales=["en", "fr"]), f"{READ} on {ARTICLE} (locales: fr)"),
        (
            may(READ, ARTICLE, fields=["title"], locales=None),
            f"{READ} on {ARTICLE} (locales are required due to owner locale restrictions)",
        ),
    ],
)
def test_f43_what_exceeds_the_owner_is_refused_by_name(office: Office, asked: dict[str, Any], named: str) -> None:
    """
    Actions, fields and locales beyond the owner's are refused, and nothing is created.
    """
    _, access, _ = office.owner("ana", may(READ, AUTHOR), may(READ, ARTICLE, fields=["title"], locales=["en"]))
    answer = office.ask(access, asked)

    assert (400, EXCEEDING + named) == (answer.status_code, answer.json()["error"]["message"])
    assert [] == office.backend.call("GET", "/admin/admin-tokens", key=office.root).json()["data"]


def test_conditions_are_the_owners(office: Office) -> None:
    """
    Whatever conditions are asked for, the token is bound by those of its owner's roles.
    """
    _, access, _ = office.owner("ana", may(READ, AUTHOR, conditions=OWN))
    token = office.token(access, may(READ, AUTHOR))

    assert [may(READ, AUTHOR, conditions=OWN)] == office.held(token["id"])


def test_what_leaves_a_role_leaves_the_tokens_in_the_same_transaction(office: Office) -> None:
    """
    A permission that a role loses is deleted from the tokens of everybody who has the role.
    """
    _, access, role = office.owner("ana", may(READ, AUTHOR), may(CREATE, AUTHOR))
    token = office.token(access, may(READ, AUTHOR), may(CREATE, AUTHOR))
    office.grant(role, *may_manage_tokens(), may(CREATE, AUTHOR))
    after = office.held(token["id"])
    office.grant(role, *may_manage_tokens(), may(READ, AUTHOR), may(CREATE, AUTHOR))

    assert [may(CREATE, AUTHOR)] == after
    assert after == office.held(token["id"])


def test_the_ceiling_holds_without_clipping(office: Office) -> None:
    """
    When another program takes a permission from a role, the token loses it at the next request all the same.
    """
    _, access, role = office.owner("ana", may("admin::roles.read"))
    key = office.token(access, may("admin::roles.read"))["accessKey"]
    before = office.backend.call("GET", "/admin/roles", key=key).status_code
    office.backend.execute(
        "DELETE FROM admin_permissions WHERE action = 'admin::roles.read' AND id IN"
        " (SELECT permission_id FROM admin_permissions_role_lnk WHERE role_id = ?1)",
        role,
    )

    assert (200, 403) == (before, office.backend.call("GET", "/admin/roles", key=key).status_code)
    assert ["admin::roles.read"] == [
        row[0]
        for row in office.backend.read(
            "SELECT p.action FROM admin_permissions p JOIN admin_permissions_api_token_lnk l ON l.permission_id = p.id"
        )
    ]


def test_f23_nothing_made_with_a_token_exceeds_the_token(office: Office) -> None:
    """
    A token that manages tokens gives neither itself nor another one more than it holds.
    """
    manager = office.token(office.root, *may_manage_tokens(), may("admin::users.read"), name="Manager")
    key, more = manager["accessKey"], may("admin::users.create")
    asked = office.ask(key, more, name="Child")
    widened = office.backend.call(
        "PUT", f"/admin/admin-tokens/{manager['id']}", {"adminPermissions": [*may_manage_tokens(), more]}, key=key
    )

    assert [400, 400] == [asked.status_code, widened.status_code]
    assert 201 == office.ask(key, may("admin::users.read"), name="Child").status_code


def test_a_token_regenerates_no_key_that_opens_more(office: Office) -> None:
    """
    Regenerating shows the key, so a token may do it only with tokens within its own rights.
    """
    key = office.token(office.root, *may_manage_tokens(), name="Manager")["accessKey"]
    wider = office.token(office.root, may("admin::users.create"), name="Wider")

    assert 403 == office.backend.call("POST", f"/admin/admin-tokens/{wider['id']}/regenerate", key=key).status_code


def test_f40_every_shape_of_grant_survives_restarts(office: Office) -> None:
    """
    Permissions of tokens are the same, byte for byte, after two restarts.
    """
    shapes = [
        {"action": READ, "subject": ARTICLE},
        may(READ, AUTHOR, fields=[]),
        may(UPDATE, ARTICLE, fields=["seo.metaTitle"], locales=None),
        may(CREATE, EVENT, fields=["title"], conditions=OWN),
        may("admin::roles.read"),
    ]
    office.token(office.root, *shapes)
    read = (
        "SELECT p.* FROM admin_permissions p JOIN admin_permissions_api_token_lnk l ON l.permission_id = p.id"
        " ORDER BY p.id"
    )
    before = office.backend.read(read)
    office.backend.restart()
    office.backend.restart()

    assert before == office.backend.read(read)


def test_f41_permissions_of_roles_survive_restarts(office: Office) -> None:
    """
    What a role holds is the same, byte for byte, after a restart; required fields do not come back.
    """
    office.role("Desk", may(UPDATE, ARTICLE, fields=["summary"], locales=["en"], conditions=OWN), may(READ, AUTHOR))
    read = (
        "SELECT p.* FROM admin_permissions p JOIN admin_permissions_role_lnk l ON l.permission_id = p.id"
        " JOIN admin_roles r ON r.id = l.role_id WHERE r.name = 'Desk' ORDER BY p.id"
    )
    before = office.backend.read(read)
    office.backend.restart()

    assert before == office.backend.read(read)


@pytest.mark.parametrize("properties", [{}, {"locales": None}, {"locales": ["en"]}, {"locales": []}])
def test_locales_bound_nothing_where_content_has_none(office: Office, properties: dict[str, Any]) -> None:
    """
    On a type without locales a token is given, and keeps, what its owner holds, whatever is said of locales.
    """
    _, access, role = office.owner("ana", may(READ, AUTHOR))
    answer = office.ask(access, may(READ, AUTHOR, **properties))
    office.grant(role, *may_manage_tokens(), may(READ, AUTHOR), may(CREATE, AUTHOR))

    assert 201 == answer.status_code, answer.text
    assert [may(READ, AUTHOR, **properties)] == office.held(answer.json()["data"]["id"])
