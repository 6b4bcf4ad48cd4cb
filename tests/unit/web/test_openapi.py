from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from tessera.identity.context import RequestContext
from tessera.web.application import Application
from tessera.web.fields import Items, Text
from tessera.web.openapi import PATH, document, missing_from, openapi_route
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, CONTENT, PUBLIC, SIGNED_IN, route
from tessera.web.shapes import Shape
from tests.unit.web.conftest import READ, ask


class Permission(Shape):
    action: Annotated[str, Text(required=True)]


class RoleDraft(Shape):
    name: Annotated[str, Text(min=1, required=True)]
    permissions: Annotated[list[Permission], Items()]


class Page(Shape):
    page: Annotated[str, Text()] = "1"


@route("POST", "/admin/roles", audience=ADMIN, action=READ, body=RoleDraft, status=201)
async def create(request: Request, ctx: RequestContext) -> Response:
    """Create a role."""
    return ok({})


@route("GET", "/admin/roles/{id}", audience=ADMIN, action=SIGNED_IN, tokens=False, query=Page)
async def show(request: Request, ctx: RequestContext) -> Response:
    """Show a role."""
    return ok({})


@route("GET", "/uploads/{path*}", audience=CONTENT, action=PUBLIC)
async def file(request: Request, ctx: RequestContext) -> Response:
    """Send a file."""
    return ok({})


@route("PUT", "/api/articles/{id}", audience=CONTENT, action="api::article.article.update", body={"type": "object"})
async def update(request: Request, ctx: RequestContext) -> Response:
    """Change an article."""
    return ok({})


ROUTES = (create, show, file, update)
DOCUMENT: dict[str, Any] = document(ROUTES, "Newsroom", "1")


def test_every_route_is_described() -> None:
    """
    The document has an operation for every route; the check finds one that it lacks.
    """
    less = document(ROUTES[1:], "Newsroom", "1")

    assert [] == missing_from(DOCUMENT, ROUTES)
    assert ["POST /admin/roles"] == missing_from(less, ROUTES)


def test_bodies_are_those_that_are_enforced() -> None:
    """
    The schema of a body comes from its shape, with shapes inside of it as components.
    """
    body = DOCUMENT["paths"]["/admin/roles"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    schemas = DOCUMENT["components"]["schemas"]

    assert {"$ref": "#/components/schemas/RoleDraft"} == body
    assert {"$ref": "#/components/schemas/Permission"} == schemas["RoleDraft"]["properties"]["permissions"]["items"]


def test_guards_are_told() -> None:
    """
    An operation says which credentials open it and which actions it asks for.
    """
    paths = DOCUMENT["paths"]

    assert [READ] == paths["/admin/roles"]["post"]["x-actions"]
    assert [{"session": []}, {"adminToken": []}] == paths["/admin/roles"]["post"]["security"]
    assert [{"session": []}] == paths["/admin/roles/{id}"]["get"]["security"]
    assert [] == paths["/uploads/{path}"]["get"]["security"]


def test_parameters_are_told() -> None:
    """
    The parameters of the path and of the query string are described.
    """
    parameters = DOCUMENT["paths"]["/admin/roles/{id}"]["get"]["parameters"]

    assert [("id", "path", True), ("page", "query", False)] == [
        (each["name"], each["in"], each["required"]) for each in parameters
    ]


def test_operations_have_names_for_clients() -> None:
    """
    Method and path make a name that no other operation has.
    """
    names = [each["operationId"] for methods in DOCUMENT["paths"].values() for each in methods.values()]

    assert ["postAdminRoles", "getAdminRolesById", "getUploadsByPath", "putApiArticlesById"] == names


def test_the_document_is_served_to_whoever_is_signed_in(serve: Callable[..., Application]) -> None:
    """
    The server describes all its routes, and the one that describes them.
    """
    application = serve((*ROUTES, openapi_route(ROUTES, "Newsroom", "1")))
    answer = ask(application, "GET", PATH, headers={"Authorization": "Bearer session:"})

    assert 401 == ask(application, "GET", PATH).status_code
    assert [] == missing_from(answer.json(), application.router.routes)
