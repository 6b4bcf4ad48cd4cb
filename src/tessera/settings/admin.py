"""Settings of the back office: its secrets, sign-in sessions, cookies and rate limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tessera.settings.secret import Secret
from tessera.settings.table import Table

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
ALGORITHMS: Final = ("HS256", "HS384", "HS512")  # those whose only key is the secret
_COOKIE_PATH: Final = re.compile(r"/[^\x00-\x1F\x7F;]*")
_COOKIE_DOMAIN: Final = re.compile(r"[^\x00-\x1F\x7F;,\s/:]+")
_COOKIE_NAME: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLifespans:
    """How long sign-in sessions and their tokens live, in seconds."""

    access: int = 30 * _MINUTE
    idle_session: int = 2 * _HOUR
    max_session: int = 30 * _DAY
    idle_refresh: int = 14 * _DAY  # of those who asked to be remembered
    max_refresh: int = 30 * _DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """The attributes of the refresh cookie."""

    name: str = "jwtToken"  # of the access token, which the panel keeps itself
    path: str = "/admin"
    domain: str | None = None
    same_site: str = "lax"
    secure: bool | None = None  # None: in production, when the request was


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """How often one address may try to sign in."""

    enabled: bool = True
    interval: int = 5 * _MINUTE * 1000  # milliseconds
    attempts: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgotPassword:
    """The message to those who forgot their password."""

    seconds: int = _HOUR  # that the link is good for
    sender: str | None = None
    reply_to: str | None = None
    subject: str = "Reset password"
    text: str | None = None
    html: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Whether something is recorded, and for how many days it is kept."""

    enabled: bool = True
    days: int = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminSettings:
    """What `config/admin.toml` says."""

    auth_secret: Secret
    api_token_salt: Secret
    transfer_token_salt: Secret
    encryption_key: Secret | None = None  # without one, nobody sees the key of an API token again
    algorithm: str = "HS256"
    sessions: SessionLifespans = SessionLifespans()
    cookie: Cookie = Cookie()
    rate_limit: RateLimit = RateLimit()
    forgot_password: ForgotPassword = ForgotPassword()
    url: str = "/admin"
    serve_panel: bool = True
    audit: Retention = Retention()
    history: Retention = Retention()


def read_admin(table: Table) -> AdminSettings:
    """Return what the file says, and the reference's defaults where it says nothing."""
    auth, api_token, transfer = table.table("auth"), table.table("apiToken"), table.table("transfer")
    options, transfer_token = auth.table("options"), transfer.table("token")
    key = _encryption_key(table.table("secrets"), api_token.table("secrets"))
    admin = AdminSettings(
        auth_secret=auth.secret("secret", "ADMIN_JWT_SECRET"),
        api_token_salt=api_token.secret("salt", "API_TOKEN_SALT"),
        transfer_token_salt=transfer_token.secret("salt", "TRANSFER_TOKEN_SALT"),
        encryption_key=key if key.reveal() else None,
        algorithm=options.text("algorithm", "HS256", among=ALGORITHMS),
        sessions=_sessions(auth.table("sessions"), options),
        cookie=_cookie(auth),
        rate_limit=_rate_limit(table.table("rateLimit")),
        forgot_password=_forgot_password(table.table("forgotPassword")),
        url=table.text("url", "/admin").rstrip("/"),
        serve_panel=table.boolean("serveAdminPanel", default=True),
        audit=_retention(table.table("auditLogs")),
        history=_retention(table.table("history")),
    )
    auth.without_effect("events", "providers")
    table.without_effect("absoluteUrl", "ai", "autoOpen", "flags", "host", "layout", "path")
    table.without_effect("port", "preview", "watchIgnoreFiles")
    for each in (table, auth, api_token, transfer, options, transfer_token):
        each.close()
    return admin


def _retention(table: Table) -> Retention:
    usual = Retention()
    kept = Retention(
        enabled=table.boolean("enabled", usual.enabled), days=table.integer("retentionDays", usual.days, least=1)
    )
    table.close()
    return kept


def _encryption_key(own: Table, of_tokens: Table) -> Secret:
    """Read the key from either of the two places where the reference's documentation has it."""
    asked = of_tokens if of_tokens.holds("encryptionKey") and not own.holds("encryptionKey") else own
    key = asked.secret("encryptionKey", "ENCRYPTION_KEY", required=False)
    for each in (own, of_tokens):
        each.without_effect(*([] if each is asked else ["encryptionKey"]))
        each.close()
    return key


def _sessions(table: Table, options: Table) -> SessionLifespans:
    usual = SessionLifespans()
    # The older setting `expiresIn` still bounds whole sessions, and its default is longer than theirs would be.
    longest = options.seconds("expiresIn", usual.max_session)
    lifespans = SessionLifespans(
        access=table.seconds("accessTokenLifespan", usual.access),
        idle_session=table.seconds("idleSessionLifespan", usual.idle_session),
        max_session=table.seconds("maxSessionLifespan", longest),
        idle_refresh=table.seconds("idleRefreshTokenLifespan", usual.idle_refresh),
        max_refresh=table.seconds("maxRefreshTokenLifespan", longest),
    )
    table.close()
    return lifespans


def _cookie(auth: Table) -> Cookie:
    table, usual = auth.table("cookie"), Cookie()
    cookie = Cookie(
        name=_spelt(table, "name", usual.name, _COOKIE_NAME) or usual.name,
        path=_spelt(table, "path", usual.path, _COOKIE_PATH) or usual.path,
        domain=_spelt(table, "domain", "", _COOKIE_DOMAIN) or _spelt(auth, "domain", "", _COOKIE_DOMAIN) or None,
        same_site=table.text("sameSite", usual.same_site, among=("lax", "strict", "none")),
        secure=table.maybe("secure"),
    )
    auth.text("domain")
    table.close()
    return cookie


def _spelt(table: Table, key: str, default: str, pattern: re.Pattern[str]) -> str:
    text = table.text(key, default).strip()
    if text and not pattern.fullmatch(text):
        table.complain(key, f"cannot stand in a cookie: {text!r}")
    return text


def _rate_limit(table: Table) -> RateLimit:
    usual = RateLimit()
    limit = RateLimit(
        enabled=table.boolean("enabled", usual.enabled),
        interval=_interval(table),
        attempts=table.integer("max", usual.attempts, least=1),
    )
    table.without_effect("delayAfter", "prefixKey", "timeWait", "whitelist")
    table.close()
    return limit


def _interval(table: Table) -> int:
    """Read milliseconds, or the reference's table of units such as `{ min = 5 }`."""
    if not table.holds_table("interval"):
        return table.integer("interval", RateLimit().interval, least=1)
    units = table.table("interval")
    length = units.integer("hour", 0) * _HOUR + units.integer("min", 0) * _MINUTE + units.integer("sec", 0)
    units.close()
    return max(1, length * 1000)


def _forgot_password(table: Table) -> ForgotPassword:
    template, usual = table.table("emailTemplate"), ForgotPassword()
    read = ForgotPassword(
        seconds=table.seconds("expiresIn", usual.seconds),
        sender=table.optional("from"),
        reply_to=table.optional("replyTo"),
        subject=template.text("subject", usual.subject),
        text=template.optional("text"),
        html=template.optional("html"),
    )
    for each in (table, template):
        each.close()
    return read
