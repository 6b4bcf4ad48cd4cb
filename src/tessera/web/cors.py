"""Which pages of other sites may read answers in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tessera.settings import Cors
from tessera.web.response import Header, Response

_ANY: Final = "*"


def preflight(cors: Cors, method: str, headers: Mapping[bytes, bytes]) -> Response | None:
    """Return the answer to a browser that asks before it sends, or None when this is no such question."""
    if method != "OPTIONS" or b"origin" not in headers or b"access-control-request-method" not in headers:
        return None
    if not cors.enabled:
        return None
    return (
        Response(204)
        .with_header("access-control-allow-methods", ",".join(cors.methods))
        .with_header("access-control-allow-headers", ",".join(cors.headers))
        .with_header("access-control-max-age", str(cors.max_age))
    )


def allowing(cors: Cors, headers: Mapping[bytes, bytes]) -> tuple[Header, ...]:
    """
    Return the headers that let the asking page read the answer.

    Unlike the reference, only an origin that is named gets to use the visitor's cookies: "*" lets all others read what
    needs none.
    """
    origin = headers.get(b"origin")
    if origin is None or not cors.enabled:
        return ()
    exposed = ((b"access-control-expose-headers", ",".join(cors.expose).encode()),) if cors.expose else ()
    if origin.decode("latin-1") in cors.origins:
        named = ((b"access-control-allow-origin", origin), (b"vary", b"Origin"), *exposed)
        return (*named, (b"access-control-allow-credentials", b"true")) if cors.credentials else named
    return ((b"access-control-allow-origin", b"*"), *exposed) if _ANY in cors.origins else ((b"vary", b"Origin"),)
