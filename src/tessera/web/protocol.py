"""
The connection: uvicorn's, with bounds on what a client may send and on how long it may take.

The application bounds bodies; what comes before it is called, and after it has answered, is bounded here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from tessera.settings import Limits

_DRAIN_SECONDS: Final = 5.0  # how long the rest of an answered request is swallowed, so that the answer can arrive
_TOO_LARGE: Final = 431
_TOO_SLOW: Final = 408


class BoundedProtocol(HttpToolsProtocol):
    """One connection; `bounded` makes the class for some limits."""

    limits: ClassVar[Limits] = Limits()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on to uvicorn as they are
        super().__init__(*args, **kwargs)
        self._head_open = False  # a request has begun and its headers are not all there
        self._message_open = False  # a request has begun and is not all there
        self._unfinished_head = 0
        self._head_size = 0
        self._refused_with = 0
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn
        super().connection_made(transport)
        self._arm("head", self.limits.head_seconds, self._refuse_slow_head)

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        super().connection_lost(exc)

    def eof_received(self) -> None:
        """Write nothing more: the transport closes now, and writing to it would be an error."""
        if self.cycle is not None and not self.cycle.response_complete:  # type: ignore[redundant-expr] # it begins as None
            self.cycle.disconnected = True
            self.cycle.message_event.set()

    def data_received(self, data: bytes) -> None:
        if not self._message_open and "head" not in self._timers:
            self._arm("head", self.limits.head_seconds, self._refuse_slow_head)
        super().data_received(data)
        if self._head_open and not self.transport.is_closing():
            self._unfinished_head += len(data)
            if self._unfinished_head > self.limits.head:
                self._refuse(_TOO_LARGE, "The headers are too large")

    def on_message_begin(self) -> None:
        self._head_open = self._message_open = True
        self._head_size = self._unfinished_head = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._head_open = False
        self._disarm("head")
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._message_open = False
        self._disarm("drain")
        super().on_message_complete()
        if self.cycle.response_complete and self.timeout_keep_alive_task is None:
            wait = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)
            self.timeout_keep_alive_task = wait

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._message_open and not self._head_open:
            self._unset_keepalive_if_required()
            self._arm("drain", min(_DRAIN_SECONDS, self.limits.body_seconds), self._abort)
        if self.transport.get_write_buffer_size():
            self._arm("write", self.limits.write_seconds, self._abort_unless_written)

    def pause_writing(self) -> None:
        self._arm("write", self.limits.write_seconds, self._abort)
        super().pause_writing()

    def resume_writing(self) -> None:
        self._disarm("write")
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        if not self._refused_with:
            super().send_400_response(msg)

    def _count(self, size: int) -> None:
        self._head_size += size
        if self._head_size > self.limits.head:
            self._refuse(_TOO_LARGE, "The headers are too large")
            raise OverflowError  # stops the parser; uvicorn then finds that the answer is given

    def _refuse_slow_head(self) -> None:
        if self._head_open:
            self._refuse(_TOO_SLOW, "The request took too long")
        else:
            self.transport.close()

    def _refuse(self, status: int, words: str) -> None:
        if self._refused_with or self.transport.is_closing():
            return
        self._refused_with = status
        lines = b"content-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%b"
        self.transport.write(STATUS_LINE[status] + lines % (len(words), words.encode()))
        self.transport.close()

    def _abort(self) -> None:
        self.transport.abort()

    def _abort_unless_written(self) -> None:
        if self.transport.get_write_buffer_size():
            self.transport.abort()

    def _arm(self, name: str, seconds: float, then: Callable[[], None]) -> None:
        self._disarm(name)
        self._timers[name] = self.loop.call_later(seconds, then)

    def _disarm(self, name: str) -> None:
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.cancel()


def bounded(limits: Limits) -> type[BoundedProtocol]:
    """Return the protocol class with these limits."""
    return type("BoundedProtocol", (BoundedProtocol,), {"limits": limits})
