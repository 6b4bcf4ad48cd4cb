"""Signatures of deliveries, after the Standard Webhooks specification."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tessera.settings import Settings

_PURPOSE: Final = "tessera webhook"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The secret that one webhook shares with the server that it calls; never printed."""

    raw: bytes

    def __repr__(self) -> str:
        """Return no secret."""
        return "SigningKey(••••)"

    @property
    def text(self) -> str:
        """Return the secret as the other server keeps it."""
        return f"whsec_{b64encode(self.raw).decode()}"

    def headers(self, message: str, seconds: int, body: bytes) -> Mapping[str, str]:
        """Return the headers that prove where a body comes from, and when it left."""
        signed = f"{message}.{seconds}.".encode() + body
        mark = b64encode(hmac.digest(self.raw, signed, hashlib.sha256)).decode()
        return {"webhook-id": message, "webhook-timestamp": str(seconds), "webhook-signature": f"v1,{mark}"}


def key_of(settings: Settings, webhook_id: int) -> SigningKey:
    """Return the key of a webhook: made from the project's secret, so that it is kept nowhere."""
    own = settings.server.webhooks.secret.reveal() or settings.server.keys[0].reveal()
    return SigningKey(hmac.digest(own.encode(), f"{_PURPOSE} {webhook_id}".encode(), hashlib.sha256))
