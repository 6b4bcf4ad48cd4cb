"""The content type that a route is about."""

from __future__ import annotations

from typing import Any

from tessera.errors import ABSENT, PolicyError
from tessera.identity.context import RequestContext
from tessera.schema.model import ContentType
from tessera.web.request import Request


def type_in(request: Request, ctx: RequestContext) -> ContentType:
    """Return the content type that the path names."""
    found = ctx.project.schema.content_types.get(request.params["uid"])
    if found is None:
        raise PolicyError
    return found


def body_in(request: Request) -> Any:  # noqa: ANN401 - any JSON value
    """Return the body; a missing one is empty."""
    body = request.json()
    return {} if body is ABSENT or body is None else body
