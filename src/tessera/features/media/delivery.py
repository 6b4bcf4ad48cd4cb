"""The HTTP door to the files themselves: everybody may read what is uploaded."""

from __future__ import annotations

from typing import Final

from tessera.errors import NotFoundError
from tessera.features.media.keeping import storage_of
from tessera.features.media.ranges import range_of
from tessera.identity.context import RequestContext
from tessera.storage.local import StoredFile
from tessera.storage.media_types import SVG, is_shown, media_type_of
from tessera.web.request import Request
from tessera.web.response import FilePart, Response
from tessera.web.routing import CONTENT, FILE, PUBLIC, Route, route

# A file may be a page of its own in disguise: nothing in it runs or fetches, and a drawing is nobody's origin.
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; frame-ancestors 'self'"
)
_CONTAINED_POLICY: Final = f"{_POLICY}; sandbox"


@route(
    "GET", "/uploads/{path*}", audience=CONTENT, action=PUBLIC, answer=FILE, besides={206: FILE, 304: None, 416: FILE}
)
async def read_file(request: Request, ctx: RequestContext) -> Response:
    """Read a file, or a part of it."""
    found = storage_of(ctx.project).find(request.params["path"])
    if found is None:
        raise NotFoundError
    tag = f'W/"{found.size:x}-{found.modified:x}"'
    if tag in (request.header("if-none-match") or ""):
        return _described(Response(304), found, tag)
    return _described(_content(request, found), found, tag)


ROUTES: Final[tuple[Route, ...]] = (read_file,)


def _content(request: Request, found: StoredFile) -> Response:
    media = media_type_of(found.path.name).encode()
    asked = request.header("range") if request.header("if-range") is None else None  # no tag here is a strong one
    try:
        part = range_of(asked, found.size)
    except LookupError:
        return Response(416, b"", media).with_header("content-range", f"bytes */{found.size}")
    start, size = (part.start, part.size) if part else (0, found.size)
    content = FilePart(file=found.path.open("rb"), start=start, size=size)
    answer = Response(206 if part else 200, b"", media, part=content)
    return answer.with_header("content-range", part.told(found.size)) if part else answer


def _described(answer: Response, found: StoredFile, tag: str) -> Response:
    media = media_type_of(found.path.name)
    shown = is_shown(media)
    headers = {
        "etag": tag,
        "accept-ranges": "bytes",
        "cache-control": "public, max-age=0, must-revalidate",
        "content-security-policy": _POLICY if shown and media != SVG else _CONTAINED_POLICY,
        **({} if shown else {"content-disposition": "attachment"}),
    }
    for name, value in headers.items():
        answer = answer.with_header(name, value)
    return answer
