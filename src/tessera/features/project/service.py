"""Use cases of the project: what the panel asks about the server, and the logos it can be given."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

from tessera.engine.store import get_value, set_value
from tessera.features.project import repository
from tessera.features.project.logos import LOGOS, Logo, Picture, file_of, make_logo, shown_logos
from tessera.identity.announcing import record
from tessera.identity.context import RequestContext
from tessera.runtime import iso
from tessera.schema.model import JSON, ContentType
from tessera.storage.local import Local

COMPATIBLE_WITH: Final = "5.54.0"  # the version of the reference whose panel and clients this server answers
AGENTS: Final = "/mcp"  # where agents find the server
_SETTINGS: Final = "core_admin_project-settings"
_LAYOUT: Final = "core_admin_homepage-layout:"
_UPLOADS: Final = "uploads"


def uploads(ctx: RequestContext) -> Local:
    """Return the folder of the project's files."""
    return Local(ctx.project.settings.server.public / _UPLOADS)


async def init(ctx: RequestContext) -> dict[str, Any]:
    """Return what everybody may know: whether somebody has registered, and the logos."""
    logos = await read_logos(ctx)
    urls = {name: (logos[name] or {}).get("url") for name in LOGOS}
    return {"uuid": False, "hasAdmin": await repository.has_admin(ctx.session), **urls}


def information(ctx: RequestContext) -> dict[str, Any]:
    """Return what administrators may know of the server."""
    develop = ctx.project.develop
    return {
        "currentEnvironment": "development" if develop else "production",
        "autoReload": develop,
        "strapiVersion": COMPATIBLE_WITH,
        "dependencies": {},
        "projectId": None,
        "nodeVersion": f"Python {platform.python_version()}",
        "communityEdition": True,
        "useYarn": False,
    }


async def read_logos(ctx: RequestContext) -> dict[str, Any]:
    """Return the logos as clients see them."""
    return shown_logos(_settings(await get_value(ctx.session, _SETTINGS)) or {})


async def change_logos(ctx: RequestContext, asked: Mapping[str, Picture | None]) -> dict[str, Any]:
    """Replace the logos that are asked for, None taking one away; the others stay."""
    chance = ctx.project.randomness
    made = {name: None if picture is None else make_logo(picture, chance) for name, picture in asked.items()}
    added: list[str] = []
    try:
        async with ctx.session.transaction():
            previous = _settings(await get_value(ctx.session, _SETTINGS))
            for logo in filter(None, made.values()):
                uploads(ctx).add(logo.file, logo.content)
                added.append(logo.file)
            settings = {name: _wanted(name, made, previous) for name in LOGOS}
            await set_value(ctx.session, _SETTINGS, {**(previous or {}), **settings})
            await record(ctx, "settings.update", _SETTINGS)
    except BaseException:
        _remove_files(uploads(ctx), added)
        raise
    replaced = [file for name in made if previous and (file := file_of(previous.get(name)))]
    ctx.after.append(partial(_remove_files, uploads(ctx), replaced))
    return shown_logos(settings)


async def guided_tour(ctx: RequestContext) -> dict[str, Any]:
    """Return whether the caller is the first super admin, and which content types there are to be toured."""
    user = ctx.admin.user
    first = user.is_super_admin and await repository.oldest_admin(ctx.session) == user.id
    schemas = {uid: _schema(content_type) for uid, content_type in ctx.project.schema.content_types.items()}
    return {"isFirstSuperAdminUser": first, "schemas": schemas}


async def key_statistics(ctx: RequestContext) -> dict[str, Any]:
    """Return how much there is of everything that the first page counts."""
    schema = ctx.project.schema
    return {
        **await repository.counts(ctx.session),
        "contentTypes": sum(each.visible_in_builder for each in schema.content_types.values()),
        "components": len({component.category for component in schema.components.values()}),
    }


async def read_layout(ctx: RequestContext) -> Any:  # noqa: ANN401 - any JSON value
    """Return the caller's own arrangement of the first page, or None."""
    return await get_value(ctx.session, f"{_LAYOUT}{ctx.admin.user.id}")


async def change_layout(ctx: RequestContext, layout: Mapping[str, JSON]) -> dict[str, Any]:
    """Replace the caller's own arrangement of the first page."""
    arranged = {"updatedAt": iso(ctx.now), **layout}
    async with ctx.session.transaction():
        await set_value(ctx.session, f"{_LAYOUT}{ctx.admin.user.id}", arranged)
    return arranged


def _settings(value: JSON) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


def _wanted(name: str, made: Mapping[str, Logo | None], previous: Mapping[str, JSON] | None) -> JSON:
    if name in made:
        logo = made[name]
        return None if logo is None else dict(logo.stored)
    # As the reference: settings_misc.project_settings, "upload a logo".
    return {} if previous is None else previous.get(name)


def _remove_files(folder: Local, names: Iterable[str]) -> None:
    for name in names:
        folder.remove(name)


def _schema(content_type: ContentType) -> dict[str, Any]:
    return {
        "uid": content_type.uid,
        "kind": content_type.kind.value,
        "modelType": "contentType",
        "info": {
            "singularName": content_type.singular_name,
            "pluralName": content_type.plural_name,
            "displayName": content_type.display_name,
        },
    }
