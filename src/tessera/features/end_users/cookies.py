"""Answers that sign an end user in: with the refresh token in the body, or in a cookie for who asks for that."""

from __future__ import annotations

from typing import Any, Final

from tessera.features.end_users.issuing import Issued
from tessera.identity.context import RequestContext
from tessera.web.request import Request
from tessera.web.response import Cookie, Response, ok, set_cookie

REFRESH: Final = "strapi_up_refresh"
_ASKS: Final = "x-strapi-refresh-cookie"
_LONG_AGO: Final = "Thu, 01 Jan 1970 00:00:00 GMT"


def asks_for_cookie(request: Request) -> bool:
    """Tell whether a client wants its refresh token where no script of its page reads it."""
    return request.header(_ASKS) == "httpOnly"


def signed_in_answer(request: Request, ctx: RequestContext, issued: Issued, more: dict[str, Any]) -> Response:
    """Return the answer that gives a client its tokens."""
    if issued.refresh is None:
        return ok({"jwt": issued.access, **more})
    if asks_for_cookie(request):
        return set_cookie(ok({"jwt": issued.access, **more}), _cookie(ctx, issued.refresh))
    return ok({"jwt": issued.access, "refreshToken": issued.refresh, **more})


def without_cookie(response: Response, ctx: RequestContext) -> Response:
    """Return the answer that takes the refresh token away from a client."""
    return set_cookie(response, _cookie(ctx, "", _LONG_AGO))


def _cookie(ctx: RequestContext, value: str, expires: str | None = None) -> Cookie:
    secure = ctx.client.secure and not ctx.project.develop
    return Cookie(name=REFRESH, value=value, path="/", expires=expires, secure=secure, same_site="lax")
