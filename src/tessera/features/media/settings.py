"""The settings of the media library, and how its pages look; both are the reference's keys (database.md §10)."""

from __future__ import annotations

from typing import Any, Final

from tessera.engine.session import Session
from tessera.engine.store import get_value, set_value
from tessera.features.media.configuration import configuration_of
from tessera.identity.announcing import record
from tessera.identity.context import RequestContext

_SETTINGS: Final = "plugin_upload_settings"
_VIEW: Final = "plugin_upload_view_configuration"
_API_FOLDER: Final = "plugin_upload_api-folder"


async def stored_settings(session: Session) -> dict[str, Any]:
    """Return the settings as they are kept."""
    return dict(await get_value(session, _SETTINGS) or {})


async def read_settings(ctx: RequestContext) -> dict[str, Any]:
    """Return the settings, and what the panel has to know of the configuration."""
    requests = configuration_of(ctx.project.settings).concurrent_requests
    return {**await stored_settings(ctx.session), "concurrentUploadRequests": requests}


async def change_settings(ctx: RequestContext, settings: dict[str, Any]) -> dict[str, Any]:
    """Keep other settings; those that are not named are gone, but for the last one, which is on."""
    changed = {"aiMetadata": True, **settings}
    async with ctx.session.transaction():
        await set_value(ctx.session, _SETTINGS, changed)
        await record(ctx, "settings.update", _SETTINGS)
    return changed


async def read_view(ctx: RequestContext) -> dict[str, Any]:
    """Return how long the pages of the library are, and how they are sorted."""
    return dict(await get_value(ctx.session, _VIEW) or {})


async def change_view(ctx: RequestContext, view: dict[str, Any]) -> dict[str, Any]:
    """Let the pages of the library look differently."""
    async with ctx.session.transaction():
        await set_value(ctx.session, _VIEW, view)
        await record(ctx, "settings.update", _VIEW)
    return view


async def api_folder(session: Session) -> int | None:
    """Return the folder that files from the Content API go into, if one is known."""
    kept = await get_value(session, _API_FOLDER)
    found = kept.get("id") if isinstance(kept, dict) else None
    return found if isinstance(found, int) else None


async def set_api_folder(session: Session, folder_id: int) -> None:
    """Let files from the Content API go into a folder, in the open transaction."""
    await set_value(session, _API_FOLDER, {"id": folder_id})
