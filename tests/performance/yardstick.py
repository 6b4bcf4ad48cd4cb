"""
A server that does nothing but answer, as the measure of a machine: `python -m tests.performance.yardstick PORT`.

The goals were set on a machine where such an answer took 27 microseconds of the processor (performance.md §3).
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

import uvicorn

THERE: Final = 27.0  # microseconds, where the goals were set
_BODY: Final = b"[" + b" " * 4094 + b"]"
_HEADERS: Final = [(b"content-type", b"application/json"), (b"content-length", str(len(_BODY)).encode())]

Message = MutableMapping[str, Any]  # as an ASGI server has it


async def answer(
    scope: Message, _: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Answer every request with the same four kilobytes."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await send({"type": "http.response.body", "body": _BODY})


if __name__ == "__main__":
    uvicorn.run(
        answer, host="127.0.0.1", port=int(os.environ["PORT"]), lifespan="off", http="httptools", log_level="error"
    )
