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
from ipaddress import ip_address
from typing import Final

import httpcore

from tessera.features.webhooks.reach import Address, ForbiddenAddressError, Outcome, Reach

_KEPT: Final = 4096  # bytes of an answer; more is not read


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
