"""Settings of the server: where it listens, whom it believes, and the bounds of what a client may send."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final

from tessera.settings.secret import Secret
from tessera.settings.table import Table
from tessera.settings.webhooks import WebhookSettings, read_webhooks

_MEBIBYTE: Final = 1024 * 1024
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of what one client may send and how long it may take; sizes are in bytes, times in seconds."""

    body: int = _MEBIBYTE
    upload: int = 200 * _MEBIBYTE  # a whole multipart form, on routes that take files
    files: int = 100  # in one form
    json_depth: int = 100
    parameters: int = 1000  # of a query string or a form
    target: int = 16 * 1024  # the path with its query string
    head: int = 64 * 1024  # the request line and all headers
    head_seconds: float = 10.0
    body_seconds: float = 30.0
    upload_seconds: float = 600.0
    idle_seconds: float = 65.0  # between two requests of one connection
    write_seconds: float = 60.0  # for a client that does not take its answer
    connections: int = 2048
    grace_seconds: float = 10.0  # for open requests when the server stops


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """
    The proxies in front of the server.

    A client's address is the one that stands `hops` from the right of the forwarding header: each proxy adds one, and
    what stands further left is whatever the client says. Without proxies the header means nothing.
    """

    hops: int = 0
    header: str = "X-Forwarded-For"
    networks: tuple[Network, ...] = ()  # where the nearest proxy may connect from; empty: from anywhere


class Catalogue(Enum):
    """Which tools the MCP server offers, and how much their descriptions say."""

    REFERENCE = "reference"  # tools for each content type, described as the reference does
    TYPED = "typed"  # the same tools, with all that is known about what they take and answer
    COMPACT = "compact"  # a handful of tools for all content types


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthSettings:
    """Whether agents may ask people for access, and whether they may make themselves known."""

    enabled: bool = False
    registration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MCPSettings:
    """Whether and how the MCP endpoint answers."""

    enabled: bool = False
    request_seconds: float = 30.0  # for the calls of a batch
    catalogue: Catalogue = Catalogue.REFERENCE
    confirm_destructive: bool = False  # what destroys is called twice, the second time with a code
    resources: bool = False  # offered also in the older revisions; in the newest one they are there in any case
    calls_per_minute: int = 600  # of one token; 0 does not count them
    hosts: tuple[str, ...] = ()  # names by which requests may come, besides addresses, localhost and the server's url
    origins: tuple[str, ...] = ()  # pages from which requests may come, besides the server's own
    oauth: OAuthSettings = OAuthSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """What `config/server.toml` says."""

    host: str = "0.0.0.0"  # noqa: S104 - a server listens; the reference does the same
    port: int = 1337
    url: str = ""  # as the world sees the server; empty: as it listens
    keys: tuple[Secret, ...] = ()  # the first signs cookies
    public: Path = Path("public")
    proxy: Proxy = Proxy()
    limits: Limits = Limits()
    mcp: MCPSettings = MCPSettings()
    webhooks: WebhookSettings = field(default_factory=WebhookSettings)


def read_server(table: Table, folder: Path) -> ServerSettings:
    """Return what the file says, and the reference's defaults where it says nothing."""
    usual = ServerSettings()
    directories = table.table("dirs")
    app = table.table("app")
    server = ServerSettings(
        host=table.text("host", usual.host, env="HOST"),
        port=table.integer("port", usual.port, env="PORT", most=65_535),
        url=table.text("url").rstrip("/"),
        keys=app.secrets("keys", "APP_KEYS"),
        public=folder / directories.text("public", "public"),
        proxy=_proxy(table),
        limits=_limits(table.table("limits")),
        mcp=_mcp(table.table("mcp"), table.text("url").rstrip("/")),
        webhooks=read_webhooks(table.table("webhooks")),
    )
    table.without_effect("absoluteUrl", "admin", "cron", "emitErrors", "globalProxy", "http", "logger", "openapi")
    table.without_effect("socket", "transfer")
    for each in (table, directories, app):
        each.close()
    return server


def _proxy(table: Table) -> Proxy:
    if not table.holds_table("proxy"):
        return Proxy(hops=1 if table.boolean("proxy", default=False) else 0)
    proxy = table.table("proxy")
    hops = proxy.integer("maxIpsCount", 1, least=1)
    read = Proxy(
        hops=hops if proxy.boolean("koa", default=False) else 0,
        header=proxy.text("ipHeader", Proxy().header),
        networks=_networks(proxy),
    )
    proxy.without_effect("fetch", "global", "http", "https")  # proxies for the server's own requests
    proxy.close()
    return read


def _networks(proxy: Table) -> tuple[Network, ...]:
    found: list[Network] = []
    for text in proxy.texts("networks"):
        try:
            found.append(ipaddress.ip_network(text))
        except ValueError as error:
            proxy.complain("networks", f"has no network: {error}")
    return tuple(found)


_SAFE_URL: Final = re.compile(r"https://[^/?#@]+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")


def _oauth(table: Table, url: str) -> OAuthSettings:
    oauth = OAuthSettings(
        enabled=table.boolean("enabled", default=False), registration=table.boolean("registration", default=False)
    )
    if oauth.enabled and not _SAFE_URL.fullmatch(url):
        table.complain("enabled", "needs the url of the server: https, or http on this machine, without a path")
    table.close()
    return oauth


def _mcp(table: Table, url: str) -> MCPSettings:
    usual = MCPSettings()
    catalogue = Catalogue(table.text("catalogue", usual.catalogue.value, among=[each.value for each in Catalogue]))
    own = catalogue is not Catalogue.REFERENCE  # agents that know the reference's tools do not know of codes
    mcp = MCPSettings(
        enabled=table.boolean("enabled", usual.enabled, env="MCP_ENABLED"),
        request_seconds=table.integer("requestTimeoutMs", int(usual.request_seconds * 1000)) / 1000,
        catalogue=catalogue,
        confirm_destructive=table.boolean("confirmDestructive", default=own),
        resources=table.boolean("resources", default=own),
        calls_per_minute=table.integer("callsPerMinute", usual.calls_per_minute, least=0),
        hosts=table.texts("hosts"),
        origins=table.texts("origins"),
        oauth=_oauth(table.table("oauth"), url),
    )
    table.without_effect("connectTimeoutMs")
    table.close()
    return mcp


def _limits(table: Table) -> Limits:
    usual = Limits()
    limits = Limits(
        body=table.size("body", usual.body),
        upload=table.size("upload", usual.upload),
        files=table.integer("files", usual.files),
        json_depth=table.integer("jsonDepth", usual.json_depth, least=1, most=200),
        parameters=table.integer("parameters", usual.parameters, least=1),
        target=table.size("target", usual.target),
        head=table.size("head", usual.head),
        head_seconds=table.number("headSeconds", usual.head_seconds),
        body_seconds=table.number("bodySeconds", usual.body_seconds),
        upload_seconds=table.number("uploadSeconds", usual.upload_seconds),
        idle_seconds=table.number("idleSeconds", usual.idle_seconds),
        write_seconds=table.number("writeSeconds", usual.write_seconds),
        connections=table.integer("connections", usual.connections, least=1),
        grace_seconds=table.number("graceSeconds", usual.grace_seconds),
    )
    table.close()
    return limits
