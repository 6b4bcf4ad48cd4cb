"""Routes as values, and the router that finds the one that answers a request."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, TypedDict, Unpack

from tessera.engine.drivers.driver import Driver
from tessera.errors import ConfigurationError, TesseraError
from tessera.identity.context import Client, Origin, Project, RequestContext
from tessera.identity.principal import Principal
from tessera.web.request import Request
from tessera.web.response import Response

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
_SEGMENT: Final = r"[\w.:~@-]+|\{[a-z]\w*\}"
_PATH: Final = re.compile(rf"(/({_SEGMENT}))*(/|/\{{[a-z]\w*\*\}})?", re.ASCII | re.IGNORECASE)
_PARAMETER: Final = re.compile(r"\{(\w+)\*?\}")


class Audience(Enum):
    """Whose door a route belongs to; principals of the one are nobody at the other."""

    ADMIN = "admin"
    CONTENT = "content"


class Access(Enum):
    """What a route asks for when it asks for no action."""

    PUBLIC = "public"  # anybody, also without a credential
    SIGNED_IN = "signed in"  # any principal of the audience


ADMIN: Final = Audience.ADMIN
CONTENT: Final = Audience.CONTENT
PUBLIC: Final = Access.PUBLIC
SIGNED_IN: Final = Access.SIGNED_IN

Handler = Callable[[Request, RequestContext], Awaitable[Response]]
Refused = Callable[[Request, Client, TesseraError], Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a preparation may look at: who asks, the project, and its database in sessions of their own."""

    principal: Principal
    project: Project
    driver: Driver


Prepare = Callable[[Request, Surroundings], AbstractAsyncContextManager[None]]
# A model, a typed dictionary or another type that says what JSON there may be, or a JSON Schema itself.
Shape = Any  # what types can be written as values has no type of its own
FILE: Final[Mapping[str, str]] = {"type": "string", "format": "binary"}  # the answer is a file of any type


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """How often one client may use a route within a window; what is not said is as the audience's settings say."""

    by: str | None = None  # the field of the body that is counted apart, where the body rightly has it
    attempts: int | None = None
    seconds: int | None = None
    client_attempts: int | None = None  # of one client whatever that field says


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One method of one path: who may use it, what it takes and answers, and the handler."""

    method: str
    path: str  # with parameters as {name}; {name*} as the last segment takes the rest
    audience: Audience
    access: Access | tuple[str, ...]  # alternatives: any one of the actions will do
    handler: Handler
    subject: str | None = None  # the path parameter that names what the action is done to
    tokens: bool = True  # false where an admin token would act as its owner's account
    limit: RateLimit | None = None
    body: Shape = None
    query: Shape = None
    answer: Shape = None
    status: int = 200
    besides: Mapping[int, Shape] = field(default_factory=dict)  # answers that have other statuses
    files: bool = False  # takes multipart bodies, whose files may be large
    prepare: Prepare | None = None  # long work around the handler, which no session waits for
    refused: Refused | None = None  # how a refusal is said where clients do not expect the usual body
    develop_only: bool = False  # exists only under `tessera develop`
    origin: Origin | None = None  # the door that is recorded, where it is not that of the audience
    alone: bool = False  # under `tessera develop` no other request is at work meanwhile: it changes what is served
    summary: str = ""

    places: tuple[tuple[int, str], ...] = field(init=False, default=())  # where in the path each parameter stands
    rest_from: int = field(init=False, default=-1)  # where the parameter that takes the rest stands

    def __post_init__(self) -> None:
        problem = _problem(self)
        if problem:
            msg = f"Route {self.method} {self.path}: {problem}"
            raise ConfigurationError(msg)
        declared = segments(self.path)
        places = tuple((at, segment.strip("{*}")) for at, segment in enumerate(declared) if segment.startswith("{"))
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "rest_from", len(declared) - 1 if self.path.endswith("*}") else -1)

    @property
    def actions(self) -> tuple[str, ...]:
        """Return the actions that open the route; none when it asks for no action."""
        return () if isinstance(self.access, Access) else self.access

    @property
    def parameters(self) -> tuple[str, ...]:
        """Return the names of the path's parameters, in order."""
        return tuple(_PARAMETER.findall(self.path))


class Details(TypedDict, total=False):
    """What a route may say beyond its address and guard; see `Route`."""

    subject: str
    tokens: bool
    limit: RateLimit
    body: Shape
    query: Shape
    answer: Shape
    status: int
    besides: Mapping[int, Shape]
    files: bool
    prepare: Prepare
    develop_only: bool
    alone: bool
    summary: str


def route(
    method: str, path: str, *, audience: Audience, action: str | tuple[str, ...] | Access, **details: Unpack[Details]
) -> Callable[[Handler], Route]:
    """Turn a handler into a route; its docstring becomes the summary."""
    access = (action,) if isinstance(action, str) else action

    def declare(handler: Handler) -> Route:
        given: Details = {"summary": first_line(handler.__doc__), **details}
        return Route(method=method, path=path, audience=audience, access=access, handler=handler, **given)

    return declare


def segments(path: str) -> list[str]:
    """Return a path's segments; a slash at the end makes none."""
    return path.strip("/").split("/") if path.strip("/") else []


def first_line(docstring: str | None) -> str:
    """Return the first line of a docstring that has words."""
    return next((line.strip() for line in (docstring or "").splitlines() if line.strip()), "")


def _problem(route: Route) -> str:
    if route.method not in METHODS:
        return f"the method is none of {', '.join(METHODS)}"
    if not _PATH.fullmatch(route.path):
        return "the path does not start with a slash, or holds what is no segment or parameter"
    if isinstance(route.access, tuple) and not all(route.access):
        return "no action, and neither PUBLIC nor SIGNED_IN"
    if route.access == ():
        return "no action, and neither PUBLIC nor SIGNED_IN"
    if route.subject is not None and route.subject not in route.parameters:
        return f"the subject {route.subject} is no parameter of the path"
    if route.prepare is not None and route.method == "GET":
        return "there is something to prepare, and nothing is sent"
    if len(set(route.parameters)) < len(route.parameters):
        return "a parameter stands twice"
    return ""
