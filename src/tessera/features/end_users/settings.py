"""Use cases of the settings of end users."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from tessera.errors import ValidationError
from tessera.features.end_users import advanced
from tessera.features.end_users.advanced import Advanced
from tessera.features.end_users.templates import DEFAULTS, KINDS, is_template
from tessera.identity.announcing import record
from tessera.identity.context import RequestContext

JSON = Any  # any JSON value
_SUBJECT: Final = "plugin_users-permissions"
_INVALID: Final = "Invalid template"
_LOCAL: Final = "email"


async def read_advanced(ctx: RequestContext) -> Advanced:
    """Return who may register, and how."""
    return await advanced.read_advanced(ctx.session)


async def change_advanced(ctx: RequestContext, changes: Mapping[str, JSON]) -> None:
    """Change some of the settings."""
    async with ctx.session.transaction():
        before = await advanced.read_advanced(ctx.session)
        await advanced.write_advanced(ctx.session, replace(before, **changes))
        await record(ctx, "settings.update", f"{_SUBJECT}.advanced", fields=sorted(changes))


async def read_templates(ctx: RequestContext) -> dict[str, JSON]:
    """Return the templates of messages."""
    return {**DEFAULTS, **await advanced.read_templates(ctx.session)}


async def change_templates(ctx: RequestContext, wanted: JSON) -> None:
    """Change templates of messages, which have places for nothing but what messages are given."""
    if not isinstance(wanted, dict):
        raise ValidationError(_INVALID)
    for template in wanted.values():
        _check(template)
    async with ctx.session.transaction():
        kept = {kind: wanted[kind] for kind in KINDS if kind in wanted}
        await advanced.write_templates(ctx.session, {**await read_templates(ctx), **kept})
        await record(ctx, "settings.update", f"{_SUBJECT}.email", fields=sorted(kept))


async def read_providers(ctx: RequestContext) -> dict[str, JSON]:
    """Return the ways of signing in: an address and a password is the only one."""
    enabled = await advanced.signs_in_locally(ctx.session)
    return {_LOCAL: {"icon": "envelope", "enabled": enabled}}


async def change_providers(ctx: RequestContext, wanted: JSON) -> None:
    """Switch signing in with a password on or off; no other way can be switched on."""
    if not isinstance(wanted, dict):
        raise ValidationError("providers must be an object")
    others = [name for name, provider in wanted.items() if name != _LOCAL and _is_on(provider)]
    if others:
        raise ValidationError(f"Signing in with {', '.join(others)} is not supported")
    if _LOCAL in wanted:
        async with ctx.session.transaction():
            await advanced.write_local(ctx.session, enabled=_is_on(wanted[_LOCAL]))
            await record(ctx, "settings.update", f"{_SUBJECT}.grant", enabled=_is_on(wanted[_LOCAL]))


def _is_on(provider: JSON) -> bool:
    return isinstance(provider, dict) and provider.get("enabled") is True


def _check(template: JSON) -> None:
    options = template.get("options") if isinstance(template, dict) else None
    if not isinstance(options, dict) or not isinstance(options.get("message"), str):
        raise ValidationError(_INVALID)
    texts = [options["message"], options.get("object", "")]
    if not all(isinstance(text, str) and is_template(text) for text in texts):
        raise ValidationError(_INVALID)
