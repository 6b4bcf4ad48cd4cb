"""Facts that features announce to each other, within the transaction that makes them true."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; subscribers run in the same transaction, so they all happen or none."""


@dataclass(frozen=True, slots=True)
class UsersDeleted(Event):
    """Administrators are about to be deleted; their rows are still there."""

    user_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RolesOfUserChanged(Event):
    """An administrator has other roles than before."""

    user_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RolePermissionsChanged(Event):
    """Roles hold other permissions than before."""

    role_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LocalesChanged(Event):
    """A locale was added or removed."""

    codes: tuple[str, ...]  # all that there are now


@dataclass(frozen=True, slots=True)
class LocaleRemoved(Event):
    """A locale is being removed; its documents go with it."""

    code: str
