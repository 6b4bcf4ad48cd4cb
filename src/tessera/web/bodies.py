"""Bodies of requests: unpacked and decoded within bounds, refused in the reference's words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, Final

import orjson

from tessera.errors import BodyTooLargeError, UnreadableBodyError, UnsupportedMediaTypeError
from tessera.schema.model import JSON
from tessera.web.json_faults import fault_of

FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
JSON_TYPES: Final = frozenset(
    {
        "application/json",
        "application/json-patch+json",
        "application/vnd.api+json",
        "application/csp-report",
        "application/reports+json",
    }
)
_EXPLAINED: Final = 32 * 1024  # bytes; finding the words for a fault takes time, and malformed bodies get no more
_START: Final = re.compile(rb"[ \t\r\n]*[\[{]")
_PROTOTYPE: Final = re.compile(rb'"__proto__"\s*:')
_WINDOWS: Final[Mapping[str, int]] = {"gzip": 31, "x-gzip": 31, "deflate": 47}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came with a form; it is gone when the request is answered."""

    name: str
    media: str
    size: int
    content: BinaryIO


def parse_json(body: bytes, depth: int) -> JSON:
    """Return the value of a JSON text; only objects and lists are bodies, nested as deep as allowed."""
    if not _START.match(body):
        raise UnreadableBodyError("invalid JSON, only supports object and array")
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        exact = _complaint(body) if len(body) <= _EXPLAINED else f"Unexpected token in JSON at position {error.pos}"
        raise UnreadableBodyError(exact) from None
    if _PROTOTYPE.search(body):
        # As the reference: content_manager_entries.fields_that_a_writer_may_not_choose.
        raise UnreadableBodyError("Object contains forbidden prototype property")
    if body.count(b"[") + body.count(b"{") > depth and _depth(value, depth) > depth:
        raise UnreadableBodyError(f"The JSON is nested more than {depth} levels deep")
    return value


def unpacked(body: bytes, encoding: str, limit: int) -> bytes:
    """Return a body without its content encoding; what grows beyond the limit is refused while it grows."""
    if encoding in ("", "identity"):
        return body
    if encoding not in _WINDOWS:
        raise UnsupportedMediaTypeError(f"Unsupported Content-Encoding: {encoding}")
    inflater = zlib.decompressobj(_WINDOWS[encoding])
    try:
        whole = inflater.decompress(body, limit + 1)
    except zlib.error:
        raise UnreadableBodyError("The body is not what its content encoding says") from None
    if len(whole) > limit:
        raise BodyTooLargeError
    if not inflater.eof or inflater.unused_data:
        raise UnreadableBodyError("The body is not what its content encoding says")
    return whole


def _depth(value: JSON, most: int) -> int:
    level, depth = [value], 0
    while level and depth <= most:
        depth += 1
        inner = chain.from_iterable(item.values() if isinstance(item, dict) else item for item in level)
        level = [item for item in inner if isinstance(item, dict | list)]
    return depth


def _complaint(body: bytes) -> str:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return "The body is not UTF-8"
    return fault_of(text) or "The JSON holds a number or a character that cannot be kept"
