from typing import Any

import orjson
import pytest

from tessera.engine.session import Session
from tessera.features.end_users import starting
from tessera.identity.context import RequestContext
from tessera.identity.principal import Anonymous
from tests.features.backend import Backend

SETTINGS = "SELECT value FROM strapi_core_store_settings WHERE key = 'plugin_users-permissions_advanced'"
ROLES = "SELECT id, type, name, description FROM up_roles ORDER BY id"
HELD = (
    "SELECT l.role_id, l.permission_ord, p.action FROM up_permissions p"
    " JOIN up_permissions_role_lnk l ON l.permission_id = p.id ORDER BY p.id"
)


def start(backend: Backend) -> None:
    """Start once more."""

    async def again(session: Session) -> None:
        ctx: Any = RequestContext(
            principal=Anonymous(), session=session, project=backend.project, publish=lambda *_: pytest.fail("announced")
        )
        await starting.start(ctx)

    backend.write(again)


def test_a_new_project_has_the_two_roles_of_the_reference(backend: Backend) -> None:
    """
    As database.md §11 has them, in that order.
    """
    signed_in = ("auth.logout", "auth.getSessions", "auth.revokeSession", "user.me", "auth.changePassword")
    anybody = ("auth.callback", "auth.connect", "auth.forgotPassword", "auth.resetPassword", "auth.register")
    confirming = ("auth.emailConfirmation", "auth.sendEmailConfirmation", "auth.refresh")
    expected = [
        (role, float(order), f"plugin::users-permissions.{action}")
        for role, actions in ((1, signed_in), (2, (*anybody, *confirming)))
        for order, action in enumerate(actions, 1)
    ]

    assert [
        (1, "authenticated", "Authenticated", "Default role given to authenticated user."),
        (2, "public", "Public", "Default role given to unauthenticated user."),
    ] == backend.read(ROLES)
    assert expected == backend.read(HELD)


def test_a_new_project_lets_end_users_register(backend: Backend) -> None:
    """
    As database.md §10 has the settings.
    """
    ((value,),) = backend.read(SETTINGS)

    assert {
        "unique_email": True,
        "allow_register": True,
        "email_confirmation": False,
        "email_reset_password": None,
        "email_confirmation_redirection": None,
        "default_role": "authenticated",
    } == orjson.loads(value)


def test_a_second_start_changes_nothing(backend: Backend) -> None:
    """
    Neither what is there, nor what somebody has taken away.
    """
    backend.execute("DELETE FROM up_permissions WHERE id > 1")
    backend.execute("DELETE FROM up_roles WHERE type = 'public'")
    backend.execute(
        "UPDATE strapi_core_store_settings SET value = '{}' WHERE key = 'plugin_users-permissions_advanced'"
    )
    before = [backend.read(text) for text in (SETTINGS, ROLES, HELD)]
    start(backend)

    assert before == [backend.read(text) for text in (SETTINGS, ROLES, HELD)]


def test_what_is_given_at_first_goes_to_the_roles_that_there_are(backend: Backend) -> None:
    """
    Where no role has been given anything, and one of the two is gone.
    """
    backend.execute("DELETE FROM up_permissions")
    backend.execute("DELETE FROM up_roles WHERE type = 'public'")
    start(backend)

    assert {1} == {role for role, _, _ in backend.read(HELD)}
