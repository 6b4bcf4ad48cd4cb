"""Whether an address leads out to the public internet, as far as its text tells; no name is looked up."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network
from typing import Final
from urllib.parse import unquote

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE | re.ASCII)
_WEB: Final = frozenset({"http", "https", "ws", "wss", "ftp"})
_WEB_AUTHORITY: Final = re.compile(r"[/\\]*([^/\\?#]*)")  # browsers and Node take a backslash for a slash
_AUTHORITY: Final = re.compile(r"//([^/?#]*)")
_PORT: Final = re.compile(r":([0-9]*)\Z", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*", re.ASCII)
_NAME: Final = re.compile(r"[a-z0-9_]([a-z0-9_\-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_\-]*[a-z0-9_])?)+", re.ASCII)
_GREATEST_PORT: Final = 65_535
_LONGEST: Final = 1000  # characters of a host, percent signs included
_PARTS: Final = 4  # of a dotted address
_BYTE: Final = 256
# Names that are never looked up in public: RFC 2606, 6761, 6762, 8375, and what ICANN keeps for inside.
_INSIDE: Final = frozenset(
    {"localhost", "local", "internal", "localdomain", "lan", "home", "corp", "intranet", "private"}
)
_HOME: Final = ("home", "arpa")
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")  # an IPv4 address in the last 32 bits


def is_public(url: str) -> bool:
    """
    Whether whoever follows the address leaves this machine and its networks.

    An address without a host leads nowhere, which is another fault than leading inside.
    """
    scheme = _SCHEME.match(url)
    if scheme is None:
        return False
    pattern = _WEB_AUTHORITY if scheme[1].lower() in _WEB else _AUTHORITY
    found = pattern.match(url, scheme.end())
    authority = found[1] if found else ""
    return not authority or is_public_host(authority.rpartition("@")[2])


def is_public_host(host: str) -> bool:
    """Whether a host, perhaps with its port, is a public address or could be a public name."""
    if len(host) > _LONGEST:
        return False
    port = _PORT.search(host)
    if port and port[1] and int(port[1][:6]) > _GREATEST_PORT:
        return False
    name = host[: port.start()] if port else host
    if name.startswith("["):
        return name.endswith("]") and _is_public_v6(name[1:-1])
    try:
        plain = unquote(name, errors="strict").encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:  # no name that anybody could look up
        return False
    labels = plain.split(".")
    return _is_public_v4(labels) if _NUMBER.fullmatch(labels[-1]) else _is_public_name(plain, labels)


def is_public_address(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address, also one wrapped in another, belongs to the public internet."""
    inner = _inner(address) if isinstance(address, IPv6Address) else None
    if inner is not None:
        return is_public_address(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_public_name(name: str, labels: list[str]) -> bool:
    inside = labels[-1] in _INSIDE or tuple(labels[-2:]) == _HOME
    return not inside and _NAME.fullmatch(name) is not None


def _is_public_v6(text: str) -> bool:
    try:
        return is_public_address(IPv6Address(text))
    except AddressValueError:
        return False


def _is_public_v4(labels: list[str]) -> bool:
    """Read an address as browsers do: up to four decimal, octal or hexadecimal numbers, the last fills what is left."""
    if len(labels) > _PARTS or not all(_NUMBER.fullmatch(label) for label in labels):
        return False
    try:
        *first, last = [_number(label) for label in labels]
    except ValueError:
        return False
    if any(number >= _BYTE for number in first) or last >= _BYTE ** (_PARTS - len(first)):
        return False
    address = last + sum(number * _BYTE ** (3 - place) for place, number in enumerate(first))
    return is_public_address(IPv4Address(address))


def _number(label: str) -> int:
    if label[:2].lower() == "0x":
        return int(label[2:] or "0", 16)
    return int(label, 8 if label.startswith("0") else 10)


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
