"""The HTTP door of the project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tessera.errors import ABSENT, NotFoundError, ValidationError, Violation
from tessera.features.project import actions, service
from tessera.features.project.answers import (
    AgentsServed,
    ArrangedWidgets,
    Beginning,
    Edition,
    Information,
    KeyStatistics,
    LogosShown,
    Plugins,
    Tour,
)
from tessera.features.project.logos import LOGOS, Picture, file_name
from tessera.features.project.shapes import HomepageLayout, LogoFields, LogoFiles, LogoSizes
from tessera.identity.context import RequestContext
from tessera.schema.model import JSON
from tessera.storage.images import Image, image_of
from tessera.web.bodies import MULTIPART, Upload
from tessera.web.envelopes import Data
from tessera.web.request import Request
from tessera.web.response import Response, no_content, ok
from tessera.web.routing import ADMIN, PUBLIC, SIGNED_IN, route
from tessera.web.shapes import check

_FORM: Final[Mapping[str, JSON]] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {name: {"type": ["string", "null"], "format": "binary"} for name in LOGOS},
}


@route("GET", "/_health", audience=ADMIN, action=PUBLIC, status=204)
async def health(_: Request, __: RequestContext) -> Response:
    """Say that the server answers."""
    return no_content()


@route("GET", "/admin/init", audience=ADMIN, action=PUBLIC, answer=Data[Beginning])
async def init(_: Request, ctx: RequestContext) -> Response:
    """Show what the panel needs before anybody signs in."""
    return ok({"data": await service.init(ctx)})


@route("GET", "/admin/project-type", audience=ADMIN, action=PUBLIC, answer=Data[Edition])
async def project_type(_: Request, __: RequestContext) -> Response:
    """Show which edition this is."""
    flags = {"nps": False, "promoteEE": False}
    return ok({"data": {"isEE": False, "features": [], "flags": flags, "ai": {"enabled": False}}})


@route("GET", "/admin/information", audience=ADMIN, action=SIGNED_IN, answer=Data[Information])
async def information(_: Request, ctx: RequestContext) -> Response:
    """Show what the server is."""
    return ok({"data": service.information(ctx)})


@route("GET", "/admin/mcp", audience=ADMIN, action=SIGNED_IN, answer=Data[AgentsServed])
async def agents(_: Request, ctx: RequestContext) -> Response:
    """Show whether agents are served, and where."""
    return ok({"data": {"enabled": ctx.project.serves_agents, "path": service.AGENTS}})


@route("GET", "/admin/telemetry-properties", audience=ADMIN, action=SIGNED_IN, status=204)
async def telemetry(_: Request, __: RequestContext) -> Response:
    """Say that nothing is reported to anybody."""
    return no_content()


@route("GET", "/admin/ai-feature-config", audience=ADMIN, action=SIGNED_IN, status=404)
async def ai_features(_: Request, __: RequestContext) -> Response:
    """Say that there are none; the panel asks each time it opens an entry."""
    raise NotFoundError


@route("GET", "/admin/plugins", audience=ADMIN, action=actions.READ_PLUGINS, answer=Plugins)
async def list_plugins(_: Request, __: RequestContext) -> Response:
    """List the parts beyond the core."""
    accounts = {
        "name": "users-permissions",
        "displayName": "End users",
        "description": "Accounts for the people who use a site, and what each of their roles may do.",
        "packageName": "tessera",
    }
    return ok({"plugins": [accounts]})


@route("GET", "/admin/guided-tour-meta", audience=ADMIN, action=SIGNED_IN, answer=Data[Tour])
async def guided_tour(_: Request, ctx: RequestContext) -> Response:
    """Show whether the caller is to be shown around."""
    return ok({"data": await service.guided_tour(ctx)})


@route("GET", "/admin/homepage/key-statistics", audience=ADMIN, action=SIGNED_IN, answer=Data[KeyStatistics])
async def key_statistics(_: Request, ctx: RequestContext) -> Response:
    """Show how much there is of everything."""
    return ok({"data": await service.key_statistics(ctx)})


@route(
    "GET", "/admin/homepage/layout", audience=ADMIN, action=SIGNED_IN, tokens=False, answer=Data[ArrangedWidgets | None]
)
async def read_layout(_: Request, ctx: RequestContext) -> Response:
    """Show how one has arranged one's first page."""
    return ok({"data": await service.read_layout(ctx)})


@route(
    "PUT",
    "/admin/homepage/layout",
    audience=ADMIN,
    action=SIGNED_IN,
    tokens=False,
    body=HomepageLayout,
    answer=Data[ArrangedWidgets],
)
async def change_layout(request: Request, ctx: RequestContext) -> Response:
    """Arrange one's first page."""
    asked = await request.read(HomepageLayout)
    return ok(
        {
            "data": await service.change_layout(
                ctx, {"version": 1, **asked.model_dump(by_alias=True, exclude_unset=True)}
            )
        }
    )


@route("GET", "/admin/project-settings", audience=ADMIN, action=actions.READ, answer=LogosShown)
async def read_logos(_: Request, ctx: RequestContext) -> Response:
    """Show the logos of the panel."""
    return ok(await service.read_logos(ctx))


@route(
    "POST", "/admin/project-settings", audience=ADMIN, action=actions.UPDATE, body=_FORM, files=True, answer=LogosShown
)
async def change_logos(request: Request, ctx: RequestContext) -> Response:
    """Upload logos of the panel, or take them away."""
    fields = (await request.read(LogoFields)).model_dump(by_alias=True, exclude_unset=True)
    files = _files(request)
    check(LogoFiles, {name: _claims(found) for name, found in files.items()} if request.media == MULTIPART else ABSENT)
    pictures = {name: _picture(name, found[0]) for name, found in files.items()}
    check(LogoSizes, {name: _size(picture.image) for name, picture in pictures.items()})
    return ok(await service.change_logos(ctx, {**dict.fromkeys(fields), **pictures}))


def _files(request: Request) -> dict[str, list[Upload]]:
    files: dict[str, list[Upload]] = {}
    for name, upload in request.files:
        files.setdefault(name, []).append(upload)
    return files


def _claims(uploads: list[Upload]) -> Any:  # noqa: ANN401 - a JSON value to be checked
    claimed = [{"mimetype": upload.media, "size": upload.size} for upload in uploads]
    return claimed[0] if len(claimed) == 1 else claimed


def _picture(field: str, upload: Upload) -> Picture:
    """Return a file as the image it is; the bytes decide, not the claim."""
    name = file_name(upload.name)
    content = upload.content.read()
    image = image_of(content)
    if image is None or image.media != upload.media:
        raise ValidationError.of(
            [Violation((field, "mimetype"), "The file is not the kind of image that it says it is")]
        )
    return Picture(name=name, image=image, content=content)


def _size(image: Image) -> dict[str, int | None]:
    return {"width": image.width, "height": image.height}
