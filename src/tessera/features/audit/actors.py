"""Who did something, and by which credential, in words and ids that may be kept: never a key, never a session's id."""

from __future__ import annotations

from dataclasses import dataclass

from tessera.identity.principal import (
    AdminUser,
    APITokenBearer,
    EndUser,
    Principal,
    SignedIn,
    System,
    TokenBearer,
    Visitor,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who did something."""

    kind: str
    id: int | None = None
    name: str | None = None
    token_id: int | None = None  # of the credential: its name is looked up where it is recorded
    session_id: str | None = None  # to find the row of the session; not kept itself
    credential: str | None = None


def actor_of(principal: Principal) -> Actor:
    """Return who asks, as the audit log tells it."""
    match principal:
        case SignedIn(user=user, session_id=session):
            return Actor(kind="administrator", id=user.id, name=name_of(user), credential="session", session_id=session)
        case TokenBearer(owner=user, token_id=token):
            return Actor(kind="administrator", id=user.id, name=name_of(user), credential="admin token", token_id=token)
        case APITokenBearer(token_id=token):
            return Actor(kind="api token", credential="api token", token_id=token)
        case EndUser(id=id_, username=name, session_id=session):
            return Actor(kind="end user", id=id_, name=name, credential="session", session_id=session)
        case Visitor():
            return Actor(kind="visitor")
        case System(name=name):
            return Actor(kind="system", name=name)
    return Actor(kind="nobody")


def name_of(user: AdminUser) -> str:
    """Return how an administrator is named in the log."""
    return display_name(user.username, user.firstname, user.lastname, user.email)


def display_name(username: str | None, firstname: str | None, lastname: str | None, email: str) -> str:
    """Return what the reference's audit logs call an administrator."""
    if username:
        return username
    return f"{firstname} {lastname}" if firstname and lastname else email
