"""
Who is asking.

There are two families that are never mixed: administrators and admin tokens ask the Admin API, API tokens, end users
and visitors the Content API. Besides them there are nobody, and the system itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from tessera.authz.ability import Ability


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminUser:
    """An administrator as the database knows it now; never its password or tokens."""

    id: int
    document_id: str
    email: str
    firstname: str | None
    lastname: str | None
    username: str | None
    role_ids: tuple[int, ...]
    is_super_admin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """An administrator with a sign-in session; acts with all rights of its roles."""

    user: AdminUser
    session_id: str
    ability: Ability
    hooked: bool = True  # False: its own statement has seen that no webhook is turned on


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenBearer:
    """Whoever sends an admin token; `ability` is already the ceiling of token and owner."""

    token_id: int
    owner: AdminUser
    ability: Ability
    last_used_at: int | None = None  # milliseconds since 1970; noted at most once an hour
    agents_only: bool = False  # an OAuth access token: nobody at any door but the MCP server's
    hooked: bool = True  # False: its own statement has seen that no webhook is turned on

    @property
    def user(self) -> AdminUser:
        """Return the owner, whose name stands on what the token makes."""
        return self.owner


@dataclass(frozen=True, slots=True, kw_only=True)
class APITokenBearer:
    """Whoever sends an API token; it belongs to nobody."""

    token_id: int
    ability: Ability
    last_used_at: int | None = None  # milliseconds since 1970; noted at most once an hour
    hooked: bool = True  # False: its own statement has seen that no webhook is turned on


@dataclass(frozen=True, slots=True, kw_only=True)
class EndUser:
    """Somebody who uses the site and has signed in; acts with the rights of its role."""

    id: int
    document_id: str
    username: str
    email: str
    role_id: int
    ability: Ability
    session_id: str | None = None  # where sign-in sessions are kept
    hooked: bool = True  # False: its own statement has seen that no webhook is turned on


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody who uses the site without having signed in; acts with the rights of the public role."""

    ability: Ability
    hooked: bool = True  # False: its own statement has seen that no webhook is turned on


@dataclass(frozen=True, slots=True)
class Anonymous:
    """Nobody in particular; may do what is public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """Work of the server itself (bootstrap, commands), with its own rules and a name for the audit."""

    name: str
    ability: Ability


AdminPrincipal = SignedIn | TokenBearer
ContentPrincipal = APITokenBearer | EndUser | Visitor
Principal = AdminPrincipal | ContentPrincipal | Anonymous | System
