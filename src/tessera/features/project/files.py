"""The HTTP door to the project's files: everybody may read what is uploaded."""

from __future__ import annotations

from typing import Final

from tessera.errors import NotFoundError
from tessera.features.project import service
from tessera.identity.context import RequestContext
from tessera.storage.local import StoredFile
from tessera.storage.media_types import SVG, UNKNOWN, media_type_of
from tessera.web.request import Request
from tessera.web.response import Response
from tessera.web.routing import CONTENT, PUBLIC, route

# A file may be a page of its own in disguise: nothing in it runs or fetches, and a drawing is nobody's origin.
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; frame-ancestors 'self'"
)
_DRAWING_POLICY: Final = f"{_POLICY}; sandbox"


@route("GET", "/uploads/{path*}", audience=CONTENT, action=PUBLIC)
async def read_file(request: Request, ctx: RequestContext) -> Response:
    """Read a file."""
    found = service.uploads(ctx).find(request.params["path"])
    if found is None:
        raise NotFoundError
    tag = f'W/"{found.size:x}-{found.modified:x}"'
    if tag in (request.header("if-none-match") or ""):
        return _described(Response(304), found, tag)
    media = media_type_of(found.path.name)
    return _described(Response(200, found.path.read_bytes(), media.encode()), found, tag)


def _described(answer: Response, found: StoredFile, tag: str) -> Response:
    media = media_type_of(found.path.name)
    headers = {
        "etag": tag,
        "cache-control": "public, max-age=0, must-revalidate",
        "content-security-policy": _DRAWING_POLICY if media == SVG else _POLICY,
        **({"content-disposition": "attachment"} if media == UNKNOWN else {}),
    }
    for name, value in headers.items():
        answer = answer.with_header(name, value)
    return answer
