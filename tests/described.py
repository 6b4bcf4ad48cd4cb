"""Holds answers against what the OpenAPI document says of them."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import jsonschema_rs
import orjson

from tessera.web.openapi import document
from tessera.web.reading import path_of
from tessera.web.router import Router
from tessera.web.routing import Route

JSON = "application/json"
_known: Final[dict[str, dict[str, Any]]] = {}  # what is described of routes, by what they declare


# Not in the document: other protocols say what they answer (JSON-RPC; RFC 6749, 7591, 8414 and 9728).
_OF_PROTOCOLS: Final = ("/mcp", "/register", "/oauth/", "/.well-known/", "/admin/oauth/")


def faults_of(router: Router, method: str, target: str, answer: httpx.Response) -> list[str]:
    """Return how an answer differs from the description of its route; of what has no route, nothing is described."""
    match = router.find(method, path_of(urlsplit(target).path.encode()))
    if match is None or method == "HEAD" or match.route.path.startswith(_OF_PROTOCOLS):
        return []
    return _faults(match.route, answer)


def _faults(route: Route, answer: httpx.Response) -> list[str]:
    status = answer.status_code
    described = _described(route)
    responses = described["responses"]
    if str(status) not in responses and status < 400:
        return [f"{status} is not described"]
    response = responses.get(str(status), responses["default"])
    if "$ref" in response:
        response = described["components"]["responses"]["Error"]
    content = response.get("content")
    if content is None:
        return ["there is a body, and none is described"] if answer.content else []
    if JSON not in content:
        return []
    if not answer.headers.get("content-type", "").startswith(JSON):
        return ["its type is not described"]
    schema = {**content[JSON]["schema"], "components": described["components"]}
    validator = described["validators"].setdefault(str(status), None) or jsonschema_rs.Draft202012Validator(schema)
    described["validators"][str(status)] = validator
    found = validator.iter_errors(orjson.loads(answer.content))
    return [f"{'/'.join(map(str, error.instance_path))}: {error.message}" for error in found]


def _described(route: Route) -> dict[str, Any]:
    key = f"{route.method} {route.path} {route.answer!r} {route.besides!r}"
    if key not in _known:
        whole = document([route], "Tessera", "1")
        operation = next(iter(next(iter(whole["paths"].values())).values()))
        _known[key] = {"responses": operation["responses"], "components": whole["components"], "validators": {}}
    return _known[key]
