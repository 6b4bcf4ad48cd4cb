"""A server in a thread, at an address of this machine, for clients that are programs of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from threading import Thread
from typing import Any

import uvicorn

Scope = MutableMapping[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]


def keyed(application: Application, key: str) -> Application:
    """Return an application that takes requests without a key as those of one: some clients cannot send any."""

    async def answer(scope: Scope, receive: Any, send: Any) -> None:  # noqa: ANN401 - as ASGI gives them
        if scope["type"] == "http" and not any(name == b"authorization" for name, _ in scope["headers"]):
            scope = {**scope, "headers": [*scope["headers"], (b"authorization", f"Bearer {key}".encode())]}
        await application(scope, receive, send)

    return answer


@contextmanager
def served(application: Application) -> Iterator[str]:
    """Serve an application while the block lasts, and give its address."""
    config = uvicorn.Config(
        application,
        host="127.0.0.1",
        port=0,
        log_level="error",
        lifespan="off",
        ws="none",
    )
    server = uvicorn.Server(config)
    thread = Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
