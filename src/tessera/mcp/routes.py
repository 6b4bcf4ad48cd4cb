"""The addresses of the MCP server: the endpoint itself, and those where clients ask how to authenticate."""

from __future__ import annotations

from typing import Final

import orjson

from tessera.identity.context import Origin, RequestContext
from tessera.mcp.endpoint import MEDIA, METADATA, PATH, Endpoint
from tessera.web.request import Request
from tessera.web.response import Response
from tessera.web.routing import ADMIN, PUBLIC, SIGNED_IN, Handler, Route

# Clients that look for an authorization server understand only JSON (mcp_server.other_methods_and_discovery).
_NO_OAUTH: Final = Response(
    404, orjson.dumps({"error": "not_found", "error_description": "OAuth is not supported"}), MEDIA
)
_NO_REGISTRATION: Final = _NO_OAUTH.with_header("allow", "GET, HEAD")
_SERVER: Final = "oauth-authorization-server"
_PROBED: Final = (_SERVER, "openid-configuration")


def mcp_routes(endpoint: Endpoint) -> tuple[Route, ...]:
    """Return the routes of the MCP server."""
    post = Route(
        method="POST",
        path=PATH,
        audience=ADMIN,
        access=SIGNED_IN,
        handler=endpoint.post,
        refused=endpoint.refused,
        origin=Origin.MCP,
        summary="Answer messages of the Model Context Protocol.",
    )
    others = [_public(method, PATH, endpoint.wrong_method) for method in ("GET", "DELETE", "PUT", "PATCH")]
    metadata = _public("GET", METADATA, _describing(endpoint))
    probes = [_public("GET", f"/.well-known/{name}", _answering(_server_answer(endpoint, name))) for name in _PROBED]
    # Nor can clients register themselves.
    return (post, *others, metadata, *probes, _public("POST", "/register", _answering(_NO_REGISTRATION)))


def _public(method: str, path: str, handler: Handler) -> Route:
    return Route(method=method, path=path, audience=ADMIN, access=PUBLIC, handler=handler)


def _describing(endpoint: Endpoint) -> Handler:
    """Tell which resource tokens are for (RFC 9728)."""

    async def handler(request: Request, ctx: RequestContext) -> Response:
        address = endpoint.address(request, ctx.client)
        described: dict[str, object] = {
            "resource": f"{address}{PATH}",
            "resource_name": "Tessera",
            "bearer_methods_supported": ["header"],
        }
        if endpoint.project.settings.server.mcp.oauth.enabled:
            described["authorization_servers"] = [address]
        return Response(200, orjson.dumps(described), MEDIA)

    return handler


def _server_answer(endpoint: Endpoint, name: str) -> Response:
    """Return what the authorization server says of itself (RFC 8414), where there is one."""
    settings = endpoint.project.settings.server
    if name != _SERVER or not settings.mcp.oauth.enabled:
        return _NO_OAUTH
    described: dict[str, object] = {
        "issuer": settings.url,
        "authorization_endpoint": f"{settings.url}/oauth/authorize",
        "token_endpoint": f"{settings.url}/oauth/token",
        "revocation_endpoint": f"{settings.url}/oauth/revoke",
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "authorization_response_iss_parameter_supported": True,
    }
    if settings.mcp.oauth.registration:
        described["registration_endpoint"] = f"{settings.url}/oauth/register"
    return Response(200, orjson.dumps(described), MEDIA)


def _answering(answer: Response) -> Handler:
    async def handler(_: Request, __: RequestContext) -> Response:
        return answer

    return handler
