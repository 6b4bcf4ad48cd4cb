from __future__ import annotations

import pytest

from tessera.errors import ConfigurationError
from tessera.identity.context import RequestContext
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.router import Router
from tessera.web.routing import ADMIN, PUBLIC, Route, route


def _route(method: str, path: str) -> Route:
    @route(method, path, audience=ADMIN, action=PUBLIC)
    async def answer(request: Request, ctx: RequestContext) -> Response:
        """Answer with the path."""
        return ok(path)

    return answer


ROUTER = Router(
    [
        _route("GET", "/admin/users"),
        _route("POST", "/admin/users"),
        _route("GET", "/admin/users/{id}"),
        _route("GET", "/admin/users/me"),
        _route("PUT", "/admin/users/{id}"),
        _route("DELETE", "/admin/users/me/sessions/{sessionId}"),
        _route("POST", "/content-manager/collection-types/{model}/actions/publish"),
        _route("POST", "/content-manager/collection-types/{model}/{id}/actions/publish"),
        _route("GET", "/uploads/{path*}"),
        _route("GET", "/"),
    ],
    aliases={"/admin/content-manager": "/content-manager"},
)


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "admin/users", "/admin/users"),
        ("HEAD", "admin/users", "/admin/users"),
        ("GET", "Admin/USERS", "/admin/users"),
        ("GET", "admin/users/7", "/admin/users/{id}"),
        ("GET", "admin/users/me", "/admin/users/me"),
        ("PUT", "admin/users/me", "/admin/users/{id}"),
        ("GET", "admin/users/", None),
        ("PATCH", "admin/users", None),
        ("GET", "admin", None),
        ("GET", "admin/users/7/8", None),
        ("GET", "uploads/a/b.png", "/uploads/{path*}"),
        (
            "POST",
            "admin/content-manager/collection-types/x/actions/publish",
            "/admin/content-manager/collection-types/{model}/actions/publish",
        ),
    ],
)
def test_a_path_leads_to_the_most_exact_route(method: str, path: str, expected: str | None) -> None:
    """
    Fixed segments come before parameters, the case of fixed segments is ignored, and HEAD is GET.
    """
    found = ROUTER.find(method, path.split("/"))

    assert expected == (found.route.path if found else None)


def test_parameters_keep_their_case_and_slashes() -> None:
    """
    What a parameter stands for is given as it was sent, once decoded.
    """
    found = ROUTER.find("GET", ["uploads", "A", "b/c.PNG"])

    assert found is not None
    assert {"path": "A/b/c.PNG"} == found.params


def test_the_methods_of_a_path_are_known() -> None:
    """
    A path that several routes match takes the methods of all of them.
    """
    assert {"GET", "PUT"} == ROUTER.allowed(["admin", "users", "me"])


def test_the_root_is_a_path() -> None:
    """
    A path without segments has a route of its own.
    """
    assert ROUTER.find("GET", []) is not None


def test_two_routes_for_one_path_stop_the_start() -> None:
    """
    Nobody has to guess which of two handlers answers.
    """
    with pytest.raises(ConfigurationError, match="Two routes answer GET /a"):
        Router([_route("GET", "/a"), _route("GET", "/a")])
