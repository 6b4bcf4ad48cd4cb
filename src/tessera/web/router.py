"""The router: finds the route that a request is for, by method and decoded path segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from tessera.errors import ConfigurationError
from tessera.web.routing import Route, segments

_REST: Final = "*"


class Match(NamedTuple):
    """A route and the values of its path's parameters."""

    route: Route
    params: Mapping[str, str]


@dataclass(slots=True)
class _Node:
    """What may follow one point of a path."""

    fixed: dict[str, _Node] = field(default_factory=dict)  # by segment in lower case
    any: _Node | None = None
    routes: dict[str, Route] = field(default_factory=dict)  # of paths that end here, by method
    rest: dict[str, Route] = field(default_factory=dict)  # of paths that take whatever follows

    def below(self, segment: str) -> _Node:
        """Return the node for a declared segment, made when it is new."""
        if not segment.startswith("{"):
            return self.fixed.setdefault(segment.lower(), _Node())
        self.any = self.any or _Node()
        return self.any


class Router:
    """
    The routes as a tree of segments.

    As in the reference, the case of fixed segments and one slash at the end make no difference; a fixed segment is
    preferred to a parameter, and a parameter is never empty. An alias is a prefix that stands for another one.
    """

    def __init__(self, routes: Iterable[Route], aliases: Mapping[str, str] | None = None) -> None:
        self.routes: Final = tuple(routes)
        self._root: Final = _Node()
        for route in self.routes:
            self._add(route)
            for alias, prefix in (aliases or {}).items():
                if f"{route.path}/".startswith(f"{prefix}/"):
                    self._add(replace(route, path=alias + route.path.removeprefix(prefix)))

    def find(self, method: str, path: Sequence[str]) -> Match | None:
        """Return the route for a method and the path's decoded segments, or None."""
        wanted = "GET" if method == "HEAD" else method
        for methods in self._ends(self._root, path, 0):
            route = methods.get(wanted)
            if route is not None:
                return Match(route, _params(route, path))
        return None

    def allowed(self, path: Sequence[str]) -> frozenset[str]:
        """Return the methods that some route takes for the path."""
        return frozenset(method for methods in self._ends(self._root, path, 0) for method in methods)

    def _add(self, route: Route) -> None:
        node, ends = self._root, "routes"
        for segment in segments(route.path):
            if segment.endswith("*}"):
                ends = "rest"
                break
            node = node.below(segment)
        methods: dict[str, Route] = getattr(node, ends)
        if route.method in methods:
            msg = f"Two routes answer {route.method} {route.path}"
            raise ConfigurationError(msg)
        methods[route.method] = route

    def _ends(self, node: _Node, path: Sequence[str], depth: int) -> Iterator[Mapping[str, Route]]:
        """Yield the methods of every node that the path leads to, the most exact first."""
        if depth == len(path):
            yield node.routes
        else:
            fixed = node.fixed.get(path[depth].lower())
            if fixed is not None:
                yield from self._ends(fixed, path, depth + 1)
            if node.any is not None and path[depth]:
                yield from self._ends(node.any, path, depth + 1)
        if node.rest:
            yield node.rest


def _params(route: Route, path: Sequence[str]) -> Mapping[str, str]:
    params: dict[str, str] = {}
    for position, name in route.places:
        params[name] = "/".join(path[position:]) if position == route.rest_from else path[position]
    return params
