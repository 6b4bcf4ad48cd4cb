"""Answers as values: status, headers and a body that is already bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import BinaryIO, Final, Literal

import orjson

from tessera.schema.model import JSON

JSON_MEDIA: Final = b"application/json; charset=utf-8"
HTML_MEDIA: Final = b"text/html; charset=utf-8"
TEXT_MEDIA: Final = b"text/plain; charset=utf-8"

Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """A part of an open file, which goes out piece by piece and is closed then."""

    file: BinaryIO
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back to the client; the application adds the headers that every answer has."""

    status: int = 200
    body: bytes = b""
    media: bytes = JSON_MEDIA
    headers: tuple[Header, ...] = ()
    part: FilePart | None = None  # in place of the body

    @property
    def size(self) -> int:
        """Return how many bytes the body has."""
        return len(self.body) if self.part is None else self.part.size

    def with_header(self, name: str, value: str) -> Response:
        """Return the same answer with one more header; control characters are refused."""
        return replace(self, headers=(*self.headers, (name.lower().encode("ascii"), _visible(value))))


def ok(content: JSON) -> Response:
    """Return 200 with a value as JSON."""
    return Response(200, orjson.dumps(content))


def created(content: JSON) -> Response:
    """Return 201 with a value as JSON."""
    return Response(201, orjson.dumps(content))


def no_content() -> Response:
    """Return 204 without a body."""
    return Response(204)


def raw(text: str | bytes, status: int = 200) -> Response:
    """Return JSON that the database has already written."""
    return Response(status, text if isinstance(text, bytes) else text.encode())


def html(page: str | bytes, status: int = 200) -> Response:
    """Return a page."""
    return Response(status, page if isinstance(page, bytes) else page.encode(), HTML_MEDIA)


def text(words: str, status: int = 200) -> Response:
    """Return plain text."""
    return Response(status, words.encode(), TEXT_MEDIA)


def redirect(location: str, status: int = 302) -> Response:
    """Send the client elsewhere."""
    return Response(status, b"", TEXT_MEDIA).with_header("location", location)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """A cookie to set; one that is `emptied` ends at once."""

    name: str
    value: str = ""
    path: str = "/"
    domain: str | None = None
    max_age: int | None = None  # seconds; none lives as long as the browser
    expires: str | None = None  # an HTTP date, for clients that do not know Max-Age
    http_only: bool = True
    secure: bool = True
    same_site: Literal["lax", "strict", "none"] | None = "lax"

    def line(self) -> str:
        """Return the value of the Set-Cookie header."""
        parts = [f"{self.name}={self.value}", f"path={self.path}"]
        if self.domain:
            parts.append(f"domain={self.domain}")
        if self.max_age is not None:
            parts.append(f"max-age={self.max_age}")
        if self.expires:
            parts.append(f"expires={self.expires}")
        if self.same_site:
            parts.append(f"samesite={self.same_site}")
        parts += [word for word, wanted in (("secure", self.secure), ("httponly", self.http_only)) if wanted]
        return "; ".join(parts)


def set_cookie(response: Response, cookie: Cookie) -> Response:
    """Return the same answer that also sets a cookie."""
    return response.with_header("set-cookie", cookie.line())


def _visible(value: str) -> bytes:
    if not value.isprintable():
        msg = "A header holds a control character"
        raise ValueError(msg)
    return value.encode("latin-1", "backslashreplace")
