"""A site for tests: end users, their roles and API tokens made by hand beside a back office."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from typing import Any, Final

import jwt

from tessera.identity.content_jwt import sign_user
from tessera.identity.content_resolve import ContentResolver
from tessera.identity.content_sessions import signing_of
from tessera.identity.credentials import Credentials, Refusal
from tessera.identity.jwt import sign_access
from tessera.identity.principal import ContentPrincipal
from tessera.identity.secrets import KeyKind, digest, new_key
from tessera.identity.sessions import Origin, begin_session
from tessera.settings import EndUserSettings, Secret
from tessera.sql.statement import Value
from tests.unit.identity.office import NOW, Office

FIND: Final = "api::author.author.find"
CREATE: Final = "api::author.author.create"
PASSWORD: Final = "$2a$10$hash-of-the-first-password"


class Site:
    """What is asked about through the Content API, on the database of an office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.settings: EndUserSettings = office.project.settings.plugins.end_users
        self.resolver = ContentResolver(office.project)

    def keep_sessions(self, **more: Any) -> None:  # noqa: ANN401 - any setting
        """Keep sign-in sessions from now on."""
        self.settings = replace(self.settings, refresh=True, **more)
        settings = self.office.project.settings
        plugins = replace(settings.plugins, end_users=self.settings)
        self.resolver = ContentResolver(replace(self.office.project, settings=replace(settings, plugins=plugins)))

    def role(self, *actions: str, type_: str = "member") -> int:
        """Add a role that holds some actions."""
        role_id = self.office.insert("up_roles", name=type_.title(), type=type_, description="")
        self.permit(role_id, *actions)
        return role_id

    def permit(self, role_id: int, *actions: str) -> None:
        """Let a role do some actions."""
        for action in actions:
            permission_id = self.office.insert("up_permissions", action=action)
            self.office.insert("up_permissions_role_lnk", permission_id=permission_id, role_id=role_id)

    def user(self, role_id: int | None, **values: Value) -> int:
        """Add an end user."""
        usual: dict[str, Value] = {
            "username": "eve",
            "email": "eve@example.com",
            "provider": "local",
            "password": PASSWORD,
            "confirmed": 1,
            "blocked": 0,
        }
        user_id = self.office.insert("up_users", **{**usual, **values})
        if role_id is not None:
            self.office.insert("up_users_role_lnk", user_id=user_id, role_id=role_id)
        return user_id

    def token(self, type_: str | None, *actions: str, key: str | None = None, **values: Value) -> str:
        """Add an API token and return its key."""
        key = key or new_key(KeyKind.CONTENT, self.office.randomness)
        hashed = digest(key, self.office.project.settings.admin.api_token_salt)
        usual: dict[str, Value] = {"name": key[-6:], "kind": "content-api", "type": type_, "access_key": hashed}
        token_id = self.office.insert("strapi_api_tokens", **{**usual, **values})
        for action in actions:
            permission_id = self.office.insert("strapi_api_token_permissions", action=action)
            self.office.insert(
                "strapi_api_token_permissions_token_lnk", api_token_permission_id=permission_id, api_token_id=token_id
            )
        return key

    def advanced(self, **values: Any) -> None:  # noqa: ANN401 - any JSON
        """Keep settings of end users."""
        key, value = "plugin_users-permissions_advanced", json.dumps(values)
        self.office.elsewhere(
            "INSERT INTO strapi_core_store_settings (key, value, type) VALUES (?, ?, 'object')", key, value
        )

    def jwt(self, user_id: int, password: str = PASSWORD) -> str:
        """Return a token of an end user who has no sessions."""
        return sign_user(user_id, password, self.settings, self.office.clock.now())

    def reference_jwt(self, user_id: int, **more: Any) -> str:  # noqa: ANN401 - any JSON
        """Return a token as the reference signs it; a claim that is None is left out."""
        now = self.office.clock.now() // 1000
        claims = {"id": user_id, "iat": now, "exp": now + 60, **more}
        return signed({name: value for name, value in claims.items() if value is not None}, self.settings.jwt_secret)

    def session(self, user_id: int) -> str:
        """Begin a session of an end user and return its access token."""
        signing = signing_of(self.settings)
        begun = self.office.write(
            lambda session: begin_session(
                session,
                user_id=user_id,
                device_id="phone",
                remembered=True,
                metadata={},
                lifespans=signing.sessions,
                now=NOW,
                randomness=self.office.randomness,
                origin=Origin.END_USERS,
            )
        )
        return sign_access(begun.claims, signing, self.office.clock.now())

    def ask(self, *headers: str) -> ContentPrincipal | Refusal:
        """Return who asks with these Authorization headers."""
        return self.office.run(lambda session: self.resolver.resolve(session, Credentials(headers)))

    def bearer(self, text: str) -> ContentPrincipal | Refusal:
        """Return who asks with a bearer text."""
        return self.ask(f"Bearer {text}")

    def held(self, text: str) -> set[str]:
        """Return which of the two actions somebody holds who asks with a bearer text."""
        who = self.bearer(text)
        return set() if isinstance(who, Refusal) else {each for each in (FIND, CREATE) if who.ability.allows(each)}


def signed(claims: dict[str, Any], secret: Secret | None, algorithm: str = "HS256") -> str:
    """Sign any claims."""
    with warnings.catch_warnings(action="ignore"):  # about the length of the secret
        return jwt.encode(claims, secret.reveal() if secret else "", algorithm)
