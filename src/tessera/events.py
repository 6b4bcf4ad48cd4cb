"""Facts that features announce to each other, within the transaction that makes them true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentVersion:
    """One locale of a document that was written."""

    document_id: str
    locale: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsChanged(Event):
    """
    Documents of one type were written, or are about to lose rows: those of a deletion are still there.

    The action is named as in the reference's webhooks: `entry.create`, `entry.update`, `entry.publish`…
    """

    uid: str
    action: str
    versions: tuple[DocumentVersion, ...]
    before: str | None = None  # what the same request did to them first, such as the saving of what it publishes

    @property
    def steps(self) -> tuple[str, ...]:
        """Return all that was done, in order."""
        return (self.action,) if self.before is None else (self.before, self.action)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesChanged(Event):
    """
    Files were added or changed, or are about to be deleted: then their rows are still there.

    The action is named as in the reference's webhooks: `media.create`, `media.update`, `media.delete`.
    """

    action: str
    ids: tuple[int, ...]


class Outcome(Enum):
    """How something that is recorded ended."""

    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What something was done to: its id, and its locale where that matters."""

    id: str
    locale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Event):
    """Something that belongs into the audit log; `details` never hold a secret."""

    action: str  # such as `role.create`
    subject: str | None = None  # the content type, or what else it was done to
    targets: tuple[Target, ...] = ()
    before: str | None = None  # what the same request did to them first
    outcome: Outcome = Outcome.DONE
    administrator_id: int | None = None  # who it was, where the request itself proved it
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCalled(Event):
    """An agent has called a tool; what it changed is recorded besides, with the change."""

    tool: str
    outcome: Outcome
    subject: str | None = None  # the content type, where it is known
    document_id: str | None = None
    locale: str | None = None
    dry_run: bool = False
    reason: str | None = None  # the name of the error that refused it
