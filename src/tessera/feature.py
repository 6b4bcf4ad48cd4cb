"""What a feature brings along, declared in one value so that the composition root can read it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from tessera.authz.actions import Action
from tessera.engine.drivers.driver import Driver
from tessera.events import Event
from tessera.identity.context import Project, RequestContext
from tessera.mcp.library import LibraryOf
from tessera.mcp.tool import ToolsOf
from tessera.schema.model import Schema
from tessera.web.routing import Route

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a feature does when something is announced."""

    kind: type[Event]
    subscriber: Callable[[RequestContext, Any], Awaitable[None]]  # takes an event of that kind; `on` sees to it


def on(kind: type[E], subscriber: Callable[[RequestContext, E], Awaitable[None]]) -> Subscription:
    """Return the subscription of a kind of event."""
    return Subscription(kind, subscriber)


Worker = Callable[[Project, Driver], Awaitable[None]]  # runs until it is cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A capability: its routes, the actions that guard them, and what it does about the events of other features."""

    name: str
    routes: tuple[Route, ...] = ()
    routes_of: Callable[[Schema], tuple[Route, ...]] | None = None  # those that come from the project's content types
    tools_of: ToolsOf | None = None  # what agents can do, from the project's content types
    library_of: LibraryOf | None = None  # what agents read besides, and their prompts
    actions: tuple[Action, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    workers: tuple[Worker, ...] = ()  # run beside the requests for as long as a process serves
    starters: tuple[Callable[[RequestContext], Awaitable[None]], ...] = ()  # run at each start, inside a transaction
