"""A server in this process with a database of its own, as far as accounts, roles and tokens need one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar, cast

import httpx

from tessera.authz.permission import Permission
from tessera.authz.standard_actions import STANDARD_ACTIONS
from tessera.engine.drivers.sqlite import SQLite
from tessera.engine.migrate import synchronise
from tessera.engine.session import Session
from tessera.events import Event, RolePermissionsChanged, RolesOfUserChanged, UsersDeleted
from tessera.features.roles import repository as roles
from tessera.features.roles.defaults import SUPER_ADMIN
from tessera.features.sessions.routes import ROUTES as SESSION_ROUTES
from tessera.features.tokens import subscribers
from tessera.features.tokens.repository import ADMIN, add_token
from tessera.features.users.routes import ROUTES as USER_ROUTES
from tessera.identity.context import Project, RequestContext
from tessera.identity.credentials import Credentials, Refusal
from tessera.identity.permissions import ROLE, TOKEN, add_permissions
from tessera.identity.resolve import AdminResolver
from tessera.identity.secrets import KeyKind, digest, new_key
from tessera.runtime import SystemClock, SystemRandomness
from tessera.schema.model import Schema
from tessera.schema.registry import build_schema
from tessera.schema.source import ProjectFiles
from tessera.settings import DatabaseSettings, load
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import update
from tessera.storage.project import read_system
from tessera.web.application import Setup, build
from tessera.web.guards import Admission
from tessera.web.routing import Audience

T = TypeVar("T")
JSON = Any  # any JSON value
PASSWORD = "Passw0rd!"
SECRETS = {
    "APP_KEYS": "first-key-for-tests,second-key-for-tests",
    "API_TOKEN_SALT": "salt-for-tests",
    "ADMIN_JWT_SECRET": "admin-secret-for-tests-0123456789-long-enough-for-every-algorithm",
    "TRANSFER_TOKEN_SALT": "transfer-salt-for-tests",
    "JWT_SECRET": "secret-for-tests-0123456789",
    "ENCRYPTION_KEY": "0123456789abcdef0123456789abcdef",
}
_SUBSCRIBERS = (
    (UsersDeleted, subscribers.delete_tokens_of),
    (RolesOfUserChanged, subscribers.clip_tokens_of_users),
    (RolePermissionsChanged, subscribers.clip_tokens_of_roles),
)


class MovingClock:
    """A clock that also moves when it is told to."""

    def __init__(self) -> None:
        self.ahead = 0

    def now(self) -> int:
        return SystemClock().now() + self.ahead


class Backend:
    """The server, and shortcuts to what tests begin with."""

    def __init__(self, folder: Path, *, develop: bool = False) -> None:
        self.clock = MovingClock()
        self.events: list[Event] = []
        settings = load(folder, {**SECRETS, "DATABASE_FILENAME": str(folder / "data.db")}, "production")
        (folder / "data.db").write_bytes(_empty_database())
        self.driver = SQLite.open(settings.database)
        self.project = Project(
            settings=settings,
            schema=_schema(),
            catalogue=STANDARD_ACTIONS,
            clock=self.clock,
            randomness=SystemRandomness(),
            develop=develop,
        )
        setup = Setup(
            driver=self.driver,
            project=self.project,
            resolve=dict.fromkeys(Audience, self._admit()),
            publish=self._publish,
        )
        self.application = build((*SESSION_ROUTES, *USER_ROUTES), setup)
        self.super_admin_role = self.write(
            lambda session: roles.add_role(
                session, SUPER_ADMIN.name, SUPER_ADMIN.code, SUPER_ADMIN.description, self.now, SystemRandomness()
            )
        )

    @property
    def now(self) -> int:
        return self.clock.now()

    def close(self) -> None:
        self.driver.close()

    def call(
        self,
        method: str,
        path: str,
        body: JSON = None,
        *,
        key: str | None = None,
        cookies: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        peer: str = "203.0.113.9",
    ) -> httpx.Response:
        """Send one request and return its answer."""
        sent = dict(headers or {})
        if key is not None:
            sent["authorization"] = f"Bearer {key}"
        if cookies is not None:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())

        async def exchange() -> httpx.Response:
            transport = httpx.ASGITransport(cast("Any", self.application), client=(peer, 4711))
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
                return await client.request(method, path, json=body, headers=sent)

        return asyncio.run(exchange())

    def read(self, text: str, *values: Value) -> list[tuple[Any, ...]]:
        """Return the rows of a statement."""
        return self.driver.run_now(lambda session: session.rows(Statement(text, values)))

    def write(self, work: Callable[[Session], Awaitable[T]]) -> T:
        """Do something in a transaction."""

        async def written(session: Session) -> T:
            async with session.transaction():
                return await work(session)

        return self.driver.run_now(written)

    def execute(self, text: str, *values: Value) -> int:
        """Run a statement that writes."""
        return self.write(lambda session: session.execute(Statement(text, values)))

    def change(self, user_id: int, **columns: Value) -> None:
        """Write columns of an administrator's row, past every rule."""
        self.write(lambda session: session.execute(update("admin_users", columns, {"id": user_id})))

    @contextmanager
    def traced(self) -> Iterator[list[str]]:
        """Note the text of every statement."""
        texts: list[str] = []
        self.driver.trace = texts
        yield texts
        self.driver.trace = None

    def first_admin(self, email: str = "root@example.com") -> str:
        """Register the first administrator and return its access token."""
        body = {"email": email, "password": PASSWORD, "firstname": "Root", "lastname": "Admin"}
        return str(self.call("POST", "/admin/register-admin", body).json()["data"]["token"])

    def role(self, name: str, *actions: str, conditions: tuple[str, ...] = ()) -> int:
        """Add a role that holds some actions without a subject."""

        async def add(session: Session) -> int:
            role_id = await roles.add_role(session, name, f"{name.lower()}-x", name, self.now, SystemRandomness())
            held = [Permission(action=action, subject=None, conditions=conditions) for action in actions]
            await add_permissions(session, ROLE, role_id, held, self.now, SystemRandomness())
            return role_id

        return self.write(add)

    def invite(self, root: str, name: str, *role_ids: int) -> dict[str, JSON]:
        """Invite an administrator."""
        roles = {"roles": list(role_ids)} if role_ids else {}
        body = {"email": f"{name}@example.com", "firstname": name.title(), "lastname": "User", **roles}
        answer = self.call("POST", "/admin/users", body, key=root)
        assert answer.status_code == 201, answer.text
        invited: dict[str, JSON] = answer.json()["data"]
        return invited

    def admin(self, root: str, name: str, *role_ids: int) -> tuple[int, str]:
        """Add an administrator who has registered; return its id and access token."""
        invited = self.invite(root, name, *role_ids)
        info = {"firstname": name.title(), "lastname": "User", "password": PASSWORD}
        body = {"registrationToken": invited["registrationToken"], "userInfo": info}
        return invited["id"], str(self.call("POST", "/admin/register", body).json()["data"]["token"])

    def sign_in(self, email: str, password: str = PASSWORD, **more: JSON) -> httpx.Response:
        """Sign in."""
        return self.call("POST", "/admin/login", {"email": email, "password": password, **more})

    def admin_token(self, owner_id: int, *actions: str) -> str:
        """Add an admin token that holds some actions; return its key."""
        key = new_key(KeyKind.ADMIN, SystemRandomness())
        hashed = digest(key, self.project.settings.admin.api_token_salt)
        values: dict[str, Value] = {"name": hashed[:8], "kind": ADMIN, "type": "read-only", "access_key": hashed}

        async def add(session: Session) -> None:
            token_id = await add_token(session, values, owner_id, self.now, SystemRandomness())
            held = [Permission(action=action, subject=None) for action in actions]
            await add_permissions(session, TOKEN, token_id, held, self.now, SystemRandomness())

        self.write(add)
        return key

    def _admit(self) -> Callable[[Session, Project, Credentials], Awaitable[Admission]]:
        resolver = AdminResolver(self.project)

        async def admit(session: Session, _: Project, credentials: Credentials) -> Admission:
            found = await resolver.resolve(session, credentials)
            if isinstance(found, Refusal):
                raise found.error
            return Admission(found)

        return admit

    async def _publish(self, ctx: RequestContext, event: Event) -> None:
        self.events.append(event)
        for kind, subscriber in _SUBSCRIBERS:
            if isinstance(event, kind):
                await subscriber(ctx, event)


@cache
def _schema() -> Schema:
    schema = build_schema(read_system(), ProjectFiles(content_types=(), components=(), extensions=()))
    assert isinstance(schema, Schema)
    return schema


@cache
def _empty_database() -> bytes:
    """Return the file of a database with tables and no rows, made once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "data.db"
        driver = SQLite.open(DatabaseSettings(filename=path))
        driver.run_now(lambda session: synchronise(session, _schema(), SystemClock()))
        driver.close()
        return path.read_bytes()
