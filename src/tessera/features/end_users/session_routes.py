"""The HTTP door to the sign-in sessions of end users."""

from __future__ import annotations

from typing import Any, Final

from tessera.features.end_users import actions, sessions
from tessera.features.end_users.answers import EndUserSession, EndUserSignOut, IssuedTokens, RefreshBody
from tessera.features.end_users.cookies import REFRESH, asks_for_cookie, signed_in_answer, without_cookie
from tessera.identity.context import RequestContext
from tessera.web.envelopes import Data, Done, Empty
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import CONTENT, Route, route


@route("POST", "/api/auth/refresh", audience=CONTENT, action=actions.REFRESH, body=RefreshBody, answer=IssuedTokens)
async def refresh(request: Request, ctx: RequestContext) -> Response:
    """Exchange a refresh token, once, for new tokens; the cookie counts before the body."""
    issued = await sessions.renew(ctx, request.cookies.get(REFRESH) or _body(request).get("refreshToken"))
    return signed_in_answer(request, ctx, issued, {})


@route("POST", "/api/auth/logout", audience=CONTENT, action=actions.SIGN_OUT, body=EndUserSignOut, answer=Done)
async def sign_out(request: Request, ctx: RequestContext) -> Response:
    """Sign out: here, on a device, or with `scope=all` everywhere."""
    body = _body(request)
    device, token = (_text(body.get(key)) for key in ("deviceId", "refreshToken"))
    await sessions.sign_out(
        ctx,
        everywhere=body.get("scope") == "all",
        device_id=device,
        refresh=request.cookies.get(REFRESH) or token,
    )
    answer = ok({"ok": True})
    return without_cookie(answer, ctx) if asks_for_cookie(request) else answer


@route("GET", "/api/auth/sessions", audience=CONTENT, action=actions.LIST_SESSIONS, answer=Data[list[EndUserSession]])
async def list_sessions(_: Request, ctx: RequestContext) -> Response:
    """List one's own sign-in sessions."""
    return ok({"data": await sessions.list_sessions(ctx)})


@route("DELETE", "/api/auth/sessions/{id}", audience=CONTENT, action=actions.END_SESSION, answer=Data[Empty])
async def end_session(request: Request, ctx: RequestContext) -> Response:
    """End one of one's own sign-in sessions."""
    await sessions.end_session(ctx, request.params["id"])
    return ok({"data": {}})


ROUTES: Final[tuple[Route, ...]] = (refresh, sign_out, list_sessions, end_session)


def _body(request: Request) -> dict[str, Any]:
    body = request.json()
    return body if isinstance(body, dict) else {}


def _text(value: Any) -> str | None:  # noqa: ANN401 - any JSON
    return value if isinstance(value, str) and value else None
