"""Reading a request from the network: within its size and its time, whatever the client claims or does."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final, Protocol
from urllib.parse import unquote_to_bytes

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from tessera.errors import (
    BadRequestError,
    BodyTooLargeError,
    PayloadTooLargeError,
    RequestTimeoutError,
    UnreadableBodyError,
    UnsupportedMediaTypeError,
)
from tessera.query import params
from tessera.settings import Limits
from tessera.web.bodies import FORM, JSON_TYPES, MULTIPART, Upload, unpacked
from tessera.web.request import Request
from tessera.web.routing import Audience, Route

WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH"})  # of other methods the body is not looked at, as the reference
_BAD_PERCENT: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_BOUNDARY: Final = re.compile(r"[\w'()+,./:=? -]{1,70}", re.ASCII)  # RFC 2046
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_TAIL: Final = 4096  # bytes at the end of a form in which its last boundary stands


logging.getLogger("python_multipart").setLevel(logging.ERROR)  # what clients send is no news


class Receive(Protocol):
    """How an ASGI server hands on the next event."""

    async def __call__(self) -> Mapping[str, Any]: ...


class Disconnected(Exception):  # noqa: N818 - not an error: nobody is left to answer
    """The client went away before its request was complete."""


def path_of(raw: bytes) -> list[str]:
    """Return the decoded segments of a path; refuses what is no path at all."""
    pieces = raw.removeprefix(b"/").split(b"/")
    try:
        segments = [_segment(piece) for piece in pieces]
    except UnicodeDecodeError:
        raise BadRequestError("The path is not UTF-8") from None
    if segments and not segments[-1]:
        segments.pop()  # one slash at the end makes no difference
    return segments


def _segment(piece: bytes) -> str:
    if b"%" in piece:
        if _BAD_PERCENT.search(piece):
            raise BadRequestError("The path has a broken percent sign")
        piece = unquote_to_bytes(piece)
    text = piece.decode()
    if not text.isprintable() and _CONTROL.search(text):
        raise BadRequestError("The path has a control character")
    return text


async def read_body(request: Request, route: Route, receive: Receive, limits: Limits) -> None:
    """Fill in the request's body, or the fields and files of its form."""
    headers = dict(request.headers)
    request.media = headers.get(b"content-type", b"").partition(b";")[0].strip().lower().decode("latin-1")
    encoding = headers.get(b"content-encoding", b"").strip().lower().decode("latin-1")
    multipart = request.media == MULTIPART
    large = multipart and route.files
    most, seconds = (limits.upload, limits.upload_seconds) if large else (limits.body, limits.body_seconds)
    _check_length(headers.get(b"content-length"), most)
    pieces = _pieces(receive, most)
    try:
        async with asyncio.timeout(seconds):
            if multipart and encoding in ("", "identity"):
                await _read_form(request, pieces, limits)
                return
            body = b"".join([piece async for piece in pieces])
    except TimeoutError:
        raise RequestTimeoutError from None
    request.body = unpacked(body, encoding, most)
    if request.media == FORM:
        request.fields = params.parse(_text(request.body), limits.parameters)
    elif request.body and request.media not in JSON_TYPES and route.audience is Audience.ADMIN:
        # The Content API takes no notice of such a body, as content_api_write.bodies_that_are_none shows.
        raise UnsupportedMediaTypeError


def _check_length(claimed: bytes | None, most: int) -> None:
    if claimed is None:
        return
    if not claimed.isdigit():
        raise BadRequestError("The Content-Length is no number")
    if len(claimed) > len(str(most)) + 1 or int(claimed) > most:
        raise BodyTooLargeError


async def _pieces(receive: Receive, most: int) -> AsyncIterator[bytes]:
    size, more = 0, True
    while more:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise Disconnected
        piece: bytes = event.get("body", b"")
        size += len(piece)
        if size > most:
            raise BodyTooLargeError
        more = event.get("more_body", False)
        yield piece


async def _read_form(request: Request, pieces: AsyncIterator[bytes], limits: Limits) -> None:
    boundary, tail = _boundary(request), b""

    async def stream() -> AsyncIterator[bytes]:
        nonlocal tail
        async for piece in pieces:
            tail = (tail + piece)[-_TAIL:]
            yield piece
        if f"--{boundary}--".encode() not in tail:  # The parser overlooks that the end of a form is missing.
            raise MultiPartException("The form ends too early")
        yield b""  # which the parser takes for the end

    parser = MultiPartParser(
        Headers({"content-type": f'{MULTIPART}; boundary="{boundary}"'}),
        stream(),  # type: ignore[arg-type] # an iterator is all it needs
        max_files=limits.files,
        max_fields=limits.parameters,
        max_part_size=limits.body,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        if "exceed" in error.message or "Too many" in error.message:
            raise PayloadTooLargeError(error.message) from None
        raise UnreadableBodyError("The multipart form cannot be read") from None
    except (KeyError, UnicodeError, ValueError, LookupError):
        raise UnreadableBodyError("The multipart form cannot be read") from None
    _take_form(request, form)


def _boundary(request: Request) -> str:
    """Return the boundary alone: no charset of the client's choice gets to decode anything."""
    _, options = parse_options_header(request.header("content-type"))
    boundary = options.get(b"boundary", b"").decode("latin-1")
    if not _BOUNDARY.fullmatch(boundary):
        raise UnreadableBodyError("The multipart form cannot be read")
    return boundary


def _take_form(request: Request, form: FormData) -> None:
    values: dict[str, params.Param] = {}
    files: list[tuple[str, Upload]] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            upload = Upload(
                name=value.filename or "", media=value.content_type or "", size=value.size or 0, content=value.file
            )
            files.append((name, upload))
        else:
            _add(values, name, value)
    request.fields, request.files = values, files


def _add(values: dict[str, params.Param], name: str, value: str) -> None:
    """Add a field; one that is sent several times is a list."""
    known = values.get(name)
    if known is None:
        values[name] = value
    else:
        values[name] = [*known, value] if isinstance(known, list) else [known, value]


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise UnreadableBodyError("The form is not UTF-8") from None
