"""Typed settings, read once at start from the environment, `.env` and `config/*.toml` of the project folder."""

from tessera.settings.admin import AdminSettings, Cookie, ForgotPassword, RateLimit, SessionLifespans
from tessera.settings.api import APISettings
from tessera.settings.database import DatabaseSettings
from tessera.settings.generated import write_generated_secrets
from tessera.settings.load import Mode, Settings, load, missing_secrets
from tessera.settings.middlewares import Cors, MiddlewareSettings
from tessera.settings.plugins import EndUserSettings, PluginSettings
from tessera.settings.secret import Secret
from tessera.settings.server import Limits, MCPSettings, Proxy, ServerSettings

__all__ = [
    "APISettings",
    "AdminSettings",
    "Cookie",
    "Cors",
    "DatabaseSettings",
    "EndUserSettings",
    "ForgotPassword",
    "Limits",
    "MCPSettings",
    "MiddlewareSettings",
    "Mode",
    "PluginSettings",
    "Proxy",
    "RateLimit",
    "Secret",
    "ServerSettings",
    "SessionLifespans",
    "Settings",
    "load",
    "missing_secrets",
    "write_generated_secrets",
]
