"""The OpenAPI document says everything that is served."""

from __future__ import annotations

from collections import Counter

from tessera.app import all_routes
from tessera.web.openapi import PATH, document, missing_from
from tessera.web.routing import Audience


def test_every_route_of_the_server_is_described() -> None:
    """
    No route is missing from the document, and no two operations have the same name.
    """
    routes = all_routes()
    described = document(routes, "Tessera Admin API", "1")
    names = Counter(each["operationId"] for methods in described["paths"].values() for each in methods.values())

    assert PATH in described["paths"]
    assert [] == missing_from(described, routes)
    assert [] == [name for name, times in names.items() if times > 1]


def test_every_operation_is_explained() -> None:
    """
    Each operation has words for people.
    """
    described = document(all_routes(), "Tessera Admin API", "1")
    operations = [each for methods in described["paths"].values() for each in methods.values()]

    assert [] == [each["operationId"] for each in operations if not each["summary"]]


def test_every_route_declares_what_it_answers() -> None:
    """
    Beside each route stands what it answers, unless it answers nothing, sends the client elsewhere or always refuses.
    """
    bare = [f"{each.method} {each.path}" for each in all_routes() if each.answer is None and each.status in (200, 201)]

    assert [] == bare


def test_every_route_that_is_sent_something_declares_it() -> None:
    """
    Each route that writes says what it takes, but for those that take nothing.
    """
    writing = [each for each in all_routes() if each.method in ("POST", "PUT", "PATCH")]
    bare = [f"{each.method} {each.path}" for each in writing if each.body is None]
    nothing_to_send = [
        "POST /admin/admin-tokens/{id}/regenerate",
        "POST /admin/api-tokens/{id}/regenerate",
        "POST /admin/transfer/tokens/{id}/regenerate",
        "POST /admin/access-token",
        "POST /admin/webhooks/{id}/trigger",
        "POST /admin/webhooks/{id}/deliveries/{delivery}/redeliver",
        "POST /email/verify",
    ]

    assert sorted(nothing_to_send) == sorted(bare)


def test_shapes_have_names_for_clients() -> None:
    """
    No two shapes have the same name, which would show the modules of the server, and none differs by its direction.
    """
    names = document(all_routes(), "Tessera Admin API", "1")["components"]["schemas"]

    assert len(names) > 150
    assert [] == [name for name in names if not name.isalnum()]


def test_answers_are_described() -> None:
    """
    Every operation of the Admin API that answers JSON says what it answers, but one that answers nothing yet.
    """
    routes = [route for route in all_routes() if route.audience is Audience.ADMIN and route.status != 204]
    described = document(routes, "Tessera Admin API", "1")["paths"]
    operations = {
        f"{method.upper()} {path}": each["responses"]
        for path, methods in described.items()
        for method, each in methods.items()
    }
    open_ones = [
        name
        for name, responses in operations.items()
        if not any(answer.get("content", {}).get("application/json", {}).get("schema") for answer in responses.values())
    ]

    assert ["GET /admin/ai-feature-config"] == open_ones
