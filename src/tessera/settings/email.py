"""What carries messages: `email` in `config/plugins.toml`, under the keys of the reference and of nodemailer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tessera.settings.secret import Secret
from tessera.settings.table import Table

NOBODY: Final = "sendmail"  # the reference's default, which needs a program that servers do not have
_PROVIDERS: Final = (NOBODY, "nodemailer", "smtp")
_WITHOUT_EFFECT: Final = (
    "authMethod",
    "debug",
    "dkim",
    "dnsTimeout",
    "greetingTimeout",
    "logger",
    "maxConnections",
    "maxMessages",
    "name",
    "pool",
    "rateDelta",
    "rateLimit",
    "service",
    "socketTimeout",
    "tls",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailSettings:
    """Which server takes messages, and in whose name they are sent."""

    provider: str = NOBODY
    host: str = ""
    port: int = 587
    secure: bool = False  # TLS from the first byte; otherwise it is begun where the server offers it
    require_tls: bool = False
    ignore_tls: bool = False
    user: str = ""
    password: Secret = field(default_factory=lambda: Secret(""))
    seconds: float = 10.0
    default_from: str = "Tessera <no-reply@localhost>"
    default_reply_to: str = ""
    test_address: str = ""

    @property
    def is_set_up(self) -> bool:
        """Tell whether there is a server that takes messages."""
        return self.provider != NOBODY


def read_email(plugin: Table) -> EmailSettings:
    """Return what the file says; a provider without a host is a fault."""
    usual = EmailSettings()
    config = plugin.table("config")
    options, names = config.table("providerOptions"), config.table("settings")
    auth = options.table("auth")
    provider = config.text("provider", usual.provider, among=_PROVIDERS)
    secure = options.boolean("secure", usual.secure)
    settings = EmailSettings(
        provider=provider,
        host=options.text("host"),
        port=options.integer("port", 465 if secure else usual.port, least=1, most=65_535),
        secure=secure,
        require_tls=options.boolean("requireTLS", usual.require_tls),
        ignore_tls=options.boolean("ignoreTLS", usual.ignore_tls),
        user=auth.text("user"),
        password=Secret(auth.text("pass")),
        seconds=options.integer("connectionTimeout", int(usual.seconds * 1000), least=100, most=60_000) / 1000,
        default_from=names.text("defaultFrom", usual.default_from),
        default_reply_to=names.text("defaultReplyTo"),
        test_address=names.text("testAddress"),
    )
    if settings.is_set_up and not settings.host:
        options.complain("host", f"is missing: {provider} needs a server that takes messages")
    auth.without_effect("type")
    options.without_effect(*_WITHOUT_EFFECT)
    for each in (config, options, auth, names):
        each.close()
    return settings
