"""An application around a few routes, with a database that nobody asks and keys that say who they are."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

import httpx
import pytest

from tessera.authz.ability import Ability
from tessera.authz.actions import Action, Catalogue, Section
from tessera.engine.drivers.driver import Driver
from tessera.engine.drivers.pace import Pace
from tessera.engine.session import Session
from tessera.errors import UnauthorizedError
from tessera.events import Event
from tessera.identity.context import Project, RequestContext
from tessera.identity.credentials import Credentials
from tessera.identity.principal import AdminUser, Anonymous, SignedIn, TokenBearer
from tessera.runtime import SystemClock, SystemRandomness
from tessera.schema.model import JSON, Schema
from tessera.settings import load
from tessera.web.application import Application, Setup, build
from tessera.web.guards import Admission
from tessera.web.routing import Audience, Route

T = TypeVar("T")
READ = "admin::roles.read"
SECRETS = {
    name: f"{name.lower()}-for-tests-only-0123456789"
    for name in (
        "APP_KEYS",
        "API_TOKEN_SALT",
        "ADMIN_JWT_SECRET",
        "TRANSFER_TOKEN_SALT",
        "JWT_SECRET",
        "ENCRYPTION_KEY",
    )
}
USER = AdminUser(
    id=1,
    document_id="a" * 24,
    email="root@example.com",
    firstname="Root",
    lastname=None,
    username=None,
    role_ids=(1,),
    is_super_admin=False,
)


class StandingClock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.time = SystemClock().now()

    def now(self) -> int:
        return self.time


class NoDatabase:
    """Runs the work at once; there is nothing to ask."""

    def __init__(self) -> None:
        self.hops = 0

    async def run(self, work: Callable[[Session], Awaitable[T]], pace: Pace | None = None) -> T:
        self.hops += 1
        return await work(cast("Session", None))


class Holding:
    """The rights to some actions."""

    def __init__(self, actions: str) -> None:
        self.actions = actions.split(",")

    def allows(self, action: str, subject: str | None = None) -> bool:
        return action in self.actions


async def resolve(session: Session, project: Project, credentials: Credentials) -> Admission:
    """Take a key for the list of actions that it opens: `session:`, or `token:` and actions."""
    if not credentials.authorization:
        return Admission(Anonymous())
    kind, _, actions = credentials.authorization[0].removeprefix("Bearer ").partition(":")
    held = cast("Ability", Holding(actions))
    if kind == "session":
        return Admission(SignedIn(user=USER, session_id="s", ability=held))
    if kind == "token":
        return Admission(TokenBearer(token_id=1, owner=USER, ability=held))
    raise UnauthorizedError


async def publish(context: RequestContext, event: Event) -> None:
    """Fail: nothing happens here that others would have to know."""
    raise AssertionError(event)


@pytest.fixture
def clock() -> StandingClock:
    """Return the application's clock."""
    return StandingClock()


@pytest.fixture
def driver() -> NoDatabase:
    """Return the application's driver."""
    return NoDatabase()


@pytest.fixture
def serve(tmp_path: Path, clock: StandingClock, driver: NoDatabase) -> Callable[..., Application]:
    """Return what makes an application from routes."""

    def make(
        routes: Iterable[Route], *, develop: bool = False, aliases: Mapping[str, str] | None = None, toml: str = ""
    ) -> Application:
        (tmp_path / "config").mkdir(exist_ok=True)
        (tmp_path / "config" / "server.toml").write_text(toml)
        action = Action(uid=READ, display_name="Read", section=Section.SETTINGS, plugin="admin")
        project = Project(
            settings=load(tmp_path, SECRETS, "production"),
            schema=Schema({}, {}),
            catalogue=Catalogue((action,)),
            clock=clock,
            randomness=SystemRandomness(),
            develop=develop,
        )
        doors = dict.fromkeys(Audience, resolve)
        setup = Setup(driver=cast("Driver", driver), project=project, resolve=doors, publish=publish)
        return build(routes, setup, aliases)

    return make


def ask(application: Application, method: str, path: str, *, peer: str = "203.0.113.9", **more: JSON) -> httpx.Response:
    """Send one request to the application and return its answer."""

    async def exchange() -> httpx.Response:
        transport = httpx.ASGITransport(cast("Any", application), client=(peer, 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.request(method, path, **more)

    return asyncio.run(exchange())
