"""The headers that answers have besides their own: protection of browsers, and what caches may keep."""

from __future__ import annotations

from typing import Final

from tessera.web.response import HTML_MEDIA, Header, Response
from tessera.web.routing import Audience

_EVERYWHERE: Final[tuple[Header, ...]] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"SAMEORIGIN"),
)
_DATA_POLICY: Final[Header] = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
_PAGE_POLICY: Final[Header] = (
    b"content-security-policy",
    (
        b"default-src 'self'; base-uri 'self'; connect-src 'self'; font-src 'self' data:; form-action 'self';"
        b" frame-ancestors 'self'; img-src 'self' data: blob:; media-src 'self' data: blob:; object-src 'none';"
        b" script-src 'self'; style-src 'self' 'unsafe-inline'"
    ),
)
_SECURE: Final[Header] = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
# Nobody but the one who asked may see an answer again, and what a token may see another may not (F67).
_ADMIN: Final[tuple[Header, ...]] = ((b"cache-control", b"no-store"), (b"vary", b"Authorization"))
_CONTENT: Final[tuple[Header, ...]] = ((b"cache-control", b"private, no-cache"), (b"vary", b"Authorization"))
_BODILESS: Final = frozenset({204, 304})

_DATA: Final = (*_EVERYWHERE, _DATA_POLICY)
_PAGE: Final = (*_EVERYWHERE, _PAGE_POLICY)


def headers_of(response: Response, audience: Audience | None, *, secure: bool = False) -> list[Header]:
    """Return all headers of an answer; those that it brings itself are kept as they are."""
    usual = _PAGE if response.media == HTML_MEDIA else _DATA
    own = {name for name, _ in response.headers}
    headers = [header for header in usual if header[0] not in own] if own else list(usual)
    if response.status not in _BODILESS:
        headers.append((b"content-type", response.media))
        headers.append((b"content-length", b"%d" % response.size))
    if audience is not None:
        caching = _ADMIN if audience is Audience.ADMIN else _CONTENT
        headers += caching if not own else [header for header in caching if header[0] not in own]
    if secure:
        headers.append(_SECURE)
    headers += response.headers
    return headers
