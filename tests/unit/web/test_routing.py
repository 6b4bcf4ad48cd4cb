from __future__ import annotations

from typing import Any

import pytest

from tessera.errors import ConfigurationError
from tessera.identity.context import RequestContext
from tessera.schema.model import JSON
from tessera.web.request import Request
from tessera.web.response import Response, ok
from tessera.web.routing import ADMIN, PUBLIC, SIGNED_IN, Access, Route, route


async def _handler(request: Request, ctx: RequestContext) -> Response:
    """
    Show it.

    And more.
    """
    return ok(None)


def _declared(method: str = "GET", path: str = "/a/{id}", **details: JSON) -> Route:
    return route(method, path, audience=ADMIN, **{"action": PUBLIC, **details})(_handler)


def test_a_route_says_what_it_is() -> None:
    """
    The docstring becomes the summary, one action or several become the alternatives.
    """
    one = _declared(action="admin::roles.read")

    assert ("Show it.", ("admin::roles.read",), ("id",)) == (one.summary, one.actions, one.parameters)
    assert ("a", "b") == _declared(action=("a", "b")).actions


@pytest.mark.parametrize("access", [PUBLIC, SIGNED_IN])
def test_a_route_may_ask_for_no_action_when_it_says_so(access: Access) -> None:
    """
    Public and signed-in routes have no actions.
    """
    assert () == _declared(action=access).actions


@pytest.mark.parametrize(
    ("details", "complaint"),
    [
        ({"action": ()}, "no action"),
        ({"action": ""}, "no action"),
        ({"method": "get"}, "method"),
        ({"path": "a"}, "path"),
        ({"path": "/a//b"}, "path"),
        ({"path": "/{id}/{id}"}, "twice"),
        ({"subject": "model"}, "no parameter"),
    ],
)
def test_a_route_that_is_not_guarded_or_not_right_stops_the_start(details: dict[str, Any], complaint: str) -> None:
    """
    What a route leaves out is never taken for permission.
    """
    with pytest.raises(ConfigurationError, match=complaint):
        _declared(**details)


@pytest.mark.parametrize("missing", ["audience", "action"])
def test_a_route_without_audience_or_action_cannot_be_declared(missing: str) -> None:
    """
    Both are parameters without a default, so the module that forgets one cannot even be imported.
    """
    given: dict[str, Any] = {"audience": ADMIN, "action": PUBLIC}
    del given[missing]
    with pytest.raises(TypeError, match=missing):
        route("GET", "/a", **given)
