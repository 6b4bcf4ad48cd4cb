"""Settings of the parts that the reference calls plugins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tessera.settings.email import EmailSettings, read_email
from tessera.settings.secret import Secret
from tessera.settings.table import Table

_MINUTE: Final = 60
_DAY: Final = 24 * 60 * _MINUTE
_OTHERS: Final = (
    "content-manager",
    "content-releases",
    "content-type-builder",
    "i18n",
    "review-workflows",
    "upload",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndUserSettings:
    """How the people who use a site sign in: `plugins.users-permissions` in the reference."""

    jwt_secret: Secret
    jwt_seconds: int = 30 * _DAY
    refresh: bool = False  # short access tokens with sessions instead of long ones without
    access_seconds: int = 10 * _MINUTE
    idle_refresh: int = 14 * _DAY
    max_refresh: int = 30 * _DAY
    attempts_interval: int = _MINUTE * 1000  # milliseconds
    attempts: int = 10
    allowed_fields: tuple[str, ...] = ()  # that a registration may set besides name, address and password


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginSettings:
    """What `config/plugins.toml` says."""

    end_users: EndUserSettings
    email: EmailSettings = field(default_factory=EmailSettings)
    configured: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # the `config` of the others, as written


def read_plugins(table: Table) -> PluginSettings:
    """Return what the file says, and the reference's defaults where it says nothing."""
    configured: dict[str, Mapping[str, Any]] = {}
    for name in _OTHERS:
        plugin = table.table(name)
        configured[name] = plugin.anything("config")
        _always_on(plugin)
    own = table.table("users-permissions")
    end_users = _end_users(own.table("config"))
    _always_on(own)
    mail = table.table("email")
    email = read_email(mail)
    _always_on(mail)
    table.close()
    return PluginSettings(end_users=end_users, email=email, configured=configured)


def _always_on(plugin: Table) -> None:
    if not plugin.boolean("enabled", default=True):
        plugin.complain("enabled", "must be true: this part cannot be taken out")
    plugin.without_effect("resolve")
    plugin.close()


def _end_users(config: Table) -> EndUserSettings:
    jwt, sessions, limit, register = (config.table(key) for key in ("jwt", "sessions", "ratelimit", "register"))
    usual = EndUserSettings(jwt_secret=Secret(""))
    management = config.text("jwtManagement", "legacy-support", among=("legacy-support", "refresh"))
    settings = EndUserSettings(
        jwt_secret=config.secret("jwtSecret", "JWT_SECRET"),
        jwt_seconds=jwt.seconds("expiresIn", usual.jwt_seconds),
        refresh=management == "refresh",
        access_seconds=sessions.seconds("accessTokenLifespan", usual.access_seconds),
        idle_refresh=sessions.seconds("idleRefreshTokenLifespan", usual.idle_refresh),
        max_refresh=sessions.seconds("maxRefreshTokenLifespan", usual.max_refresh),
        attempts_interval=limit.integer("interval", usual.attempts_interval, least=1),
        attempts=limit.integer("max", usual.attempts, least=1),
        allowed_fields=register.texts("allowedFields"),
    )
    sessions.without_effect("cookie", "httpOnly", "idleSessionLifespan", "maxSessionLifespan")
    limit.without_effect("enabled", "prefixKey", "timeWait")
    config.without_effect("callback", "grant", "layout", "providers", "validationRules")
    for each in (config, jwt, sessions, limit, register):
        each.close()
    return settings
