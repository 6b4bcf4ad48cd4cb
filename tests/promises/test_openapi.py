"""The OpenAPI document says everything that is served."""

from __future__ import annotations

from collections import Counter

from tessera.app import all_routes
from tessera.web.openapi import PATH, described_answers, document, missing_from
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


def test_answers_are_described() -> None:
    """
    Nearly every operation of the Admin API that answers JSON says what it answers; every answer of every test holds.
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

    assert len(open_ones) < len(operations) * 0.08, open_ones
    assert [] == sorted(set(described_answers()) - {f"{route.method} {route.path}" for route in all_routes()})
