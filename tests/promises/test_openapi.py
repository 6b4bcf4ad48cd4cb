"""The OpenAPI document says everything that is served."""

from __future__ import annotations

from collections import Counter

from tessera.app import all_routes
from tessera.web.openapi import PATH, document, missing_from


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
