"""Which addresses, links and ids the reference takes for well formed, decided in linear time."""

from __future__ import annotations

import re
from typing import Final

# What JavaScript trims; Python's own `strip` takes other characters.
SPACE: Final = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)

_WIDE: Final = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"  # letters beyond ASCII
_ATOMS: Final = re.compile(rf"[a-z\d!#$%&'*+\-/=?^_`{{|}}~.{_WIDE}]+", re.IGNORECASE | re.ASCII)
_QUOTED: Final = re.compile(rf'"(?:[\x01-\x08\x0b\x0c\x0e-!#-\[\]-\x7f{_WIDE}]|\\[\x01-\x09\x0b\x0c\r-\x7f{_WIDE}])*"')
_DOMAIN: Final = re.compile(rf"[a-z\d\-._~{_WIDE}]+", re.IGNORECASE | re.ASCII)
_EDGE: Final = re.compile(rf"[a-z\d{_WIDE}]", re.IGNORECASE | re.ASCII)
_LETTER: Final = re.compile(rf"[a-z{_WIDE}]", re.IGNORECASE | re.ASCII)
_DOT: Final = re.compile(rf"[a-z\d{_WIDE}]\.[a-z{_WIDE}]", re.IGNORECASE | re.ASCII)
_UUID: Final = re.compile(
    r"[\da-f]{8}-[\da-f]{4}-[1-5][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}|0{8}-0{4}-0{4}-0{4}-0{12}",
    re.IGNORECASE | re.ASCII,
)
_SCHEME: Final = re.compile(r"[a-z0-9+.\-]+://")
_LABEL: Final = r"[a-z0-9_\u00a1-\uffff](?:[a-z0-9_\u00a1-\uffff\-]*[a-z0-9_\u00a1-\uffff])?"
_HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?(?::[0-9]{{2,5}})?(?=[/?#]|\Z)")


def is_email(text: str) -> bool:
    """Whether the text is an e-mail address; an empty text is not held against it."""
    if not text:
        return True
    name, at, domain = text.rpartition("@")
    return bool(at) and _is_mailbox(name) and _is_domain(domain)


def is_uuid(text: str) -> bool:
    """Whether the text is a UUID of a known version."""
    return _UUID.fullmatch(text) is not None


def is_link(text: str) -> bool:
    """Whether the text is an address that a webhook can have: a scheme, a host, perhaps a port and more."""
    scheme = _SCHEME.match(text)
    if scheme is None or any(character in SPACE for character in text):
        return False
    begin = scheme.end()
    names = (position + 1 for position in range(begin + 1, len(text)) if text[position] == "@")
    return any(_HOST.match(text, start) for start in (begin, *names))


def length(text: str) -> int:
    """Return a text's length as JavaScript counts it, where some characters are two units."""
    return len(text) + sum(character > "\uffff" for character in text)


def _is_mailbox(name: str) -> bool:
    if _QUOTED.fullmatch(name):
        return True
    return _ATOMS.fullmatch(name) is not None and all(name.split("."))


def _is_domain(domain: str) -> bool:
    if not _DOMAIN.fullmatch(domain) or not _DOT.search(domain):
        return False
    return _EDGE.match(domain) is not None and _LETTER.match(domain[-1]) is not None
