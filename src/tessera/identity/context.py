"""What a use case is given: who asks, the unit of work, and the project as it stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tessera.authz.actions import Catalogue
from tessera.authz.grants import is_localized
from tessera.authz.permission import Permission
from tessera.engine.session import Session
from tessera.errors import UnauthorizedError
from tessera.events import Event
from tessera.identity.host import Host, NoHost
from tessera.identity.principal import (
    AdminPrincipal,
    Anonymous,
    APITokenBearer,
    ContentPrincipal,
    EndUser,
    Principal,
    SignedIn,
    System,
    TokenBearer,
    Visitor,
)
from tessera.runtime import Clock, Randomness
from tessera.schema.model import Schema
from tessera.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What is fixed between two reloads: settings, content types, the catalogue of actions and conditions."""

    settings: Settings
    schema: Schema
    catalogue: Catalogue
    clock: Clock
    randomness: Randomness
    develop: bool = False  # started by `tessera develop`

    def is_localized(self, permission: Permission) -> bool:
        """Tell whether a permission is bounded by locales."""
        return is_localized(permission, self.catalogue, self.schema.content_types)

    @property
    def serves_agents(self) -> bool:
        """Tell whether the MCP server answers: always while a project is worked on."""
        return self.develop or self.settings.server.mcp.enabled


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Where a request came from, as far as it can be trusted."""

    address: str = ""
    agent: str = ""
    secure: bool = False  # the request came by HTTPS, also through a trusted proxy


class Origin(Enum):
    """By which door a request came: recorded with what it does, and some answers differ."""

    ADMIN = "admin"
    CONTENT = "content"
    MCP = "mcp"
    COMMAND = "cli"
    SERVER = "server"  # nobody asked


Publish = Callable[["RequestContext", Event], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestContext:
    """One request's world; nothing else reaches a use case."""

    principal: Principal
    session: Session
    project: Project
    publish: Publish  # tells the subscribers of other features, within the open transaction
    client: Client = field(default_factory=Client)
    origin: Origin = Origin.SERVER
    host: Host = field(default_factory=NoHost)  # what serves the project, for those who change its content types
    after: list[Callable[[], Any]] = field(
        default_factory=list
    )  # run once the transaction is committed and the answer sent
    later: list[Event] = field(
        default_factory=list
    )  # announced then, in a transaction of their own: what is kept although the request changed nothing

    @property
    def now(self) -> int:
        """Return the milliseconds since 1970."""
        return self.project.clock.now()

    @property
    def hooked(self) -> bool:
        """Tell whether a webhook may want to hear of this; unsure counts as yes."""
        return isinstance(self.principal, Anonymous | System) or self.principal.hooked

    @property
    def admin(self) -> AdminPrincipal:
        """Return the administrator or admin token that asks; refuses anybody else."""
        if isinstance(self.principal, SignedIn | TokenBearer):
            return self.principal
        raise UnauthorizedError

    @property
    def content(self) -> ContentPrincipal:
        """Return the API token, end user or visitor that asks; refuses anybody else."""
        if isinstance(self.principal, APITokenBearer | EndUser | Visitor):
            return self.principal
        raise UnauthorizedError
