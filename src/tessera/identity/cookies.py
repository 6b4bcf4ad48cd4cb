"""The signature that goes along with a cookie, as the reference makes it, and here is looked at too."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

from tessera.settings import Secret

REFRESH: Final = "strapi_admin_refresh"
SIGNATURE: Final = ".sig"  # what the name of the companion ends with


def sign_cookie(name: str, value: str, keys: Sequence[Secret]) -> str:
    """Return the value of the companion cookie, made with the first key."""
    return _signature(name, value, keys[0])


def is_signed(name: str, value: str, signature: str, keys: Sequence[Secret]) -> bool:
    """Tell whether one of the keys made the signature; older keys stay in the list while cookies of theirs live."""
    made = [_signature(name, value, key).encode() for key in keys]
    return any([hmac.compare_digest(each, signature.encode("utf-8", "surrogatepass")) for each in made])  # noqa: C419 - all of them, in the same time


def _signature(name: str, value: str, key: Secret) -> str:
    text = f"{name}={value}".encode("utf-8", "surrogatepass")
    made = hmac.new(key.reveal().encode(), text, hashlib.sha1).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
