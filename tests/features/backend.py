"""A server in this process with a database of its own, as far as accounts, roles and tokens need one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any, TypeVar, cast

import httpx

from tessera.app import compose, make_project, open_project, read_schema
from tessera.authz.permission import Permission
from tessera.engine.drivers import open_database
from tessera.engine.session import Session
from tessera.features.roles import repository as roles
from tessera.features.tokens.repository import ADMIN, add_token
from tessera.identity.administrators import SUPER_ADMIN
from tessera.identity.permissions import ROLE, TOKEN, add_permissions
from tessera.identity.secrets import KeyKind, digest, new_key
from tessera.runtime import SystemClock, SystemRandomness
from tessera.settings import load
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import update
from tests.described import faults_of

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


class MovingClock:
    """A clock that also moves when it is told to."""

    def __init__(self) -> None:
        self.ahead = 0

    def now(self) -> int:
        return SystemClock().now() + self.ahead


class Backend:
    """The server, and shortcuts to what tests begin with."""

    def __init__(self, folder: Path, *, develop: bool = False, source: Path | None = None) -> None:
        """Start in an empty folder, with the content types of a source folder if one is given."""
        self.clock = MovingClock()
        if source is not None:
            copytree(source / "src", folder / "src")
        (folder / "data.db").write_bytes(_empty_database(source))
        settings = load(folder, _environment(folder), "develop" if develop else "production")
        self.project = replace(make_project(settings, read_schema(folder)), clock=self.clock)
        self.driver = open_database(settings.database)
        self.application = compose(self.project, self.driver)

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
        """Send one request and return its answer, which is as the OpenAPI document describes it."""
        sent = dict(headers or {})
        if key is not None:
            sent["authorization"] = f"Bearer {key}"
        if cookies is not None:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())

        async def exchange() -> httpx.Response:
            transport = httpx.ASGITransport(cast("Any", self.application), client=(peer, 4711))
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
                return await client.request(method, path, json=body, headers=sent)

        answer = asyncio.run(exchange())
        faults = faults_of(self.application.router, method, path, answer)
        assert not faults, f"{method} {path} answers otherwise than OpenAPI says: {faults[:3]}"
        return answer

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

    def restart(self) -> None:
        """Stop and start again on the same database, as a new process would."""
        self.driver.close()
        folder = self.project.settings.folder
        open_project(folder, _environment(folder), "production").close()
        self.driver = open_database(self.project.settings.database)
        self.application = compose(self.project, self.driver)

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
            role_id = await roles.add_role(
                session, name, f"{name.lower()}-x", name, now=self.now, randomness=SystemRandomness()
            )
            held = [Permission(action=action, subject=None, conditions=conditions) for action in actions]
            await add_permissions(session, ROLE, role_id, held, now=self.now, randomness=SystemRandomness())
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
            await add_permissions(session, TOKEN, token_id, held, now=self.now, randomness=SystemRandomness())

        self.write(add)
        return key

    @property
    def super_admin_role(self) -> int:
        """Return the id of the role that may do everything."""
        return int(self.read("SELECT id FROM admin_roles WHERE code = ?1", SUPER_ADMIN)[0][0])


def _environment(folder: Path) -> dict[str, str]:
    return {**SECRETS, "DATABASE_FILENAME": str(folder / "data.db")}


@cache
def _empty_database(source: Path | None) -> bytes:
    """Return the file of a project's database after its first start, made once."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        if source is not None:
            copytree(source / "src", path / "src")
        open_project(path, _environment(path), "production").close()
        return (path / "data.db").read_bytes()
