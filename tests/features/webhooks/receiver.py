"""Another server, on this machine, that notes what it is told and answers as it is asked to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

JSON = Any  # any JSON value
_PATIENCE: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """One request as it came in."""

    path: str
    headers: dict[str, str]  # names in lower case
    raw: bytes

    @property
    def body(self) -> JSON:
        return json.loads(self.raw)


@dataclass(slots=True)
class Receiver:
    """What has arrived, and what is answered next."""

    port: int = 0
    arrived: list[Arrived] = field(default_factory=list)
    status: int = 204
    location: str | None = None
    answer: bytes = b""
    came: threading.Event = field(default_factory=threading.Event)  # set once anything has arrived
    holding: threading.Event = field(default_factory=threading.Event)  # unset: answers wait

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def events(self) -> list[str]:
        return [each.body["event"] for each in self.arrived]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver on a free port."""
    receiver = Receiver()
    receiver.holding.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.arrived.append(Arrived(path=self.path, headers=headers, raw=raw))
            receiver.came.set()
            receiver.holding.wait(_PATIENCE)
            self.send_response(receiver.status)
            if receiver.location is not None:
                self.send_header("location", receiver.location)
            self.send_header("content-length", str(len(receiver.answer)))
            self.end_headers()
            self.wfile.write(receiver.answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.holding.set()
        server.shutdown()
        server.server_close()
        thread.join()
