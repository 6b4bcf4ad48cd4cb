"""Where a browser may be sent back to: exactly where the client said that it listens."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
_PRIVATE_USE: Final = re.compile(r"[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+", re.ASCII)  # a name turned round (RFC 8252 §7.1)
_LONGEST: Final = 2000


def may_be_registered(redirect: str) -> bool:
    """Tell whether an address is one that answers may go to: https, this machine, or an app by its own scheme."""
    if (
        len(redirect) > _LONGEST
        or not redirect.isascii()
        or not redirect.isprintable()
        or set(redirect) & set(' \\#"<>')
    ):
        return False
    parts = _split(redirect)
    if parts is None or "@" in parts.netloc:
        return False
    if parts.scheme == "https":
        return bool(parts.hostname)
    if parts.scheme == "http":
        return parts.hostname in _LOOPBACK
    return _PRIVATE_USE.fullmatch(parts.scheme) is not None


def is_one_of(redirect: str, registered: tuple[str, ...]) -> bool:
    """Tell whether an address is registered, to the letter; on this machine its port may be any (RFC 8252 §7.3)."""
    return redirect in registered or any(_differ_by_port(redirect, each) for each in registered)


def _differ_by_port(redirect: str, registered: str) -> bool:
    if not may_be_registered(redirect):
        return False
    asked, known = _split(redirect), _split(registered)
    if asked is None or known is None or asked.scheme != "http" or known.scheme != "http":
        return False
    same_rest = asked[2:] == known[2:]
    return same_rest and asked.hostname == known.hostname and known.hostname in _LOOPBACK


def _split(address: str) -> SplitResult | None:
    """Return the parts of an address whose port is one; None otherwise."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return None
    return parts
