"""
One call of another server: to an address that was looked at, never through a redirect or a proxy.

The name is looked up here and the connection made to the very address that was judged, so that a name which answers
differently the second time gains nothing. The certificate is checked against the name all the same.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

import httpcore

from tessera.web.reachable import is_public_address

_KEPT: Final = 4096  # bytes of an answer; more is not read
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


class _Backend(httpcore.AsyncNetworkBackend):
    """Connects to addresses within reach only."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - of the interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await _looked_up(host.strip("[]"), port)
        if not all(self._reach.covers(address) for address in addresses):
            raise ForbiddenAddressError
        for address in addresses[:-1]:
            try:
                return await self._inner.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except httpcore.ConnectError:
                continue
        return await self._inner.connect_tcp(str(addresses[-1]), port, timeout, local_address, socket_options)


async def call(url: str, headers: Mapping[str, str], body: bytes, *, reach: Reach, seconds: float) -> Outcome:
    """Post a body; whatever goes wrong is an outcome."""
    started = time.perf_counter()
    try:
        async with asyncio.timeout(seconds):
            status, text = await _posted(url, headers, body, reach)
        outcome = Outcome(status=status, text=text)
    except ForbiddenAddressError:
        outcome = Outcome(error="the address is not allowed")
    except TimeoutError:
        outcome = Outcome(error="no answer in time")
    except socket.gaierror:
        outcome = Outcome(error="the name is not known")
    except (httpcore.NetworkError, httpcore.TimeoutException, OSError):
        outcome = Outcome(error="no connection, or none that can be trusted")
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, ValueError):
        # Also headers that are none: what cannot be sent is not sent.
        outcome = Outcome(error="the address or a header cannot be used, or the answer is no HTTP")
    milliseconds = int((time.perf_counter() - started) * 1000)
    return Outcome(status=outcome.status, error=outcome.error, text=outcome.text, milliseconds=milliseconds)


async def _posted(url: str, headers: Mapping[str, str], body: bytes, reach: Reach) -> tuple[int, str]:
    pool = httpcore.AsyncConnectionPool(network_backend=_Backend(reach), max_connections=1)
    sent = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]
    async with pool, pool.stream("POST", url, headers=sent, content=body) as answer:
        kept = b""
        async for piece in answer.aiter_stream():
            kept += piece
            if len(kept) >= _KEPT:
                break
        return answer.status, kept[:_KEPT].decode("utf-8", "replace")


async def _looked_up(host: str, port: int) -> list[Address]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ip_address(str(each[4][0]).partition("%")[0]) for each in found]
