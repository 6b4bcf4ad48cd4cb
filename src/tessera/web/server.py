"""Running the application under uvicorn, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import uvicorn

from tessera.errors import ConfigurationError
from tessera.settings import Limits
from tessera.web.application import Application
from tessera.web.protocol import bounded

_STOPPING: Final = (signal.SIGINT, signal.SIGTERM)
Ready = Callable[[str], None]


class _Server(uvicorn.Server):
    """uvicorn's server, which says when and where it listens, and listens no more as soon as it is told to stop."""

    def __init__(self, config: uvicorn.Config, ready: Ready) -> None:
        super().__init__(config)
        self._ready = ready
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        if self.started and sockets:
            self._ready(_address(sockets[0]))

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; whoever connects from now on may be meant for the process that comes next."""
        super().handle_exit(sig, frame)
        if self._loop is not None:
            for server in self.servers:
                self._loop.call_soon_threadsafe(server.close)


def serve(application: Application, host: str, port: int, limits: Limits, ready: Ready = lambda _: None) -> None:
    """Serve until SIGTERM or SIGINT; open requests are finished first, within their time."""
    listener = listen(host, port)
    with _signals_ignored_afterwards():
        server_of(application, limits, ready).run(sockets=[listener])


def server_of(application: Application, limits: Limits, ready: Ready = lambda _: None) -> uvicorn.Server:
    """Return the server, not yet running; forwarding headers are the application's business, not uvicorn's."""
    config = uvicorn.Config(
        application,
        http=bounded(limits),
        ws="none",
        lifespan="on",
        interface="asgi3",
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        limit_concurrency=limits.connections,
        timeout_keep_alive=int(limits.idle_seconds),
        timeout_graceful_shutdown=int(limits.grace_seconds),
    )
    return _Server(config, ready)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ConfigurationError(f"Cannot listen on {host}:{port}: {error.strerror}") from None
    listener.setblocking(False)  # noqa: FBT003 - its only parameter
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def _signals_ignored_afterwards() -> Iterator[None]:
    """Keep uvicorn from raising the signal once more when it has stopped, so that a clean stop exits with 0."""

    def stopped(number: int, frame: FrameType | None) -> None:
        pass

    before = {number: signal.signal(number, stopped) for number in _STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
