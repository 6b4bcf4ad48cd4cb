"""The settings that the reference's own parts look for at their start, completed where they are missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tessera.engine.store import get_value, set_value
from tessera.identity.context import RequestContext

_DEFAULTS: Final[Mapping[str, Mapping[str, Any]]] = {
    "plugin_upload_settings": {
        "sizeOptimization": True,
        "responsiveDimensions": True,
        "autoOrientation": False,
        "aiMetadata": True,
    },
    "plugin_upload_view_configuration": {"pageSize": 10, "sort": "createdAt:DESC"},
    "core_admin_auth": {"providers": {"autoRegister": False, "defaultRole": None, "ssoLockedRoles": None}},
}


async def start(ctx: RequestContext) -> None:
    """Add what is missing to each of the settings (database.md §10); what somebody has set stays."""
    for key, defaults in _DEFAULTS.items():
        stored = await get_value(ctx.session, key)
        completed = _completed(stored, defaults)
        if completed != stored:
            await set_value(ctx.session, key, completed)


def _completed(stored: Any, defaults: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    kept = stored if isinstance(stored, dict) else {}
    inner = {name: _completed(kept.get(name), value) for name, value in defaults.items() if isinstance(value, Mapping)}
    return {**defaults, **kept, **inner}
