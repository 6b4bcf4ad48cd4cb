"""The refusals of permissions that go too far, in the recorded words."""

from __future__ import annotations

from typing import Any

import pytest

from tessera.authz.limits import clip, exceeding, exceeding_message, exceeding_owner, inherit_conditions
from tessera.authz.permission import Permission

ARTICLE, AUTHOR, EVENT = "api::article.article", "api::author.author", "api::event.event"
READ, DELETE = "plugin::content-manager.explorer.read", "plugin::content-manager.explorer.delete"
OWN, ROLE = "admin::is-creator", "admin::has-same-role-as-creator"


def _may(action: str, subject: str | None = None, *conditions: str, **properties: Any) -> Permission:  # noqa: ANN401
    return Permission(action=action, subject=subject, properties=properties, conditions=conditions)


DESK = (_may(READ, AUTHOR), _may(READ, ARTICLE, fields=["title", "summary"], locales=["en"]))


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        ([_may(DELETE, AUTHOR)], f"{DELETE} on {AUTHOR}"),
        ([_may("admin::users.read")], "admin::users.read"),
        ([_may(READ, AUTHOR), _may(READ, EVENT), _may("admin::users.read")], f"{READ} on {EVENT}, admin::users.read"),
        (
            [_may(READ, ARTICLE, fields=["title", "slug", "body"], locales=["en"])],
            f"{READ} on {ARTICLE} (fields: slug, body)",
        ),
        (
            [_may(READ, ARTICLE, locales=["en"])],
            f"{READ} on {ARTICLE} (fields are required due to owner field restrictions)",
        ),
        (
            [_may(READ, ARTICLE, fields=[], locales=["en"])],
            f"{READ} on {ARTICLE} (fields are required due to owner field restrictions)",
        ),
        ([_may(READ, ARTICLE, fields=["title"], locales=["fr", "en"])], f"{READ} on {ARTICLE} (locales: fr)"),
        (
            [_may(READ, ARTICLE, fields=["title"], locales=None)],
            f"{READ} on {ARTICLE} (locales are required due to owner locale restrictions)",
        ),
    ],
)
def test_what_a_token_may_not_be_given(wanted: list[Permission], named: str) -> None:
    """
    The message names each permission that exceeds the owner's, and by how much (admin_tokens.ceiling_of_…).
    """
    found = exceeding_owner(wanted, DESK)

    assert f"Cannot assign admin permissions that exceed your own. Exceeding: {named}" == exceeding_message(found)


@pytest.mark.parametrize(
    "wanted",
    [
        _may(READ, AUTHOR, fields=["name"]),
        _may(READ, AUTHOR, fields=[]),
        _may(READ, AUTHOR, ROLE),
        _may(READ, ARTICLE, fields=["summary"], locales=["en"]),
        _may(READ, ARTICLE, fields=["summary"], locales=[]),
        _may(READ, ARTICLE, fields=["summary"]),
    ],
)
def test_what_a_token_may_be_given(wanted: Permission) -> None:
    """
    Fewer fields or locales than the owner's are within its bounds, and a permission without locales opens none.
    """
    assert [] == exceeding_owner([wanted], DESK)


@pytest.mark.parametrize("wanted", [_may(READ, AUTHOR), _may(READ, AUTHOR, fields=["name"])])
def test_a_role_without_fields_bounds_a_token_to_none(wanted: Permission) -> None:
    """
    An empty list of fields is a ceiling of no fields (admin_tokens.ceiling_of_an_owner_with_no_fields).
    """
    assert exceeding_owner([wanted], [_may(READ, AUTHOR, fields=[])])


RON = (
    _may(READ, EVENT, fields=["title"]),
    _may(DELETE, EVENT, OWN),
    _may(READ, ARTICLE, fields=["title"], locales=["en"]),
)


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (_may("admin::users.delete"), "action-not-held"),
        (_may(READ, EVENT, fields=["title", "price"]), "fields-exceed"),
        (_may(READ, EVENT), "fields-exceed"),
        (_may(DELETE, EVENT), "conditions-exceed"),
        (_may(DELETE, EVENT, OWN, ROLE), "conditions-exceed"),
        (_may(READ, ARTICLE, fields=["title"], locales=["en", "fr"]), "locales-exceed"),
    ],
)
def test_what_nobody_may_give(wanted: Permission, reason: str) -> None:
    """
    Each violation says what is given and in which way it goes too far (promises.nobody_gives_more_than_it_holds).
    """
    violation = {"action": wanted.action, "subject": wanted.subject, "reason": reason}

    assert [violation] == [found.violation() for found in exceeding([wanted], RON)]


def test_two_permissions_do_not_add_up() -> None:
    """
    English titles and French bodies are neither French titles nor, under a condition, all titles.
    """
    held = (
        _may(READ, ARTICLE, fields=["title"], locales=["en"]),
        _may(READ, ARTICLE, OWN, fields=["body"], locales=["fr"]),
    )
    french_titles = _may(READ, ARTICLE, fields=["title"], locales=["fr"])
    all_bodies = _may(READ, ARTICLE, fields=["body"], locales=["fr"])

    assert ["locales-exceed"] == [found.violation()["reason"] for found in exceeding([french_titles], held)]
    assert ["conditions-exceed"] == [found.violation()["reason"] for found in exceeding([all_bodies], held)]
    assert [] == exceeding(held, held)


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ([_may(READ, AUTHOR, OWN)], (OWN,)),
        ([_may(READ, AUTHOR, OWN), _may(READ, AUTHOR, ROLE, OWN)], (OWN, ROLE)),
        ([_may(READ, AUTHOR, OWN), _may(READ, AUTHOR)], ()),
        ([_may(READ, EVENT, OWN)], (ROLE,)),
    ],
)
def test_conditions_are_those_of_all_roles(owner: list[Permission], expected: tuple[str, ...]) -> None:
    """
    Conditions of several roles are joined, and one role without any is enough (admin_tokens.ceiling_of_conditions).
    """
    inherited = inherit_conditions([_may(READ, AUTHOR, ROLE)], owner)

    assert (_may(READ, AUTHOR, *expected),) == inherited


def test_a_token_loses_whole_permissions() -> None:
    """
    When the owner loses an action, field or locale, what names it is gone; conditions follow the owner's.
    """
    token = [
        _may(READ, AUTHOR),
        _may(DELETE, AUTHOR),
        _may(READ, ARTICLE, fields=["title", "summary"], locales=["en"]),
        _may(READ, EVENT, fields=["title"], locales=["en", "fr"]),
    ]
    owner = [
        _may(READ, AUTHOR, OWN),
        _may(READ, ARTICLE, fields=["title"], locales=["en"]),
        _may(READ, EVENT, fields=["title"], locales=["en"]),
    ]

    assert (_may(READ, AUTHOR, OWN),) == clip(token, owner)
