"""How other servers are told what happened: `webhooks` in `config/server.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tessera.settings.secret import Secret
from tessera.settings.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings:
    """How deliveries are signed, where they may go, and how long they are tried."""

    secret: Secret = field(
        default_factory=lambda: Secret("")
    )  # signs, with the id of the webhook; empty: the first of the server's keys does
    private_addresses: bool = False  # deliveries may go to this machine and its networks
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  # of every delivery; may hold secrets
    seconds: float = 10.0  # for one attempt, from looking up the name to the answer
    attempts: int = 10
    at_once: int = 8  # deliveries of one process
    keep_days: int = 7  # in the log, and in the queue


def read_webhooks(table: Table) -> WebhookSettings:
    """Return what the table says; a secret that is not set is no fault."""
    usual = WebhookSettings()
    settings = WebhookSettings(
        secret=Secret(table.text("secret")),
        private_addresses=table.boolean("allowPrivateAddresses", usual.private_addresses),
        headers={name: str(value) for name, value in table.anything("defaultHeaders").items()},
        seconds=table.integer("timeoutMs", int(usual.seconds * 1000), least=100, most=60_000) / 1000,
        attempts=table.integer("attempts", usual.attempts, least=1, most=20),
        at_once=table.integer("concurrency", usual.at_once, least=1, most=100),
        keep_days=table.integer("keepDays", usual.keep_days, least=1),
    )
    table.without_effect("populateRelations")
    table.close()
    return settings
