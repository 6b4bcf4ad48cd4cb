"""From a credential to a principal of the Content API: one statement at every request, as for administrators."""

from __future__ import annotations

from typing import Final

from tessera.authz.ability import Ability
from tessera.engine.session import Session
from tessera.identity.content_abilities import ContentAbilities
from tessera.identity.content_authority import (
    Held,
    TokenAuthority,
    UserAuthority,
    by_key,
    by_session,
    by_user,
    of_visitor,
)
from tessera.identity.content_jwt import UserClaims, read_user
from tessera.identity.content_sessions import signing_of
from tessera.identity.context import Project
from tessera.identity.credentials import Credentials, Refusal, bearer_text
from tessera.identity.jwt import Claims, TokenType, read_token
from tessera.identity.principal import APITokenBearer, ContentPrincipal, EndUser, Visitor
from tessera.identity.secrets import Key, KeyKind, digest, parse_key

_KINDS: Final = ("content-api", None)  # tokens from before there were kinds have none
_VISITOR: Final = "visitor"


class ContentResolver:
    """Finds out who asks the Content API; one for each project, since it remembers compiled abilities."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._settings = project.settings.plugins.end_users
        self._signing = signing_of(self._settings)
        self._abilities = ContentAbilities(project.schema)

    async def resolve(self, session: Session, credentials: Credentials) -> ContentPrincipal | Refusal:
        """
        Return who asks, or why nobody does.

        Whoever sends no bearer text is a visitor, whatever else it sends; a bearer text that is not understood is
        refused, and never makes its sender a visitor (content_api_read.access_by_kind_of_token).
        """
        text = bearer_text(credentials)
        if isinstance(text, Refusal):
            return await self._visitor(session)
        if key := parse_key(text):
            return await self._bearer(session, key)
        now = self._project.clock.now()
        if self._settings.refresh:
            claims = read_token(text, TokenType.ACCESS, self._signing, now)
            return Refusal.UNKNOWN if claims is None else await self._signed_in(session, claims)
        user_claims = read_user(text, self._settings, now)
        return Refusal.UNKNOWN if user_claims is None else await self._user(session, user_claims)

    async def _visitor(self, session: Session) -> Visitor | Refusal:
        """Return anybody; where the public role holds nothing at all, the reference asks for a credential."""
        held = await of_visitor(session, self._abilities.known(_VISITOR))
        ability = None if held is None else self._abilities.ability(_VISITOR, held)
        if held is not None and ability is None:  # forgotten this very moment: all of it comes now
            return await self._visitor(session)
        if held is None or ability is None or not ability.rules:
            return Refusal.NOTHING_SENT
        return Visitor(ability=ability, hooked=held.hooked)

    async def _bearer(self, session: Session, key: Key) -> APITokenBearer | Refusal:
        hashed = digest(key.text, self._project.settings.admin.api_token_salt)
        token = await by_key(session, hashed, self._abilities.known(hashed))
        refusal = _refusal(token, key, self._project.clock.now())
        if refusal is not None or token is None:
            return refusal or Refusal.UNKNOWN
        ability = self._ability_of(hashed, token)
        if ability is None:
            return await self._bearer(session, key)
        return APITokenBearer(
            token_id=token.id, ability=ability, last_used_at=token.last_used_at, hooked=token.held.hooked
        )

    def _ability_of(self, hashed: str, token: TokenAuthority) -> Ability | None:
        if token.type == "full-access":
            return self._abilities.everything
        return self._abilities.reading if token.type == "read-only" else self._abilities.ability(hashed, token.held)

    async def _user(self, session: Session, claims: UserClaims) -> EndUser | Refusal:
        asker = f"user {claims.user_id}"
        user = await by_user(session, claims.user_id, self._abilities.known(asker))
        if user is None or not user.may_sign_in:
            return Refusal.ACCOUNT_CLOSED
        if not claims.is_current(user.password, user.updated_at, self._settings.jwt_secret):
            return Refusal.UNKNOWN
        return self._end_user(asker, user) or await self._user(session, claims)

    async def _signed_in(self, session: Session, claims: Claims) -> EndUser | Refusal:
        asker = f"user {claims.user_id}"
        user = await by_session(session, claims, self._project.clock.now(), self._abilities.known(asker))
        if user is None:
            return Refusal.UNKNOWN
        if not user.may_sign_in:
            return Refusal.ACCOUNT_CLOSED
        return self._end_user(asker, user, claims.session_id) or await self._signed_in(session, claims)

    def _end_user(self, asker: str, user: UserAuthority, session_id: str | None = None) -> EndUser | Refusal | None:
        """Return the end user, who may do nothing without a role; None if what it may do was forgotten."""
        held: Held | None = user.held
        if held is None or user.role_id is None:
            return Refusal.UNKNOWN
        ability = self._abilities.ability(asker, held)
        if ability is None:
            return None
        return EndUser(
            id=user.id,
            document_id=user.document_id,
            username=user.username,
            email=user.email,
            role_id=user.role_id,
            ability=ability,
            session_id=session_id,
            hooked=held.hooked,
        )


def _refusal(token: TokenAuthority | None, key: Key, now: int) -> Refusal | None:
    """Return why a key does not open the Content API; keys of another kind are as unknown as any."""
    if token is None or token.kind not in _KINDS or key.kind not in (None, KeyKind.CONTENT):
        return Refusal.UNKNOWN
    if token.expires_at is not None and token.expires_at <= now:
        return Refusal.EXPIRED
    return None
