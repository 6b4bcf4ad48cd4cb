"""Where deliveries may go, and how one ended: what is known of calls without making any."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Final

from tessera.web.reachable import is_public_address

_GOOD: Final = range(200, 300)
Address = IPv4Address | IPv6Address


class ForbiddenAddressError(OSError):
    """A name leads to an address that deliveries may not go to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Where deliveries may go besides the public internet."""

    loopback: bool = False
    private: bool = False

    def covers(self, address: Address) -> bool:
        """Tell whether an address, also one wrapped in another, may be called; link-local ones never are."""
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        if mapped is not None:
            return self.covers(mapped)
        if is_public_address(address):
            return True
        if address.is_loopback:
            return self.loopback or self.private
        never = address.is_link_local or address.is_multicast or address.is_unspecified or address.is_reserved
        return self.private and address.is_private and not never


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a call ended: the status, or why there is none; and the beginning of what was answered."""

    status: int | None = None
    error: str | None = None
    text: str = ""
    milliseconds: int = 0

    @property
    def arrived(self) -> bool:
        """Tell whether the other server took the delivery."""
        return self.status is not None and self.status in _GOOD
