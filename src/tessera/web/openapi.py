"""The OpenAPI 3.1 document, made from the routes and shapes that are enforced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import orjson

from tessera.identity.context import RequestContext
from tessera.web.bodies import FORM, MULTIPART
from tessera.web.openapi_schemas import ANSWER, BODY, Schemas
from tessera.web.request import Request
from tessera.web.response import Response, raw
from tessera.web.routing import ADMIN, FILE, PUBLIC, SIGNED_IN, Audience, Route, Shape, route, segments

PATH: Final = "/admin/openapi.json"
_BODILESS: Final = frozenset({204, 302, 304})
_WRONG: Final = 400  # from here on an answer says what is wrong
_ERROR: Final[Mapping[str, Any]] = {
    "type": "object",
    "required": ["data", "error"],
    "properties": {
        "data": {"type": "null"},
        "error": {
            "type": "object",
            "required": ["status", "name", "message"],
            "properties": {
                "status": {"type": "integer"},
                "name": {"type": "string"},
                "message": {"type": "string"},
                "details": {"type": "object"},
            },
        },
    },
}
_REFUSED: Final = {"$ref": "#/components/responses/Error"}
_SCHEMES: Final[Mapping[str, Any]] = {
    "session": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "A signed-in administrator"},
    "adminToken": {"type": "http", "scheme": "bearer", "description": "An admin token"},
    "contentToken": {"type": "http", "scheme": "bearer", "description": "An API token, or a signed-in end user"},
}


def document(routes: Iterable[Route], title: str, version: str) -> dict[str, Any]:
    """Return the description of all routes."""
    described = tuple(routes)
    schemas = Schemas(described)
    paths: dict[str, dict[str, Any]] = {}
    for each in described:
        paths.setdefault(_template(each.path), {})[each.method.lower()] = _operation(each, schemas)
    error = {"description": "What is wrong", "content": {"application/json": {"schema": _ERROR}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {
            "schemas": schemas.definitions,
            "responses": {"Error": error},
            "securitySchemes": _SCHEMES,
        },
    }


def missing_from(described: Mapping[str, Any], routes: Iterable[Route]) -> list[str]:
    """Return the routes that a document does not describe."""
    paths = described["paths"]
    return [
        f"{each.method} {each.path}"
        for each in routes
        if each.method.lower() not in paths.get(_template(each.path), {})
    ]


def openapi_route(routes: Sequence[Route], title: str, version: str) -> Route:
    """Return the route that shows the document of all these routes and itself to whoever is signed in."""
    shown: list[bytes] = []

    @route("GET", PATH, audience=ADMIN, action=SIGNED_IN, answer={"type": "object"})
    async def show_document(_request: Request, _ctx: RequestContext) -> Response:
        """Describe every route."""
        if not shown:
            shown.append(orjson.dumps(document((*routes, itself), title, version)))
        return raw(shown[0])

    itself = show_document
    return itself


def _template(path: str) -> str:
    return path.replace("*}", "}")


def _operation(each: Route, schemas: Schemas) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _operation_id(each),
        "summary": each.summary,
        "tags": [_tag(each)],
        "security": _security(each),
        "parameters": [*_path_parameters(each), *_query_parameters(each, schemas)],
        "responses": dict(_answers(each, schemas)),
    }
    if each.body is not None or each.files:
        operation["requestBody"] = _body(each, schemas)
    if each.actions:
        operation["x-actions"] = list(each.actions)
    return operation


def _operation_id(each: Route) -> str:
    """Return a name for clients: `getAdminUsersById`."""
    words = [f"by-{piece.strip('{*}')}" if piece.startswith("{") else piece for piece in segments(each.path)]
    parts = [part for word in words for part in re.split(r"[^A-Za-z0-9]+", word) if part]
    return each.method.lower() + "".join(part[0].upper() + part[1:] for part in parts)


def _tag(each: Route) -> str:
    fixed = [piece for piece in segments(each.path) if not piece.startswith("{")]
    return fixed[1] if len(fixed) > 1 and fixed[0] in ("admin", "api") else (fixed or ["server"])[0]


def _security(each: Route) -> list[dict[str, list[str]]]:
    if each.access is PUBLIC:
        return []
    if each.audience is Audience.CONTENT:
        return [{"contentToken": []}, {}]  # the public role may hold the action
    return [{"session": []}, {"adminToken": []}] if each.tokens else [{"session": []}]


def _path_parameters(each: Route) -> Iterator[dict[str, Any]]:
    for name in each.parameters:
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _query_parameters(each: Route, schemas: Schemas) -> Iterator[dict[str, Any]]:
    if each.query is None:
        return
    shape = schemas.properties(each.query)
    for name, schema in shape.get("properties", {}).items():
        parameter = {"name": name, "in": "query", "required": name in shape.get("required", ()), "schema": schema}
        nested = schema.get("type") in ("object", "array") or "$ref" in schema or "anyOf" in schema
        yield {**parameter, "style": "deepObject", "explode": True} if nested else parameter


def _body(each: Route, schemas: Schemas) -> dict[str, Any]:
    content: dict[str, Any] = {}
    if each.body is not None:
        schema = schemas.of(each.body, BODY)
        content = {"application/json": {"schema": schema}, FORM: {"schema": schema}}
    if each.files:
        content[MULTIPART] = {"schema": {"type": "object"}}
    return {"required": True, "content": content}


def _answers(each: Route, schemas: Schemas) -> Iterator[tuple[str, dict[str, Any]]]:
    for status, answer in {each.status: each.answer, **each.besides}.items():
        yield str(status), _answer(each, status, answer, schemas)
    yield "default", _REFUSED


def _answer(each: Route, status: int, answer: Shape, schemas: Schemas) -> dict[str, Any]:
    if status >= _WRONG and answer is None:
        return _REFUSED
    described: dict[str, Any] = {"description": each.summary or "The answer"}
    if answer is FILE:
        described["content"] = {"*/*": {"schema": FILE}}
    elif status not in _BODILESS:
        schema = {} if answer is None else schemas.of(answer, ANSWER)
        described["content"] = {"application/json": {"schema": schema}}
    return described
