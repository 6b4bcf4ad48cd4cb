"""Sending raw requests to an application in this process, byte by byte as a server would hand them on."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from tessera.web.application import Application


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


async def knock(
    application: Application, method: str, target: str, headers: Mapping[str, str], content: bytes = b""
) -> Answer:
    """Send one request and return its answer."""
    path, _, query = target.partition("?")
    sent = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    scope: MutableMapping[str, Any] = {
        "type": "http",
        "method": method,
        "path": unquote(path, errors="replace"),
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "headers": sent,
        "client": ("203.0.113.9", 4711),
        "scheme": "http",
    }
    events: list[MutableMapping[str, Any]] = []

    async def receive() -> Mapping[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(event: MutableMapping[str, Any]) -> None:
        events.append(event)

    await application(scope, receive, send)
    return Answer(events[0]["status"], tuple(events[0]["headers"]), events[1]["body"])
