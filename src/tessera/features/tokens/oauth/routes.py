"""The HTTP door of OAuth; its addresses exist only where the settings turn it on."""

from __future__ import annotations

from html import escape
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl, quote, urlsplit

import orjson

from tessera.errors import ABSENT, BadRequestError, NotFoundError
from tessera.features.tokens import actions
from tessera.features.tokens.oauth import service
from tessera.features.tokens.shapes import LIFESPANS
from tessera.identity.context import RequestContext
from tessera.identity.requested import Requests
from tessera.web.bodies import FORM
from tessera.web.fields import Number, Text
from tessera.web.request import Request
from tessera.web.response import Response, html, ok, redirect
from tessera.web.routing import ADMIN, PUBLIC, RateLimit, Route, route
from tessera.web.shapes import OpenShape, Shape

_PERMISSIONS: Final = "adminPermissions"
_MOST: Final = 30  # parameters
_MEDIA: Final = b"application/json"
_REGISTRATION: Final = RateLimit(attempts=10, seconds=3600)
_PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Access cannot be granted</title></head>
<body><main><h1>Access cannot be granted</h1><p>{reason}.</p>
<p>You were not sent back, because the address may not belong to the program that asks.</p></main></body></html>
"""


class Refusal(Shape):
    """A request for consent that is denied: the query string with which it came."""

    request: Annotated[str, Text(min=1, required=True)]


class Consent(OpenShape):
    """A request for consent that is allowed, with what the client is granted and for how long (milliseconds)."""

    request: Annotated[str, Text(min=1, required=True)]
    name: Annotated[str, Text(min=1, required=True)]
    lifespan: Annotated[int | None, Number(nullable=True, one_of=LIFESPANS)] = None


@route("GET", "/oauth/authorize", audience=ADMIN, action=PUBLIC)
async def authorize(request: Request, ctx: RequestContext) -> Response:
    """Send a person to the page of the panel that asks for consent, or the client back with what is wrong."""
    text = request.query_string.decode("latin-1")
    try:
        asked = await service.asked(ctx, _pairs(text))
    except BadRequestError as error:
        return _private(html(_PAGE.format(reason=escape(error.message)), 400))
    if asked.fault is not None:
        return _private(redirect(service.refused(ctx, asked, asked.fault.error, asked.fault.description)))
    return _private(redirect(f"{ctx.project.settings.admin.url}/oauth?{quote(text, safe='=&%+-._~')}"))


@route("POST", "/oauth/token", audience=ADMIN, action=PUBLIC)
async def issue(request: Request, ctx: RequestContext) -> Response:
    """Exchange a code or a refresh token."""
    found = await service.exchange(ctx, _form(request))
    if not isinstance(found, service.Issued):
        return _told({"error": found.error, "error_description": found.description}, 400)
    return _told(
        {
            "access_token": found.access,
            "token_type": "Bearer",
            "expires_in": found.seconds,
            "refresh_token": found.refresh,
        }
    )


@route("POST", "/oauth/revoke", audience=ADMIN, action=PUBLIC)
async def revoke(request: Request, ctx: RequestContext) -> Response:
    """End a grant (RFC 7009)."""
    form = dict(_form(request))
    if not form.get("token"):
        return _told({"error": "invalid_request", "error_description": "The token is missing"}, 400)
    await service.revoke(ctx, form["token"], form.get("client_id", ""))
    return _told({})


@route("POST", "/oauth/register", audience=ADMIN, action=PUBLIC, limit=_REGISTRATION, status=201)
async def register(request: Request, ctx: RequestContext) -> Response:
    """Make a client known (RFC 7591), where the settings let anybody do so."""
    if not ctx.project.settings.server.mcp.oauth.registration:
        raise NotFoundError
    body: Any = request.json()
    redirects = body.get("redirect_uris") if body is not ABSENT and isinstance(body, dict) else None
    if not isinstance(redirects, list) or not all(isinstance(each, str) for each in redirects):
        return _unregistered("redirect_uris is no list of addresses")
    name = body.get("client_name", "An unnamed program")
    try:
        client = await service.register(ctx, name if isinstance(name, str) else "", redirects)
    except BadRequestError as error:
        return _unregistered(error.message)
    if client is None:
        return _told({"error": "temporarily_unavailable", "error_description": "Too many clients"}, 503)
    known = {"client_id": client.id, "client_name": client.name, "redirect_uris": client.redirects}
    kinds = {"grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"]}
    return _told({**known, **kinds, "token_endpoint_auth_method": "none"}, 201)


@route("GET", "/admin/oauth/authorizations", audience=ADMIN, action=actions.ADMIN_CREATE, tokens=False)
async def describe(request: Request, ctx: RequestContext) -> Response:
    """Show who asks for consent: its name, and the address to which the answer goes."""
    asked = await _asked(ctx, request.query_string.decode("latin-1"))
    address = urlsplit(asked.redirect)
    shown = {"clientName": asked.client.name, "redirectTo": address.hostname or f"{address.scheme}:"}
    return ok({"data": shown})


@route("POST", "/admin/oauth/authorizations", audience=ADMIN, action=actions.ADMIN_CREATE, tokens=False, body=Consent)
async def allow(request: Request, ctx: RequestContext) -> Response:
    """Grant a client an admin token within the caller's ceiling; answer where the browser is to go."""
    consent = await request.read(Consent)
    body: Any = request.json()
    permissions = Requests(project=ctx.project, place=_PERMISSIONS).read(body.get(_PERMISSIONS, []))
    asked = await _asked(ctx, consent.request)
    allowed = service.Allowed(name=consent.name, lifespan=consent.lifespan, permissions=permissions)
    return _private(ok({"data": {"redirectTo": await service.allow(ctx, asked, allowed)}}))


@route(
    "POST", "/admin/oauth/authorizations/deny", audience=ADMIN, action=actions.ADMIN_CREATE, tokens=False, body=Refusal
)
async def deny(request: Request, ctx: RequestContext) -> Response:
    """Deny a client what it asks for; answer where the browser is to go."""
    asked = await _asked(ctx, (await request.read(Refusal)).request)
    return _private(
        ok({"data": {"redirectTo": service.refused(ctx, asked, "access_denied", "The request was denied")}})
    )


ROUTES: Final[tuple[Route, ...]] = (authorize, issue, revoke, register, describe, allow, deny)


async def _asked(ctx: RequestContext, text: str) -> service.Asked:
    asked = await service.asked(ctx, _pairs(text))
    if asked.fault is not None:
        raise BadRequestError(asked.fault.description)
    return asked


def _form(request: Request) -> service.Pairs:
    if request.media != FORM:
        raise BadRequestError("The body has to be a form")
    return _pairs(request.body.decode("latin-1"))


def _pairs(text: str) -> service.Pairs:
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST, errors="strict")
    except ValueError:
        raise BadRequestError("The parameters cannot be read") from None


def _unregistered(reason: str) -> Response:
    return _told({"error": "invalid_client_metadata", "error_description": reason}, 400)


def _told(content: dict[str, Any], status: int = 200) -> Response:
    return _private(Response(status, orjson.dumps(content), _MEDIA))


def _private(response: Response) -> Response:
    return response.with_header("cache-control", "no-store")
