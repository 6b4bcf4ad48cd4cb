"""Settings of what surrounds every request: the browser's rules, the headers, the size of bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.settings.table import Table

# What the reference calls middlewares. Here all of it is built in; these names may stand in the list.
_BUILT_IN: Final = frozenset(
    {
        "strapi::body",
        "strapi::compression",
        "strapi::cors",
        "strapi::errors",
        "strapi::favicon",
        "strapi::ip",
        "strapi::logger",
        "strapi::poweredBy",
        "strapi::public",
        "strapi::query",
        "strapi::responseTime",
        "strapi::responses",
        "strapi::security",
        "strapi::session",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cors:
    """Which pages of other origins a browser lets read the answers."""

    enabled: bool = True
    origins: tuple[str, ...] = ("*",)
    methods: tuple[str, ...] = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
    headers: tuple[str, ...] = ("Content-Type", "Authorization", "Origin", "Accept")
    expose: tuple[str, ...] = ()
    credentials: bool = True
    max_age: int = 31_536_000  # seconds
    keep_on_errors: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MiddlewareSettings:
    """What `config/middlewares.toml` says."""

    cors: Cors = Cors()
    powered_by: str | None = None
    response_time: bool = False
    json_limit: int | None = None  # bytes; more exact than the limit of `config/server.toml`
    form_limit: int | None = None
    content_security_policy: Mapping[str, Any] | None = None  # directives besides the built-in ones, as written


def read_middlewares(table: Table) -> MiddlewareSettings:
    """Return what the file's list `middlewares` says; what a list leaves out is off, as in the reference."""
    if not table.holds("middlewares"):
        table.close()
        return MiddlewareSettings()
    listed = dict(_named(table))
    configured = {name: table.at(name, config).table("config") for name, config in listed.items() if name in _BUILT_IN}
    settings = MiddlewareSettings(
        cors=_cors(configured["strapi::cors"]) if "strapi::cors" in configured else Cors(enabled=False),
        response_time="strapi::responseTime" in configured,
        **_headers_and_bodies(configured),
    )
    for each in configured.values():
        each.close()
    table.close()
    return settings


def _named(table: Table) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the entries of the list, which are names or tables with a name and a configuration."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    for entry in table.tables("middlewares"):
        name = entry.get("name") if isinstance(entry, Mapping) else entry
        if name in _BUILT_IN:
            found.append((str(name), entry if isinstance(entry, Mapping) else {}))
        else:
            table.complain("middlewares", f"names no middleware that is built in: {name!r}")
    return found


def _headers_and_bodies(configured: Mapping[str, Table]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    if powered := configured.get("strapi::poweredBy"):
        read["powered_by"] = powered.optional("poweredBy")
    if security := configured.get("strapi::security"):
        read["content_security_policy"] = security.anything("contentSecurityPolicy") or None
        security.without_effect("crossOriginEmbedderPolicy", "crossOriginOpenerPolicy", "crossOriginResourcePolicy")
        security.without_effect("frameguard", "hsts", "originAgentCluster", "xssFilter")
    if body := configured.get("strapi::body"):
        read["json_limit"] = body.size("jsonLimit", 0) or None
        read["form_limit"] = body.size("formLimit", 0) or None
        body.without_effect("encoding", "formidable", "multipart", "patchKoa", "patchNode", "textLimit")
    for name in ("compression", "favicon", "ip", "logger", "public", "query", "session"):
        if passed := configured.get(f"strapi::{name}"):
            passed.anything_else()
    return read


def _cors(table: Table) -> Cors:
    usual = Cors()
    return Cors(
        enabled=table.boolean("enabled", usual.enabled),
        origins=table.texts("origin", usual.origins),
        methods=table.texts("methods", usual.methods),
        headers=table.texts("headers", usual.headers),
        expose=table.texts("expose", usual.expose),
        credentials=table.boolean("credentials", usual.credentials),
        max_age=table.integer("maxAge", usual.max_age),
        keep_on_errors=table.boolean("keepHeadersOnError", usual.keep_on_errors),
    )
