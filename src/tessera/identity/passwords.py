"""Passwords: hashed with bcrypt as the reference hashes them, and compared in the same time whoever asks."""

from __future__ import annotations

from typing import Final

import bcrypt

LONGEST: Final = 72  # bytes; bcrypt looks at no more
_COST: Final = 10
_PREFIX: Final = b"2a"  # the one the reference writes

# The hash of a password that nobody has: compared with when there is no such user, so that the time tells nothing.
_NOBODY: Final = b"$2a$10$bHJPgvg8JfvlkmwTxgQ6B.i8hIxbR7KagXxp4nCOwoJj4hHmvwusy"


def hash_password(password: str, cost: int = _COST) -> str:
    """Return the hash of a password, which must not be longer than bcrypt looks."""
    text = _bytes(password)
    if len(text) > LONGEST:
        raise ValueError(f"a password of more than {LONGEST} bytes would be cut off")
    return bcrypt.hashpw(text, bcrypt.gensalt(cost, prefix=_PREFIX)).decode()


def hash_of_start(password: str, cost: int = _COST) -> str:
    """Return the hash of as much of a password as bcrypt looks at; the reference keeps passwords of content so."""
    return bcrypt.hashpw(_bytes(password)[:LONGEST], bcrypt.gensalt(cost, prefix=_PREFIX)).decode()


def verify_password(password: str, stored: str | None) -> bool:
    """Tell whether the hash is the password's; without a usable hash the same work is done for nothing."""
    text = _bytes(password)[:LONGEST]  # older hashes were made of longer passwords, cut off here
    try:
        return bcrypt.checkpw(text, stored.encode()) if stored else _refuse(text)
    except ValueError:  # what is stored is no bcrypt hash
        return _refuse(text)


def _refuse(text: bytes) -> bool:
    bcrypt.checkpw(text, _NOBODY)
    return False


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
