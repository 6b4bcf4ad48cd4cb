"""The settings of end users that administrators change, as the settings table keeps them (database.md §10)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from tessera.engine.session import Session
from tessera.engine.store import get_value, set_value
from tessera.identity.content_authority import ADVANCED

_PROVIDERS: Final = "plugin_users-permissions_grant"
_TEMPLATES: Final = "plugin_users-permissions_email"
_LOCAL: Final = "email"  # the provider that is an address and a password


@dataclass(frozen=True, slots=True, kw_only=True)
class Advanced:
    """Who may register, and how; the defaults are a new project's."""

    unique_email: bool = True
    allow_register: bool = True
    email_confirmation: bool = False
    email_reset_password: str | None = None  # the page of the site where a new password is chosen
    email_confirmation_redirection: str | None = None
    default_role: str | None = "authenticated"

    @classmethod
    def of(cls, value: Any) -> Advanced:  # noqa: ANN401 - any JSON
        """Return stored settings; what is not stored, or no value of its kind, is as in a new project."""
        stored = value if isinstance(value, dict) else {}
        return cls(**{name: stored[name] for name in asdict(cls()) if name in stored and _fits(name, stored[name])})

    def shown(self) -> dict[str, Any]:
        """Return the settings as they are stored and shown."""
        return asdict(self)


def _fits(name: str, value: Any) -> bool:  # noqa: ANN401 - any JSON
    if isinstance(getattr(Advanced(), name), bool):
        return isinstance(value, bool)
    return isinstance(value, str) or (value is None and name != "default_role")


NAMES: Final = tuple(each.name for each in fields(Advanced))


async def read_advanced(session: Session) -> Advanced:
    """Return the settings as they stand."""
    return Advanced.of(await get_value(session, ADVANCED))


async def write_advanced(session: Session, advanced: Advanced) -> None:
    """Keep settings, in the open transaction."""
    await set_value(session, ADVANCED, advanced.shown())


async def read_templates(session: Session) -> dict[str, Any]:
    """Return the templates of messages as they are stored."""
    stored = await get_value(session, _TEMPLATES)
    return stored if isinstance(stored, dict) else {}


async def write_templates(session: Session, templates: dict[str, Any]) -> None:
    """Keep templates of messages, in the open transaction."""
    await set_value(session, _TEMPLATES, templates)


async def signs_in_locally(session: Session) -> bool:
    """Tell whether an address and a password let in; unless it was switched off, they do."""
    stored = await get_value(session, _PROVIDERS)
    local = stored.get(_LOCAL) if isinstance(stored, dict) else None
    return not isinstance(local, dict) or bool(local.get("enabled", True))


async def write_local(session: Session, *, enabled: bool) -> None:
    """Let an address and a password let in, or not; what is stored of other providers stays as it is."""
    stored = await get_value(session, _PROVIDERS)
    providers = stored if isinstance(stored, dict) else {}
    await set_value(session, _PROVIDERS, {**providers, _LOCAL: {"icon": "envelope", "enabled": enabled}})


async def has_providers(session: Session) -> bool:
    """Tell whether anything is stored of providers."""
    return await get_value(session, _PROVIDERS) is not None
