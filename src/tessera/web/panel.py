"""The admin panel as it was built: one page for all its addresses, and files whose names change with their content."""

from __future__ import annotations

import gzip
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from tessera.errors import NotFoundError
from tessera.web.answers import refusal
from tessera.web.response import Response, html

FOLDER: Final = Path(__file__).parent.parent / "panel_dist"  # where `make panel` puts it
_PAGE: Final = "index.html"
_ASSETS: Final = "assets"  # the folder of the files that never change under their name
_COMPRESSED: Final = ".gz"
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_MISSING: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Tessera</title></head>
<body><h1>The admin panel is not built</h1>
<p>Run <code>make panel</code> in the checkout and start the server again, or install a released package, which
brings the panel along. The Admin API at <code>/admin</code> works without it.</p></body></html>
"""


@dataclass(frozen=True, slots=True)
class Panel:
    """The page and the compressed files of the panel."""

    page: bytes = _MISSING.encode()
    files: Mapping[str, bytes] = field(default_factory=dict)  # by the path below /admin

    def answer(self, path: Sequence[str], headers: Mapping[bytes, bytes]) -> Response:
        """Return what stands at a path below /admin: a file, or the page, which finds its way by itself."""
        name = "/".join(path)
        found = self.files.get(name)
        if found is not None:
            return _file(name, found, accepts_gzip=b"gzip" in headers.get(b"accept-encoding", b""))
        return refusal(NotFoundError()) if path[:1] == [_ASSETS] else self.show()

    def show(self) -> Response:
        """Return the page; it is asked for anew each time, since it names the newest files."""
        return html(self.page).with_header("cache-control", "no-cache")


def read_panel(folder: Path) -> Panel:
    """Return the panel that was built into a folder, or the page that says how to build it."""
    page = folder / _PAGE
    if not page.is_file():
        return Panel()
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob(f"*{_COMPRESSED}")}
    return Panel(page.read_bytes(), {name.removesuffix(_COMPRESSED): content for name, content in files.items()})


@cache
def installed_panel() -> Panel:
    """Return the panel that came with this installation."""
    return read_panel(FOLDER)


def _file(name: str, content: bytes, *, accepts_gzip: bool) -> Response:
    media = mimetypes.guess_type(name)[0] or "application/octet-stream"
    caching = _FOR_EVER if name.startswith(f"{_ASSETS}/") else "no-cache"
    body = content if accepts_gzip else gzip.decompress(content)
    answer = Response(200, body, media.encode()).with_header("cache-control", caching)
    answer = answer.with_header("vary", "Accept-Encoding")
    return answer.with_header("content-encoding", "gzip") if accepts_gzip else answer
