"""Who may use a route: checked before its handler runs, in the same unit of work."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tessera.authz.ability import Ability
from tessera.engine.session import Session
from tessera.errors import ConfigurationError, ForbiddenError, PolicyError, TesseraError, UnauthorizedError
from tessera.identity.context import Origin, Project
from tessera.identity.credentials import Credentials
from tessera.identity.principal import Anonymous, Principal, TokenBearer, Visitor
from tessera.web.response import Header
from tessera.web.router import Match
from tessera.web.routing import PUBLIC, Audience, Route


@dataclass(frozen=True, slots=True)
class Admission:
    """Who a credential turned out to be, and what is to be written down about its use after the answer."""

    principal: Principal
    touch: Callable[[Session], Awaitable[None]] | None = None


Resolve = Callable[[Session, Project, Credentials], Awaitable[Admission]]
"""Find out who asks; raises UnauthorizedError for a credential that does not open, says Anonymous for none."""

NOBODY = Admission(Anonymous())  # where nobody is asked who it is


def credentials_of(headers: Sequence[Header]) -> Credentials:
    """Return what a request sends to prove who asks; two credentials are refused wherever they go (F68)."""
    sent = tuple(value.decode("latin-1") for name, value in headers if name == b"authorization")
    if len(sent) > 1:
        raise UnauthorizedError
    return Credentials(sent)


async def admit(
    match: Match, credentials: Credentials, session: Session, project: Project, resolve: Mapping[Audience, Resolve]
) -> Admission:
    """Return who asks, or refuse to let it in."""
    route = match.route
    if route.access is PUBLIC:
        return NOBODY
    admission = await resolve[route.audience](session, project, credentials)
    refusal = refusal_of(route, admission.principal, match.params, project)
    if refusal is not None:
        raise refusal
    return admission


def refusal_of(route: Route, principal: Principal, params: Mapping[str, str], project: Project) -> TesseraError | None:
    """Return why the principal may not use the route, or None when it may."""
    if isinstance(principal, Anonymous):
        if route.audience is Audience.ADMIN:
            return UnauthorizedError()
        return ForbiddenError()
    if isinstance(principal, TokenBearer) and principal.agents_only and route.origin is not Origin.MCP:
        return UnauthorizedError()  # issued for another resource, so as unknown as any text (RFC 8707)
    if isinstance(principal, TokenBearer) and not route.tokens:
        return ForbiddenError()  # a token never acts as its owner's account
    if not route.actions:
        return UnauthorizedError() if isinstance(principal, Visitor) else None
    subject = params[route.subject] if route.subject else None
    if route.subject and subject not in project.schema.content_types:
        return PolicyError()
    if any(_may(principal.ability, action, subject, project) for action in route.actions):
        return None
    return PolicyError() if route.audience is Audience.ADMIN else ForbiddenError()


def _may(ability: Ability, action: str, subject: str | None, project: Project) -> bool:
    """Whether an action may be done to the subject, or to any where the route names none."""
    if subject is not None or ability.allows(action):
        return ability.allows(action, subject)
    return any(ability.allows(action, uid) for uid in project.schema.content_types)


def check_routes(routes: Iterable[Route], project: Project) -> None:
    """Refuse to start with a route that asks for an action nobody declared (F66)."""
    for route in routes:
        if route.audience is not Audience.ADMIN:
            continue  # the actions of the Content API come from the content types, as its routes do
        unknown = [action for action in route.actions if project.catalogue.find(action) is None]
        if unknown:
            msg = f"Route {route.method} {route.path} asks for {', '.join(unknown)}, which is no action"
            raise ConfigurationError(msg)
