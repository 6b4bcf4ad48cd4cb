"""Sign-in sessions of end users, where the project keeps them: the same as administrators', apart from theirs."""

from __future__ import annotations

from dataclasses import dataclass, field

from tessera.settings import EndUserSettings, Secret, SessionLifespans


@dataclass(frozen=True, slots=True, kw_only=True)
class EndUserSigning:
    """What the tokens of end users' sessions are signed with."""

    auth_secret: Secret = field(repr=False)
    sessions: SessionLifespans
    algorithm: str = "HS256"


def signing_of(settings: EndUserSettings) -> EndUserSigning:
    """Return what the settings say of sessions."""
    lifespans = SessionLifespans(
        access=settings.access_seconds, idle_refresh=settings.idle_refresh, max_refresh=settings.max_refresh
    )
    return EndUserSigning(auth_secret=settings.jwt_secret, sessions=lifespans)
