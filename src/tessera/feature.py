"""What a feature brings along, declared in one value so that the composition root can read it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tessera.authz.actions import Action
from tessera.events import Event
from tessera.identity.context import RequestContext
from tessera.web.routing import Route

Subscriber = Callable[[RequestContext, Event], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A capability: its routes, the actions that guard them, and what it does when other features announce something."""

    name: str
    routes: tuple[Route, ...] = ()
    actions: tuple[Action, ...] = ()
    subscribers: tuple[tuple[type[Event], Subscriber], ...] = ()
    starters: tuple[Callable[[RequestContext], Awaitable[None]], ...] = ()  # run at each start, inside a transaction
