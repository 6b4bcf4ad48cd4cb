"""The refresh cookie: set, read and emptied together with its signature."""

from __future__ import annotations

from email.utils import formatdate
from typing import Final, Literal

from tessera.errors import UnauthorizedError
from tessera.features.sessions.service import Tokens
from tessera.identity.context import RequestContext
from tessera.identity.cookies import REFRESH, SIGNATURE, is_signed, sign_cookie
from tessera.identity.sessions import SessionType
from tessera.web.request import Request
from tessera.web.response import Cookie, Response, set_cookie

_SAME_SITE: Final[dict[str, Literal["lax", "strict", "none"]]] = {"lax": "lax", "strict": "strict", "none": "none"}
_SECOND: Final = 1000  # milliseconds


def refresh_token_of(request: Request, ctx: RequestContext) -> str | None:
    """
    Return the refresh token that the cookie holds.

    A signature that was not made here is refused. One that is missing is not, as some clients keep only the token,
    which is signed itself (admin_auth.access_tokens_and_refresh_cookies).
    """
    cookies = request.cookies
    value, signature = cookies.get(REFRESH), cookies.get(REFRESH + SIGNATURE)
    keys = ctx.project.settings.server.keys
    if value and signature is not None and not is_signed(REFRESH, value, signature, keys):
        raise UnauthorizedError("Invalid refresh token")
    return value


def with_refresh_cookie(response: Response, tokens: Tokens, ctx: RequestContext) -> Response:
    """Return the answer that gives the client its refresh token; remembered ones outlive the browser."""
    expires = None
    if tokens.session.type is SessionType.REFRESH:
        ends = min(tokens.session.expires_at, tokens.session.absolute_expires_at)
        expires = formatdate(ends / _SECOND, usegmt=True)
    return _with_pair(response, tokens.refresh, expires, ctx)


def without_refresh_cookie(response: Response, ctx: RequestContext) -> Response:
    """Return the answer that takes the refresh token away from the client."""
    return _with_pair(response, "", formatdate(0, usegmt=True), ctx)


def _with_pair(response: Response, value: str, expires: str | None, ctx: RequestContext) -> Response:
    keys = ctx.project.settings.server.keys
    answer = set_cookie(response, _cookie(REFRESH, value, expires, ctx))
    if not keys:
        return answer
    return set_cookie(answer, _cookie(REFRESH + SIGNATURE, sign_cookie(REFRESH, value, keys), expires, ctx))


def _cookie(name: str, value: str, expires: str | None, ctx: RequestContext) -> Cookie:
    said = ctx.project.settings.admin.cookie
    secure = ctx.client.secure and not ctx.project.develop if said.secure is None else said.secure
    return Cookie(
        name=name,
        value=value,
        path=said.path,
        domain=said.domain,
        expires=expires,
        secure=secure,
        same_site=_SAME_SITE[said.same_site],
    )
