from __future__ import annotations

import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tessera.errors import ConfigurationError
from tessera.identity.context import RequestContext
from tessera.settings import Limits
from tessera.web.application import Application
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, PUBLIC, route
from tessera.web.server import listen, server_of

LIMITS = Limits(head=4096, head_seconds=0.4, body_seconds=0.4, write_seconds=0.4, idle_seconds=1.0, grace_seconds=1.0)
TOML = "[limits]\nbody = 2048\nbodySeconds = 0.4\n"
CHUNKED = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"


@route("GET", "/large", audience=ADMIN, action=PUBLIC)
async def send_much(request: Request, ctx: RequestContext) -> Response:
    """Send more than any buffer takes."""
    return ok("x" * 40_000_000)


@route("POST", "/echo", audience=ADMIN, action=PUBLIC)
async def echo(request: Request, ctx: RequestContext) -> Response:
    """Send the body back."""
    return ok(request.json())


Connect = Callable[[], socket.socket]


@pytest.fixture
def connect(serve: Callable[..., Application]) -> Iterator[Connect]:
    """Return what opens a connection to a running server."""
    with running(serve([send_much, echo], toml=TOML)) as address:

        def opened() -> socket.socket:
            return socket.create_connection(address, timeout=5)

        yield opened


@contextmanager
def running(application: Application) -> Iterator[tuple[str, int]]:
    """Run a server in a thread and give its address."""
    listener = listen("127.0.0.1", 0)
    listener.listen()
    server = server_of(application, LIMITS)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield listener.getsockname()
    finally:
        server.should_exit = True
        thread.join(10)


def rest_of(connection: socket.socket) -> bytes:
    """Return everything until the server closes the connection."""
    received = b""
    try:
        while piece := connection.recv(65536):
            received += piece
    except ConnectionResetError:
        pass
    return received


def status_of(answer: bytes) -> int:
    """Return the status in the first line of an answer, 0 without one."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def test_a_request_is_answered(connect: Connect) -> None:
    """
    The server serves the application, keeps its name to itself, and closes when asked to.
    """
    with connect() as client:
        client.sendall(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n")
        client.sendall(b'Content-Length: 7\r\nConnection: close\r\n\r\n{"a":1}')
        answer = rest_of(client)

    assert 200 == status_of(answer)
    assert answer.endswith(b'{"a":1}')
    assert b"server:" not in answer.lower()


@pytest.mark.parametrize(
    ("sent", "statuses"),
    [
        (b"", {0}),
        (b"\r\n\r\n", {0, 400}),
        (b"GET /echo HTTP/1.1\r\nHost: x\r\nX-Slow: ", {408}),
        (b"GET /echo HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 8000, {431}),
        (b"GET /echo HTTP/1.1\r\nHost: x\r\n" + b"X-Many: x\r\n" * 800, {431}),
        (b"GET /" + b"x" * 8000, {431}),
        (b"GET /" + b"x" * 8000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", {431}),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{", {408}),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999999999999\r\n\r\n{", {400, 413}),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n{", {413}),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", {400}),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}", {400}),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", {400}),
        (CHUNKED + b"zz\r\n", {400}),
        (CHUNKED + b"1\r\n{\r\n", {408}),
        (CHUNKED + b"1000\r\n" + b" " * 4096 + b"\r\n", {413}),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", {400}),
        (b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n", {400}),
        (b"GET / HTTP/1.1\r\nHost: x\r\nBad\x00Name: x\r\n\r\n", {400}),
        (b"NONSENSE / HTTP/1.1\r\n\r\n", {400}),
    ],
)
def test_what_is_no_request_is_refused_or_cut_off(connect: Connect, sent: bytes, statuses: set[int]) -> None:
    """
    Nothing that a client sends, or does not send, keeps a connection for longer than its time, nor fails the server.
    """
    started = time.monotonic()
    with connect() as client:
        client.sendall(sent)
        answer = rest_of(client)

    assert status_of(answer) in statuses
    assert time.monotonic() - started < 3


def flood(client: socket.socket) -> None:
    """Send a body that has no end, for as long as the server takes it."""
    client.sendall(CHUNKED)
    ends = time.monotonic() + 4
    while time.monotonic() < ends:
        client.sendall(b"400\r\n" + b" " * 1024 + b"\r\n")
        time.sleep(0.005)


def test_an_endless_body_is_cut_off(connect: Connect) -> None:
    """
    Who goes on sending after the refusal is disconnected.
    """
    with connect() as client, pytest.raises(OSError, match=r"reset|pipe"):
        flood(client)


def test_slow_clients_do_not_hold_up_others(connect: Connect) -> None:
    """
    While many connections dawdle, another request is answered at once.
    """
    slow = [connect() for _ in range(50)]
    for client in slow:
        client.sendall(CHUNKED)
    started = time.monotonic()
    with connect() as client:
        client.sendall(b"GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = rest_of(client)
    took = time.monotonic() - started
    for client in slow:
        client.close()

    assert 404 == status_of(answer)
    assert took < 0.3


def test_who_does_not_read_is_disconnected(connect: Connect) -> None:
    """
    An answer that nobody takes is thrown away with its connection.
    """
    with connect() as client:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(1.2)
        received = rest_of(client)

    assert 0 < len(received) < 40_000_000


def test_connections_are_kept_between_requests(connect: Connect) -> None:
    """
    Several requests travel on one connection, also when a body was refused in between.
    """
    with connect() as client:
        client.sendall(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3000\r\n\r\n" + b"x" * 3000)
        first = client.recv(65536)
        client.sendall(b"GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        second = rest_of(client)

    assert (413, 404) == (status_of(first), status_of(second))


def test_who_leaves_early_is_no_error(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    """
    A client that goes before its answer leaves no trace in the log.
    """
    for _ in range(20):
        with connect() as client:
            client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
    time.sleep(0.5)

    assert "" == caplog.text


def test_a_used_port_is_told_plainly() -> None:
    """
    The start fails with the address and the reason.
    """
    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"Cannot listen on 127.0.0.1:{port}: Address already in use"):
            listen("127.0.0.1", port)


def test_sigterm_stops_the_server_cleanly() -> None:
    """
    The server says where it listens, and a stop by signal exits with 0.
    """
    program = textwrap.dedent(
        """
        from tessera.settings import Limits
        from tessera.web.server import serve

        async def application(scope, receive, send):
            while True:
                kind = (await receive())["type"]
                await send({"type": kind + ".complete"})
                if kind == "lifespan.shutdown":
                    return

        serve(application, "127.0.0.1", 0, Limits(), lambda address: print(address, flush=True))
        """
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline()
        process.send_signal(signal.SIGTERM)

        assert address.startswith("http://127.0.0.1:")
        assert 0 == process.wait(10)
