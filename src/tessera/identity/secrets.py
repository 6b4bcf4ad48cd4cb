"""The keys of tokens: how they look, what is kept of them, and the copy of some that can be read again."""

from __future__ import annotations

import hashlib
import hmac
import re
import string
import zlib
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tessera.runtime import Randomness
from tessera.settings import Secret

BASE62: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
_RANDOM: Final = 30  # characters, 178 bits
_CHECK: Final = 6  # characters of a CRC-32 in base 62
_HEX: Final = "0123456789abcdef"
_VERSION: Final = "v1"
_IV: Final = 16  # bytes
_TAG: Final = 16


class KeyKind(Enum):
    """What a key opens, as its first letters say, so that a leaked one is recognised without asking anybody."""

    ADMIN = "tsa"
    CONTENT = "tsc"
    TRANSFER = "tst"
    GRANT = "tso"  # a short access token of an OAuth grant, for the MCP server only


_FORM: Final = re.compile(
    rf"(?:{'|'.join(kind.value for kind in KeyKind)})_[0-9A-Za-z]{{{_RANDOM}}}_[0-9A-Za-z]{{{_CHECK}}}"
)
_OLDER_FORM: Final = re.compile(r"[0-9a-f]{256}")  # keys that the reference made say nothing of their kind


@dataclass(frozen=True, slots=True)
class Key:
    """A well-formed key; whether anybody issued it is for the database to say."""

    kind: KeyKind | None
    text: str = field(repr=False)


def new_key(kind: KeyKind, randomness: Randomness) -> str:
    """Return a new key of that kind."""
    start = f"{kind.value}_{randomness.digits(BASE62, _RANDOM)}"
    return f"{start}_{_check_digits(start)}"


def parse_key(text: str) -> Key | None:
    """Return the key if the text has the form of one and its check digits fit; nothing else is looked up."""
    if _OLDER_FORM.fullmatch(text):
        return Key(None, text)
    if not _FORM.fullmatch(text):
        return None
    start, _, digits = text.rpartition("_")
    return Key(KeyKind(text[:3]), text) if digits == _check_digits(start) else None


def digest(key: str, salt: Secret) -> str:
    """Return what is kept of a key, as the reference keeps it, so that its keys go on working (database.md §12)."""
    return hmac.new(salt.reveal().encode(), key.encode(), hashlib.sha512).hexdigest()


def encrypt(key: str, secret: Secret | None, randomness: Randomness) -> str | None:
    """Return a copy of a key that `decrypt` can read; without an encryption key there is none."""
    if secret is None:
        return None
    iv = bytes.fromhex(randomness.digits(_HEX, 2 * _IV))
    sealed = _cipher(secret).encrypt(iv, key.encode(), None)
    return ":".join((_VERSION, iv.hex(), sealed[:-_TAG].hex(), sealed[-_TAG:].hex()))


def decrypt(copy: str | None, secret: Secret | None) -> str | None:
    """Return the key of a copy, or None where there is none or it was made with another encryption key."""
    if copy is None or secret is None:
        return None
    version, *parts = copy.split(":")
    if version != _VERSION or len(parts) != 3:  # noqa: PLR2004 - iv, text, tag
        return None
    try:
        iv, text, tag = (bytes.fromhex(part) for part in parts)
        return _cipher(secret).decrypt(iv, text + tag, None).decode()
    except (InvalidTag, ValueError):
        return None


def random_token(randomness: Randomness) -> str:
    """Return what lets somebody register or choose a new password: 40 hexadecimal digits, as the reference's."""
    return randomness.digits(_HEX, 40)


def _check_digits(text: str) -> str:
    number = zlib.crc32(text.encode())
    digits = ""
    for _ in range(_CHECK):
        number, rest = divmod(number, len(BASE62))
        digits = BASE62[rest] + digits
    return digits


def _cipher(secret: Secret) -> AESGCM:
    return AESGCM(hashlib.sha256(secret.reveal().encode()).digest())
