"""The composition root: a project folder becomes an application with its database open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial, reduce
from operator import add
from pathlib import Path
from typing import Final, TypeVar

from tessera.authz.ability import Ability
from tessera.authz.actions import Catalogue
from tessera.authz.grants import known_questions
from tessera.authz.rules import SUPER_ADMIN
from tessera.authz.standard_actions import STANDARD_ACTIONS
from tessera.engine.drivers import open_database
from tessera.engine.drivers.driver import Driver
from tessera.engine.migrate import follow, synchronise
from tessera.engine.session import Session
from tessera.engine.sync_report import SyncReport
from tessera.events import Event
from tessera.feature import Feature
from tessera.features.audit.feature import FEATURE as AUDIT
from tessera.features.documents.feature import FEATURE as DOCUMENTS
from tessera.features.email.feature import FEATURE as EMAIL
from tessera.features.end_users.feature import FEATURE as END_USERS
from tessera.features.locales.feature import FEATURE as LOCALES
from tessera.features.media.feature import FEATURE as MEDIA
from tessera.features.modeling.feature import FEATURE as MODELING
from tessera.features.project.feature import FEATURE as PROJECT
from tessera.features.roles.feature import FEATURE as ROLES
from tessera.features.sessions.feature import FEATURE as SESSIONS
from tessera.features.tokens.feature import FEATURE as TOKENS
from tessera.features.tokens.oauth.routes import ROUTES as OAUTH_ROUTES
from tessera.features.users.feature import FEATURE as USERS
from tessera.features.views.feature import FEATURE as VIEWS
from tessera.features.webhooks.feature import FEATURE as WEBHOOKS
from tessera.identity.announcing import announce_later
from tessera.identity.content_resolve import ContentResolver
from tessera.identity.context import Origin, Project, RequestContext
from tessera.identity.credentials import Credentials, Refusal
from tessera.identity.principal import APITokenBearer, Principal, System, TokenBearer
from tessera.identity.resolve import AdminResolver, is_use_to_be_noted, note_use
from tessera.mcp.catalogue import Tools
from tessera.mcp.endpoint import Endpoint
from tessera.mcp.library import Library
from tessera.mcp.routes import mcp_routes
from tessera.runtime import SystemClock, SystemRandomness
from tessera.schema.model import Schema
from tessera.schema.registry import build_schema
from tessera.schema.source import refusal
from tessera.settings import APISettings, Settings, load
from tessera.settings.load import Mode
from tessera.storage.project import read_project, read_system
from tessera.storage.schema_files import Announce, Stamp
from tessera.web.application import Application, Setup, build
from tessera.web.guards import Admission
from tessera.web.openapi import openapi_route
from tessera.web.routing import Audience, Route

T = TypeVar("T")

# In the order in which they start: locales before the roles that name them, roles before the tokens they bound.
FEATURES: Final[tuple[Feature, ...]] = (
    LOCALES,
    END_USERS,
    ROLES,
    TOKENS,
    USERS,
    SESSIONS,
    DOCUMENTS,
    VIEWS,
    MEDIA,
    PROJECT,
    WEBHOOKS,
    EMAIL,
    MODELING,
    AUDIT,
)
VERSION: Final = "0.1.0"
_ALIASES: Final = {"/admin/content-manager": "/content-manager"}  # as admin-tokens.txt shows the content manager


@dataclass(frozen=True, slots=True, kw_only=True)
class Tessera:
    """An open project: its settings and types, its database, and the application that serves it."""

    project: Project
    driver: Driver
    application: Application
    report: SyncReport  # what the start did to the tables

    def run(self, work: Callable[[RequestContext], Awaitable[T]], principal: Principal | None = None) -> T:
        """Do some work as the server itself, or as somebody; for commands, which have no event loop."""
        asking = principal or system(self.project, "command")

        async def done(session: Session) -> T:
            ctx = replace(_context(self.project, session, asking), origin=Origin.COMMAND)
            result = await work(ctx)
            if ctx.later:
                await announce_later(ctx, session)
            return result

        return self.driver.run_now(done)

    def close(self) -> None:
        """Let running work finish and close the database."""
        self.driver.close()


def _unheard(_: Mapping[Path, Stamp | None]) -> None:
    """Nobody watches the files of the project."""


def open_project(folder: Path, environment: Mapping[str, str], mode: Mode, announce: Announce = _unheard) -> Tessera:
    """
    Open a project folder; raises a ConfigurationError that says everything that is wrong with it.

    Whoever watches its files is told by `announce` about those that the server itself is going to change.
    """
    settings = load(folder, environment, mode)
    project = make_project(settings, read_schema(folder))
    driver = open_database(settings.database)
    try:
        report = driver.run_now(lambda session: _start(session, project))
    except BaseException:
        driver.close()
        raise
    return Tessera(project=project, driver=driver, application=compose(project, driver, announce), report=report)


def read_schema(folder: Path) -> Schema:
    """Return the content types of a project folder, or refuse them with all their faults."""
    schema = build_schema(read_system(), read_project(folder))
    if isinstance(schema, list):
        raise refusal(schema)
    return schema


def make_project(settings: Settings, schema: Schema) -> Project:
    """Return what is fixed until the next reload."""
    own = tuple(action for feature in FEATURES for action in feature.actions)
    return Project(
        settings=settings,
        schema=schema,
        catalogue=Catalogue((*STANDARD_ACTIONS, *own)),
        clock=SystemClock(),
        randomness=SystemRandomness(),
        develop=settings.develop,
    )


def compose(project: Project, driver: Driver, announce: Announce = _unheard) -> Application:
    """Return the application that serves a project from an open database."""
    host = _Host(announce)
    host.application = _compose(project, driver, host)
    return host.application


class _Host:
    """The running application, as the use cases that change its content types see it."""

    def __init__(self, announce: Announce) -> None:
        self.announce: Final = announce
        self.application: Application | None = None

    async def reload(self, session: Session, schema: Schema) -> None:
        """Serve these content types from the next request on, and do for them what each start does."""
        if self.application is None:
            raise RuntimeError("nothing is served yet")
        before = self.application.setup
        project = replace(before.project, schema=schema)
        self.application.become(_compose(project, before.driver, self))
        await follow(session, schema)
        await _run_starters(session, project)


def _compose(project: Project, driver: Driver, host: _Host) -> Application:
    setup = Setup(
        driver=driver,
        project=project,
        resolve={
            Audience.ADMIN: _resolve(AdminResolver(project)),
            Audience.CONTENT: _resolve(ContentResolver(project)),
        },
        publish=publish,
        host=host,
        workers=tuple(partial(worker, project, driver) for feature in FEATURES for worker in feature.workers),
        on_stop=driver.close,
    )
    prefix = project.settings.api.prefix
    routes = (_at(prefix, route) for route in (*all_routes(), *content_routes(project.schema)))
    return build((*routes, *tool_routes(project)), setup, _ALIASES)


def _at(prefix: str, route: Route) -> Route:
    """Return a route of the Content API where the settings put it; others, and the files, are where they are."""
    usual = APISettings().prefix
    if route.audience is not Audience.CONTENT or not route.path.startswith(f"{usual}/"):
        return route
    return replace(route, path=prefix + route.path.removeprefix(usual))


def all_routes() -> tuple[Route, ...]:
    """Return every route that each project has, the description of all of them included."""
    routes = tuple(route for feature in FEATURES for route in feature.routes)
    return (*routes, openapi_route(routes, "Tessera Admin API", VERSION))


def content_routes(schema: Schema) -> tuple[Route, ...]:
    """Return the routes that come from a project's content types."""
    made = (feature.routes_of(schema) for feature in FEATURES if feature.routes_of is not None)
    return tuple(route for routes in made for route in routes)


def tool_routes(project: Project) -> tuple[Route, ...]:
    """Return the routes of the MCP server, which always answers while a project is worked on."""
    if not project.serves_agents:
        return ()
    catalogue = project.settings.server.mcp.catalogue
    made = (feature.tools_of(project.schema, catalogue) for feature in FEATURES if feature.tools_of)
    tools = Tools(tool for tools in made for tool in tools)
    library = reduce(add, (each.library_of(project.schema) for each in FEATURES if each.library_of), Library())
    routes = mcp_routes(Endpoint(project=project, tools=tools, library=library, version=VERSION))
    return (*routes, *OAUTH_ROUTES) if project.settings.server.mcp.oauth.enabled else routes


async def publish(ctx: RequestContext, event: Event) -> None:
    """Tell every subscriber of an event, in the order of the features, within the open transaction."""
    for feature in FEATURES:
        for subscription in feature.subscriptions:
            if isinstance(event, subscription.kind):
                await subscription.subscriber(ctx, event)


def system(project: Project, name: str) -> System:
    """Return the server itself as a principal; the name says in the audit what it was doing."""
    known = known_questions(project.catalogue, project.schema.content_types)
    return System(name=name, ability=Ability(SUPER_ADMIN, known))


def _context(project: Project, session: Session, principal: Principal) -> RequestContext:
    return RequestContext(principal=principal, session=session, project=project, publish=publish)


async def _start(session: Session, project: Project) -> SyncReport:
    report = await synchronise(session, project.schema, project.clock, drops=project.settings.database.force_migration)
    await _run_starters(session, project)
    return report


async def _run_starters(session: Session, project: Project) -> None:
    ctx = _context(project, session, system(project, "start"))
    async with session.transaction():
        for feature in FEATURES:
            for starter in feature.starters:
                await starter(ctx)


def _resolve(
    resolver: AdminResolver | ContentResolver,
) -> Callable[[Session, Project, Credentials], Awaitable[Admission]]:
    async def resolve(session: Session, project: Project, credentials: Credentials) -> Admission:
        found = await resolver.resolve(session, credentials)
        if isinstance(found, Refusal):
            raise found.error
        return Admission(found, _touch(found, project))

    return resolve


def _touch(principal: Principal, project: Project) -> Callable[[Session], Awaitable[None]] | None:
    now = project.clock.now()
    if not isinstance(principal, TokenBearer | APITokenBearer) or not is_use_to_be_noted(principal, now):
        return None
    return lambda session: note_use(session, principal, now)
