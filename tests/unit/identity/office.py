"""A back office for tests: a database with roles, administrators, tokens and sign-in sessions made by hand."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any, Final, TypeVar

import apsw

from tessera.authz.standard_actions import STANDARD_ACTIONS
from tessera.engine.drivers.sqlite import SQLite
from tessera.engine.rows import standard_values
from tessera.engine.session import Session
from tessera.identity.context import Project
from tessera.identity.credentials import Credentials, Refusal
from tessera.identity.jwt import sign_access
from tessera.identity.principal import AdminPrincipal
from tessera.identity.resolve import AdminResolver
from tessera.identity.secrets import KeyKind, digest, new_key
from tessera.identity.sessions import SignInSession, begin_session
from tessera.runtime import SystemRandomness
from tessera.schema.model import Schema
from tessera.settings import DatabaseSettings, Settings, load
from tessera.sql.statement import Value
from tessera.sql.writes import insert, select

T = TypeVar("T")
NOW: Final = 1_750_000_000_000
HOUR: Final = 60 * 60 * 1000
READ: Final = "plugin::content-manager.explorer.read"
CREATE: Final = "plugin::content-manager.explorer.create"
AUTHOR: Final = "api::author.author"
SECRETS: Final = {
    "APP_KEYS": "a2V5LW9uZS1mb3ItdGVzdHM=,a2V5LXR3by1mb3ItdGVzdHM=",
    "API_TOKEN_SALT": "c2FsdC1mb3ItdGVzdHMtb25seQ==",
    "ADMIN_JWT_SECRET": "YWRtaW4tand0LXNlY3JldC1mb3ItdGVzdHM=",
    "TRANSFER_TOKEN_SALT": "dHJhbnNmZXItc2FsdC1mb3ItdGVzdHM=",
    "JWT_SECRET": "and0LXNlY3JldC1mb3ItdGVzdHM=",
    "ENCRYPTION_KEY": "0123456789abcdef0123456789abcdef",
}


def settings_of(folder: Path) -> Settings:
    """Return the settings of an empty project folder with the secrets of the recordings."""
    return load(folder, SECRETS, "production")


class MovingClock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> int:
        """Return the moment that was set."""
        return self.moment


class Office:
    """The database, and the resolver that is asked about it."""

    def __init__(self, path: Path, schema: Schema) -> None:
        self.path = path
        self.driver = SQLite.open(DatabaseSettings(filename=path))
        self.clock = MovingClock()
        self.randomness = SystemRandomness()
        self.project = Project(
            settings=settings_of(path.parent),
            schema=schema,
            catalogue=STANDARD_ACTIONS,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.resolver = AdminResolver(self.project)

    def run(self, work: Callable[[Session], Awaitable[T]]) -> T:
        """Run a unit of work."""
        return self.driver.run_now(work)

    def write(self, work: Callable[[Session], Awaitable[T]]) -> T:
        """Run a unit of work in a transaction."""

        async def within(session: Session) -> T:
            async with session.transaction():
                return await work(session)

        return self.driver.run_now(within)

    def insert(self, table: str, /, **values: Value) -> int:
        """Insert a row of a link table or of a system type, which gets the columns of its like."""
        standard = {} if table.endswith("_lnk") else standard_values(self.clock.now(), self.randomness)
        return self.write(lambda session: session.insert(insert(table, {**standard, **values})))

    def elsewhere(self, text: str, *values: Value) -> None:
        """Write as another process does, on a connection that the server knows nothing of."""
        other = apsw.Connection(str(self.path))
        other.pragma("foreign_keys", 1)
        other.execute(text, values)
        other.close()

    def column(self, table: str, column: str, row_id: int) -> Any:  # noqa: ANN401 - any column
        """Return a column of a row."""
        return self.run(lambda session: session.scalar(select(table, (column,), {"id": row_id})))

    def role(self, *permissions: dict[str, Any], code: str = "desk") -> int:
        """Add a role with permissions."""
        role_id = self.insert("admin_roles", name=code, code=code, description="")
        self.permit("role_id", role_id, permissions)
        return role_id

    def user(self, *role_ids: int, **values: Value) -> int:
        """Add an administrator with roles."""
        usual: dict[str, Value] = {"email": "ana@example.com", "firstname": "Ana", "is_active": 1, "blocked": 0}
        user_id = self.insert("admin_users", **{**usual, **values})
        for role_id in role_ids:
            self.insert("admin_users_roles_lnk", user_id=user_id, role_id=role_id)
        return user_id

    def token(self, owner: int | None, *permissions: dict[str, Any], key: str | None = None, **values: Value) -> str:
        """Add an admin token and return its key."""
        key = key or new_key(KeyKind.ADMIN, self.randomness)
        hashed = digest(key, self.project.settings.admin.api_token_salt)
        usual: dict[str, Value] = {"name": key[-6:], "kind": "admin", "type": "read-only", "access_key": hashed}
        token_id = self.insert("strapi_api_tokens", **{**usual, **values})
        if owner is not None:
            self.insert("strapi_api_tokens_admin_user_owner_lnk", api_token_id=token_id, user_id=owner)
        self.permit("api_token_id", token_id, permissions)
        return key

    def permit(self, column: str, holder_id: int, permissions: Iterable[dict[str, Any]]) -> None:
        """Give permissions to a role or a token."""
        link = "admin_permissions_role_lnk" if column == "role_id" else "admin_permissions_api_token_lnk"
        for permission in permissions:
            row = {name: value if isinstance(value, str) else json.dumps(value) for name, value in permission.items()}
            permission_id = self.insert("admin_permissions", **{"properties": "{}", "conditions": "[]", **row})
            self.insert(link, permission_id=permission_id, **{column: holder_id})

    def begin(self, user_id: int, *, remembered: bool = False) -> SignInSession:
        """Begin a sign-in session."""
        return self.write(
            lambda session: begin_session(
                session,
                user_id=user_id,
                device_id="phone",
                remembered=remembered,
                metadata={"loginAt": "2025-06-15T15:06:40.000Z"},
                lifespans=self.project.settings.admin.sessions,
                now=self.clock.now(),
                randomness=self.randomness,
            )
        )

    def sign_in(self, user_id: int) -> str:
        """Begin a sign-in session and return its access token."""
        return sign_access(self.begin(user_id).claims, self.project.settings.admin, self.clock.now())

    def ask(self, *headers: str) -> AdminPrincipal | Refusal:
        """Return who asks with these Authorization headers."""
        return self.run(lambda session: self.resolver.resolve(session, Credentials(headers)))

    def bearer(self, text: str) -> AdminPrincipal | Refusal:
        """Return who asks with a bearer text."""
        return self.ask(f"Bearer {text}")

    def may_read(self, text: str, field: str | None = None) -> bool:
        """Tell whether somebody asks with a bearer text and may read authors, or a field of theirs."""
        who = self.bearer(text)
        return not isinstance(who, Refusal) and who.ability.allows(READ, AUTHOR, field=field)


def permission(action: str = READ, subject: str = AUTHOR, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Return the columns of a permission."""
    return {"action": action, "subject": subject, **more}
