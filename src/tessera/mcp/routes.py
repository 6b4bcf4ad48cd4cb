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
_PROBED: Final = ("oauth-authorization-server", "openid-configuration")


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
    probes = [_public("GET", f"/.well-known/{name}", _answering(_NO_OAUTH)) for name in _PROBED]
    # Nor can clients register themselves.
    return (post, *others, metadata, *probes, _public("POST", "/register", _answering(_NO_REGISTRATION)))


def _public(method: str, path: str, handler: Handler) -> Route:
    return Route(method=method, path=path, audience=ADMIN, access=PUBLIC, handler=handler)


def _describing(endpoint: Endpoint) -> Handler:
    """Tell which resource tokens are for (RFC 9728)."""

    async def handler(request: Request, ctx: RequestContext) -> Response:
        address = endpoint.address(request, ctx.client)
        described = {
            "resource": f"{address}{PATH}",
            "resource_name": "Tessera",
            "bearer_methods_supported": ["header"],
        }
        return Response(200, orjson.dumps(described), MEDIA)

    return handler


def _answering(answer: Response) -> Handler:
    async def handler(_: Request, __: RequestContext) -> Response:
        return answer

    return handler
