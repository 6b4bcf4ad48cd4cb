"""What must not come in by an upload, by whichever road: refused, and nothing of it is left behind (F28)."""

from __future__ import annotations

import asyncio
import struct
import tempfile
import tracemalloc
import zlib
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Final

import pytest

from tests.features.backend import Backend
from tests.features.media.conftest import left, post

ROADS: Final = ("/upload", "/upload/files", "/api/upload")
BOUNDARY: Final = "edge-of-a-part"
PNG: Final = b"\x89PNG\r\n\x1a\n"
SCRIPT: Final = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
PIECE: Final = 64 * 1024


def part(name: str, content: bytes, media: str = "text/plain") -> bytes:
    """Return one part of a form."""
    about = f'form-data; name="files"; filename="{name}"'
    head = f"--{BOUNDARY}\r\nContent-Disposition: {about}\r\nContent-Type: {media}\r\n\r\n"
    return head.encode() + content + b"\r\n"


def form(*parts: bytes) -> bytes:
    """Return a whole form."""
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def pixels(width: int, height: int) -> bytes:
    """Return a picture that says it has so many pixels and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")


BODIES: Final[Mapping[str, bytes]] = {
    "a bomb of pixels": form(part("bomb.png", pixels(60_000, 60_000), "image/png")),
    "a picture that ends early": form(part("cut.png", pixels(20, 20)[:60], "image/png")),
    "a form that ends early": form(part("a.txt", b"text"))[:-20],
    "a form without an end": part("a.txt", b"text"),
    "a form of another boundary": form(part("a.txt", b"text")).replace(BOUNDARY.encode(), b"another"),
    "no file at all": form(),
    "no form at all": b"text",
    "a part without a head": f"--{BOUNDARY}\r\n\r\ntext\r\n--{BOUNDARY}--\r\n".encode(),
    "too many parts": form(*(part(f"{number}.txt", b"x") for number in range(1500))),
    "a good file and a bomb": form(part("good.txt", b"text"), part("bomb.png", pixels(60_000, 60_000), "image/png")),
}


@pytest.fixture
def keys(root: str, site: str) -> Callable[[str], str]:
    """Return the key of each road."""
    return lambda road: site if road.startswith("/api/") else root


def kept(backend: Backend) -> int:
    """Return how many files the database knows."""
    [(count,)] = backend.read("SELECT count(*) FROM files")
    return int(count)


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))
def test_f28_what_is_no_upload_leaves_nothing_behind(
    backend: Backend, uploads: Path, keys: Callable[[str], str], road: str, body: bytes
) -> None:
    """
    The answer is a refusal; neither a row, nor a file, nor anything staged or temporary remains.
    """
    headers = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    temporary = left(Path(tempfile.gettempdir()))
    answer = post(backend, road, keys(road), content=body, headers=headers)

    assert 400 <= answer.status_code < 500, answer.text
    assert 0 == kept(backend)
    assert left(uploads) <= {".staged"}
    assert not left(uploads / ".staged")
    assert not {name for name in left(Path(tempfile.gettempdir())) - temporary if "tmp" in name and "tessera" in name}


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize(
    ("name", "content"), [("page.png", b"<html><script>alert(1)</script></html>"), ("run.svg", SCRIPT)]
)
def test_f28_content_is_never_run_whatever_it_claims_to_be(
    backend: Backend, keys: Callable[[str], str], road: str, name: str, content: bytes
) -> None:
    """
    A page that calls itself a picture is refused, or handed out so that no browser runs it.
    """
    body, headers = (
        form(part(name, content, "image/png")),
        {"content-type": f"multipart/form-data; boundary={BOUNDARY}"},
    )
    answer = post(backend, road, keys(road), content=body, headers=headers)
    if answer.is_success:
        url = answer.json()[0]["url"] if isinstance(answer.json(), list) else answer.json()["url"]
        served = backend.call("GET", url)
        policy, media = served.headers["content-security-policy"], served.headers["content-type"]
        assert "nosniff" == served.headers["x-content-type-options"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert media == "image/png" or "sandbox" in policy
    else:
        assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("road", ROADS)
def test_f28_a_stream_without_end_is_cut_off_and_never_held_in_memory(
    backend: Backend, uploads: Path, keys: Callable[[str], str], road: str
) -> None:
    """
    A gigabyte that is announced is refused before it is read; one that is not announced, at the bound.
    """
    largest = backend.project.settings.server.limits.upload
    answer, taken, peak = streamed(backend, road, keys(road), announced=2**30)
    assert (413, 0) == (answer, taken)
    answer, taken, peak = streamed(backend, road, keys(road), announced=None)

    assert 413 == answer
    assert taken <= largest + 2 * PIECE
    assert peak < 40 * 2**20
    assert 0 == kept(backend)
    assert not left(uploads / ".staged")


def streamed(backend: Backend, road: str, key: str, *, announced: int | None) -> tuple[int, int, int]:
    """Send an endless file; return the status, the bytes that were taken, and the memory that it took at most."""
    headers = [
        (b"host", b"testserver"),
        (b"authorization", f"Bearer {key}".encode()),
        (b"content-type", f"multipart/form-data; boundary={BOUNDARY}".encode()),
        *([(b"content-length", str(announced).encode())] if announced else []),
    ]
    scope: MutableMapping[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": road,
        "raw_path": road.encode(),
        "query_string": b"",
        "headers": headers,
        "client": ("203.0.113.9", 4711),
        "scheme": "http",
    }
    events: list[MutableMapping[str, Any]] = []
    begin, taken = part("endless.bin", b"", "application/octet-stream")[:-2], 0

    async def receive() -> Mapping[str, Any]:
        nonlocal taken
        piece = begin if not taken else b"\0" * PIECE
        taken += len(piece)
        assert taken < 2**30, "nobody has cut it off"
        return {"type": "http.request", "body": piece, "more_body": True}

    async def send(event: MutableMapping[str, Any]) -> None:
        events.append(event)

    tracemalloc.start()
    try:
        asyncio.run(_served(backend, scope, receive, send))
        return events[0]["status"], taken, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


async def _served(backend: Backend, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - as ASGI has it
    await backend.application(scope, receive, send)
