"""A client that costs little: a kept connection, requests as bytes, and several of them under way at once."""

from __future__ import annotations

import json
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

_END: Final = b"\r\n\r\n"
_SECONDS: Final = 120.0  # that an answer may take


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - any JSON value
        """Return the body as a JSON value."""
        return json.loads(self.body)


class Client:
    """One connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def get(self, path: str, key: str = "") -> Answer:
        """Read something."""
        self.send(request("GET", path, key))
        return self.receive()

    def ask(self, method: str, path: str, body: Any, key: str = "") -> Answer:  # noqa: ANN401 - any JSON value
        """Send something."""
        self.send(request(method, path, key, json.dumps(body).encode()))
        return self.receive()

    def send(self, raw: bytes) -> None:
        """Send a request without waiting for its answer."""
        self._socket.sendall(raw)

    def receive(self) -> Answer:
        """Wait for the next answer."""
        got = self._more(b"")
        while _END not in got:
            got = self._more(got)
        head, _, body = got.partition(_END)
        status, length = int(head.split(b" ", 2)[1]), _length(head)
        while len(body) < length:
            body = self._more(body)
        return Answer(status, body)

    def _more(self, got: bytes) -> bytes:
        part = self._socket.recv(1 << 20)
        if not part:
            raise ConnectionResetError("the server has closed the connection")
        return got + part


def request(method: str, path: str, key: str = "", body: bytes | None = None) -> bytes:
    """Return the bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1", "accept: application/json"]
    if key:
        lines.append(f"authorization: Bearer {key}")
    if body is not None:
        lines += ["content-type: application/json", f"content-length: {len(body)}"]
    return "\r\n".join(lines).encode() + _END + (body or b"")


def exchange(clients: Sequence[Client], requests: Sequence[bytes]) -> list[Answer]:
    """Send a request on each connection, then wait for all the answers."""
    used = clients[: len(requests)]
    for client, raw in zip(used, requests, strict=True):
        client.send(raw)
    return [client.receive() for client in used]


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    if b" 204 " in head.split(b"\r\n", 1)[0]:
        return 0
    raise ValueError("an answer without a length")
