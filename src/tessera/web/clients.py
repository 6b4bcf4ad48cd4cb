"""Where a request comes from: the peer, or what a proxy that is expected says about the one behind it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from tessera.identity.context import Client
from tessera.settings import Proxy


def client_of(proxy: Proxy, peer: str, scheme: str, headers: Mapping[bytes, bytes]) -> Client:
    """Return who asks. Each proxy adds one address at the right; what stands further left may be made up (F61)."""
    agent = headers.get(b"user-agent", b"").decode("latin-1")
    if not proxy.hops or not _may_tell(proxy, peer):
        return Client(address=peer, agent=agent, secure=scheme == "https")
    chain = _list(headers.get(proxy.header.lower().encode(), b""))[-proxy.hops :]
    address = parsed(chain[0]) if chain else None
    forwarded = _list(headers.get(b"x-forwarded-proto", scheme.encode()))[-proxy.hops :]
    return Client(address=str(address or peer), agent=agent, secure=forwarded[:1] == ["https"])


def _list(value: bytes) -> list[str]:
    return [entry.strip() for entry in value.decode("latin-1").split(",") if entry.strip()]


def _may_tell(proxy: Proxy, peer: str) -> bool:
    if not proxy.networks:
        return True
    address = parsed(peer)
    return address is not None and any(address in network for network in proxy.networks)


@lru_cache(maxsize=1024)
def parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Return an address without the port that some proxies add, and IPv4 in IPv6 as IPv4; None when it is none."""
    for candidate in (text, text.removeprefix("[").partition("]")[0], text.rpartition(":")[0]):
        try:
            address = ip_address(candidate)
        except ValueError:
            continue
        return getattr(address, "ipv4_mapped", None) or address
    return None
