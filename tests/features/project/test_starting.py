from typing import Any

import orjson
import pytest

from tessera.engine.session import Session
from tessera.features.project import starting
from tessera.identity.context import RequestContext
from tessera.identity.principal import Anonymous
from tests.features.backend import JSON, Backend

UPLOADS = {"sizeOptimization": True, "responsiveDimensions": True, "autoOrientation": False, "aiMetadata": True}
PROVIDERS = {"autoRegister": False, "defaultRole": None, "ssoLockedRoles": None}


def stored(backend: Backend, key: str) -> JSON:
    """Return a value of the settings table."""
    ((value, kind),) = backend.read("SELECT value, type FROM strapi_core_store_settings WHERE key = ?1", key)
    assert "object" == kind
    return orjson.loads(value)


def start(backend: Backend) -> None:
    """Start once more."""

    async def again(session: Session) -> None:
        ctx: Any = RequestContext(
            principal=Anonymous(), session=session, project=backend.project, publish=lambda *_: pytest.fail("announced")
        )
        await starting.start(ctx)

    backend.write(again)


def test_a_new_project_has_the_settings_of_the_reference(backend: Backend) -> None:
    """
    As database.md §10 has them.
    """
    assert UPLOADS == stored(backend, "plugin_upload_settings")
    assert {"pageSize": 10, "sort": "createdAt:DESC"} == stored(backend, "plugin_upload_view_configuration")
    assert {"providers": PROVIDERS} == stored(backend, "core_admin_auth")


def test_a_start_adds_what_is_missing_and_leaves_what_is_set(backend: Backend) -> None:
    """
    Also within the settings of sign-in providers.
    """
    for key, value in (
        ("plugin_upload_settings", '{"sizeOptimization":false,"own":1}'),
        ("core_admin_auth", '{"providers":{"defaultRole":2},"own":1}'),
    ):
        backend.execute("UPDATE strapi_core_store_settings SET value = ?1 WHERE key = ?2", value, key)
    start(backend)

    assert {**UPLOADS, "sizeOptimization": False, "own": 1} == stored(backend, "plugin_upload_settings")
    assert {"providers": {**PROVIDERS, "defaultRole": 2}, "own": 1} == stored(backend, "core_admin_auth")
