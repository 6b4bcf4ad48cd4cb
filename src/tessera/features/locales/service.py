"""Use cases of locales."""

from __future__ import annotations

from typing import Any, Final

from tessera.engine.locales import locales
from tessera.engine.store import get_value, set_value
from tessera.engine.versions import raise_versions
from tessera.errors import ApplicationError, NotFoundError
from tessera.events import LocaleRemoved, LocalesChanged
from tessera.features.locales import repository
from tessera.features.locales.known import known_locales
from tessera.features.locales.repository import Locale
from tessera.identity.announcing import record
from tessera.identity.context import RequestContext
from tessera.sql.default_locale import DEFAULT_KEY, LOCALES
from tessera.sql.statement import Value

_SETTINGS: Final = "plugin_i18n_settings"
_FIRST: Final = "en"


async def list_locales(ctx: RequestContext) -> list[dict[str, Any]]:
    """Return all locales as clients see them."""
    return await repository.listed(ctx.session)


async def create_locale(ctx: RequestContext, code: str, name: str | None, *, is_default: bool) -> dict[str, Any]:
    """Add a locale, and make it the default one if asked."""
    async with ctx.session.transaction():
        if await repository.locale_by(ctx.session, "code", code):
            raise ApplicationError("This locale already exists")
        author = ctx.admin.user.id
        locale_id = await repository.add_locale(
            ctx.session, code, name or None, author, now=ctx.now, randomness=ctx.project.randomness
        )
        if is_default:
            await _make_default(ctx, code)
        await _announce(ctx)
        await record(ctx, "locale.create", LOCALES, locale_id, code=code)
        return await _shown(ctx, await _locale(ctx, locale_id))


async def change_locale(ctx: RequestContext, locale_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    """Rename a locale or make it the default one; its code stays."""
    async with ctx.session.transaction():
        locale = await _locale(ctx, locale_id)
        values: dict[str, Value] = {"updated_at": ctx.now, "updated_by_id": ctx.admin.user.id}
        if "name" in changes:
            values["name"] = changes["name"] or None
        await repository.change_locale(ctx.session, locale_id, values)
        if changes.get("is_default"):
            await _make_default(ctx, locale.code)
        await record(ctx, "locale.update", LOCALES, locale_id, code=locale.code)
        return await _shown(ctx, await _locale(ctx, locale_id))


async def delete_locale(ctx: RequestContext, locale_id: int) -> dict[str, Any]:
    """Remove a locale and what is written in it; the default one stays."""
    async with ctx.session.transaction():
        locale = await _locale(ctx, locale_id)
        shown = await _shown(ctx, locale)
        if shown["isDefault"]:
            raise ApplicationError("Cannot delete the default locale")
        await ctx.publish(ctx, LocaleRemoved(locale.code))
        await repository.remove_locale(ctx.session, locale_id)
        await _announce(ctx)
        await record(ctx, "locale.delete", LOCALES, locale_id, code=locale.code)
        return shown


async def read_settings(ctx: RequestContext) -> Any:  # noqa: ANN401 - any JSON value
    """Return the settings of translation, or None while nobody has set any."""
    return await get_value(ctx.session, _SETTINGS)


async def write_settings(ctx: RequestContext, settings: dict[str, Any]) -> dict[str, Any]:
    """Replace the settings of translation."""
    async with ctx.session.transaction():
        await set_value(ctx.session, _SETTINGS, settings)
        await record(ctx, "settings.update", _SETTINGS)
        return settings


async def start(ctx: RequestContext) -> None:
    """Give a project without locales English, as the reference does at its first start."""
    if await repository.all_locales(ctx.session):
        return
    values = known_locales()[_FIRST]
    await repository.add_locale(ctx.session, _FIRST, values, None, now=ctx.now, randomness=ctx.project.randomness)
    await set_value(ctx.session, DEFAULT_KEY, _FIRST)


async def _make_default(ctx: RequestContext, code: str) -> None:
    await set_value(ctx.session, DEFAULT_KEY, code)
    await raise_versions(ctx.session, (LOCALES,))


async def _announce(ctx: RequestContext) -> None:
    codes = tuple(locale.code for locale in await repository.all_locales(ctx.session))
    await ctx.publish(ctx, LocalesChanged(codes))


async def _locale(ctx: RequestContext, locale_id: int) -> Locale:
    locale = await repository.locale_by(ctx.session, "id", locale_id)
    if locale is None:
        raise NotFoundError("locale.notFound")
    return locale


async def _shown(ctx: RequestContext, locale: Locale) -> dict[str, Any]:
    return locale.shown((await locales(ctx.session)).default)
