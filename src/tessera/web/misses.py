"""What answers a request that no route is for; the reference serves files from everywhere, which shapes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tessera.errors import NotFoundError
from tessera.web.answers import refusal
from tessera.web.panel import Panel
from tessera.web.response import Response, redirect, text
from tessera.web.router import Router
from tessera.web.routing import PUBLIC, Route

_FILES: Final = frozenset({"GET", "HEAD"})  # the reference looks for a file wherever there is no route
PANEL: Final = "admin"  # the first segment of the panel's addresses


def answer_miss(
    router: Router, method: str, path: Sequence[str], panel: Panel, headers: Mapping[bytes, bytes]
) -> Response:
    """Return the panel or a file of it, the methods that there are, or that there is nothing."""
    if method in _FILES:
        return _read(path, panel, headers)
    allowed = ", ".join(sorted(router.allowed(path) | _FILES))
    answer = text("") if method == "OPTIONS" else text("Method Not Allowed", 405)
    return answer.with_header("allow", allowed)


def navigates(route: Route, method: str, headers: Mapping[bytes, bytes]) -> bool:
    """Whether a browser opens one of the panel's own addresses: it wants a page and can send no credential."""
    if route.access is PUBLIC or method not in _FILES or b"authorization" in headers:
        return False
    return b"text/html" in headers.get(b"accept", b"")


def _read(path: Sequence[str], panel: Panel, headers: Mapping[bytes, bytes]) -> Response:
    if not path:
        return redirect(f"/{PANEL}")
    return panel.answer(path[1:], headers) if path[0].lower() == PANEL else refusal(NotFoundError())
