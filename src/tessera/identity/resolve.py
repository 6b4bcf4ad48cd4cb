"""From a credential to a principal: one statement at every request, so that nothing outlives the database's word."""

from __future__ import annotations

from typing import Final

from tessera.engine.session import Session
from tessera.identity.abilities import Abilities
from tessera.identity.authority import Authority, by_grant, by_key, by_session
from tessera.identity.context import Project
from tessera.identity.credentials import Credentials, Refusal, bearer_text
from tessera.identity.jwt import Claims, TokenType, read_token
from tessera.identity.principal import AdminPrincipal, APITokenBearer, SignedIn, TokenBearer
from tessera.identity.secrets import Key, KeyKind, digest, parse_key
from tessera.sql.statement import Statement

_ADMIN: Final = "admin"  # the kind of tokens that open the Admin API
_HOUR: Final = 60 * 60 * 1000  # milliseconds; the use of a token is noted no more often
_TOUCH: Final = (
    "UPDATE strapi_api_tokens SET last_used_at = ?1, updated_at = ?1"
    " WHERE id = ?2 AND (last_used_at IS NULL OR last_used_at <= ?3)"
)


class AdminResolver:
    """Finds out who asks the Admin API; one for each project, since it remembers compiled abilities."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._abilities = Abilities(project)

    async def resolve(self, session: Session, credentials: Credentials) -> AdminPrincipal | Refusal:
        """Return who asks, or why nobody does; whatever is not understood is refused."""
        text = bearer_text(credentials)
        if isinstance(text, Refusal):
            return text
        if key := parse_key(text):
            return await self._bearer(session, key)
        claims = read_token(text, TokenType.ACCESS, self._project.settings.admin, self._project.clock.now())
        return Refusal.UNKNOWN if claims is None else await self._signed_in(session, claims)

    async def _signed_in(self, session: Session, claims: Claims) -> SignedIn | Refusal:
        credential, now = claims.session_id, self._project.clock.now()
        authority = await by_session(session, claims, now, self._abilities.known(credential))
        if authority is None or authority.user is None or not authority.may_sign_in:
            return Refusal.UNKNOWN
        ability = self._abilities.ability(credential, authority.user, authority)
        if ability is None:  # forgotten this very moment: nothing is known any more, so all of it comes now
            return await self._signed_in(session, claims)
        return SignedIn(user=authority.user, session_id=credential, ability=ability, hooked=authority.hooked)

    async def _bearer(self, session: Session, key: Key) -> TokenBearer | Refusal:
        hashed = digest(key.text, self._project.settings.admin.api_token_salt)
        find = by_grant if key.kind is KeyKind.GRANT else by_key
        authority = await find(session, hashed, self._abilities.known(hashed))
        refusal = _refusal(authority, key, self._project.clock.now())
        if refusal is not None or authority is None or authority.token is None or authority.user is None:
            return refusal or Refusal.UNKNOWN
        ability = self._abilities.ability(hashed, authority.user, authority)
        if ability is None:
            return await self._bearer(session, key)
        token = authority.token
        return TokenBearer(
            token_id=token.id,
            owner=authority.user,
            ability=ability,
            last_used_at=token.last_used_at,
            agents_only=key.kind is KeyKind.GRANT,
            hooked=authority.hooked,
        )


def _refusal(authority: Authority | None, key: Key, now: int) -> Refusal | None:
    """Return why a key does not open the Admin API; keys of another kind are as unknown as any."""
    if authority is None or authority.token is None or authority.token.kind != _ADMIN:
        return Refusal.UNKNOWN
    if key.kind not in (None, KeyKind.ADMIN, KeyKind.GRANT) or authority.user is None:
        return Refusal.UNKNOWN
    if authority.token.expires_at is not None and authority.token.expires_at <= now:
        return Refusal.EXPIRED
    return None if authority.may_sign_in else Refusal.OWNER_DEACTIVATED


def is_use_to_be_noted(bearer: TokenBearer | APITokenBearer, now: int) -> bool:
    """Tell whether `note_use` would write anything."""
    return bearer.last_used_at is None or bearer.last_used_at <= now - _HOUR


async def note_use(session: Session, bearer: TokenBearer | APITokenBearer, now: int) -> None:
    """Note that a token was used, at most once an hour; run it when the request has been answered."""
    async with session.transaction():
        await session.execute(Statement(_TOUCH, (now, bearer.token_id, now - _HOUR)))
