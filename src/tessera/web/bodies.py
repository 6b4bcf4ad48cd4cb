"""Bodies of requests: unpacked and decoded within bounds, refused in the reference's words."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, Final

import orjson

from tessera.errors import BodyTooLargeError, UnreadableBodyError, UnsupportedMediaTypeError
from tessera.schema.model import JSON

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
        raise UnreadableBodyError("invalid JSON, only supports object and array" if body.strip() else _END)
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise UnreadableBodyError(_complaint(body)) from None
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


_END: Final = "Unexpected end of JSON input"


def _complaint(body: bytes) -> str:
    """Return what the reference's JSON parser says about a text that is none."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return "The body is not UTF-8"
    try:
        json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()):
            return "Unterminated string in JSON at position " + str(len(text)) if "Untermin" in error.msg else _END
        return _said(error, text)
    except (RecursionError, ValueError):
        return "The JSON is nested too deep, or holds what is no JSON value"
    return "The JSON holds a number or a character that cannot be kept"


def _refuse_constant(name: str) -> None:
    raise json.JSONDecodeError("Expecting value", name, 0)


def _said(error: json.JSONDecodeError, text: str) -> str:
    for beginning, say in _SAYINGS:
        if error.msg.startswith(beginning):
            return say(error.pos, text)
    return f"Unexpected token in JSON at position {error.pos}"


def _at(words: str) -> Callable[[int, str], str]:
    return lambda position, _: f"{words} in JSON at position {position}"


def _name(position: int, text: str) -> str:
    first = text[:position].rstrip().endswith("{")
    return _at("Expected property name or '}'" if first else "Expected double-quoted property name")(position, text)


def _token(position: int, text: str) -> str:
    return f"Unexpected token '{text[position]}' in JSON at position {position}"


_SAYINGS: Final = (
    ("Expecting property name", _name),
    ("Illegal trailing comma before end of object", _at("Expected double-quoted property name")),
    ("Expecting ':'", _at("Expected ':' after property name")),
    ("Expecting ','", _at("Expected ',' or the end of a list or object")),
    ("Expecting value", _token),
    ("Invalid control character", _at("Bad control character in string literal")),
    ("Invalid \\escape", _at("Bad escaped character")),
    ("Invalid \\u", _at("Bad Unicode escape")),
    ("Unterminated string", _at("Unterminated string")),
    ("Extra data", _at("Unexpected non-whitespace character after JSON")),
)
