"""What the asking principal may see, as conditions; the only place of the planner that asks for rights."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final, Protocol

from tessera.filters import ALWAYS, NEVER, Filter
from tessera.query.conditions import EVERY, NO, Condition, Granted
from tessera.schema.model import ContentType, Model, Schema
from tessera.schema.naming import FILE

USER: Final = "admin::user"
CREATOR_FIELDS: Final = ("id", "firstname", "lastname", "username", "email", "isActive")

# No answer holds these, whatever the rights (content_manager_entries.requests_that_go_nowhere, field.md F13).
_NEVER_SHOWN: Final = {
    USER: frozenset({"password", "resetPasswordToken", "registrationToken"}),
    "admin::api-token": frozenset({"accessKey", "encryptedKey"}),
    "admin::transfer-token": frozenset({"accessKey"}),
    "admin::session": frozenset({"sessionId", "childId", "deviceId"}),
    "plugin::users-permissions.user": frozenset({"password", "resetPasswordToken", "confirmationToken"}),
}
_HIDDEN_IN_MANAGER: Final = {"plugin::users-permissions.user": frozenset({"provider"})}
_OWN: Final = frozenset({"id", "documentId", "createdAt", "updatedAt", "publishedAt", "locale"})


class Grant(Protocol):
    """A principal's right to read a type: which rows, and which fields of them."""

    @property
    def filter(self) -> Filter:
        """Return what holds for rows that may be read."""
        ...

    def guard(self, field: str) -> Filter:
        """Return what holds for rows, among those that may be read, of which the field may be read."""
        ...


Grants = Callable[[str], Grant | None]


def _all(_: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: its rights by type, and a key that is equal only for equal rights."""

    grants: Grants
    key: Hashable
    drafts: Callable[[str], bool] = _all  # of which types drafts may be read, for those who ask for them
    by_id: bool = False  # related entries are told by their document ids, as agents name them; the key says so too


@dataclass(frozen=True, slots=True)
class Part:
    """Where a component stands: in which content type, and how the paths of its fields begin there."""

    owner: Model
    prefix: str

    def within(self, name: str) -> Part:
        """Return where the components in an attribute of this one stand."""
        return Part(self.owner, f"{self.prefix}{name}.")


@dataclass(frozen=True, slots=True)
class Sight:
    """The rights of a reader as conditions on rows."""

    schema: Schema
    reader: Reader
    private_shown: bool = True  # the content manager shows private attributes, the Content API never

    def rows(self, uid: str) -> Condition | None:
        """Return which rows of a type may be read, or None when none of them may."""
        if uid == FILE:
            return EVERY  # A file is seen with what it illustrates.
        grant = self.reader.grants(uid)
        if grant is None or grant.filter == NEVER:
            return None
        return granted(grant.filter)

    def guard(self, model: Model, name: str, part: Part | None = None) -> Condition:
        """
        Return in which readable rows of a content type a field may be read; it says nothing of other rows.

        The field may be one of a component, which is then a part of the content type.
        """
        if not self.is_shown(model, name):
            return NO
        if part is None and (name in _OWN or model.uid == FILE):
            return EVERY
        owner, path = (model, name) if part is None else (part.owner, f"{part.prefix}{name}")
        grant = self.reader.grants(owner.uid)
        return NO if grant is None else granted(grant.guard(path))

    def asked(self, model: Model, name: str, part: Part | None = None) -> Condition:
        """Return in which readable rows a field may be asked about in a filter, sort or search."""
        if model.uid == USER and name not in (*CREATOR_FIELDS, "documentId"):
            return NO
        return self.guard(model, name, part)

    def is_shown(self, model: Model, name: str) -> bool:
        """Tell whether an attribute can be in an answer at all."""
        attribute = model.attributes.get(name)
        if attribute is None:
            return name == "id" or (name == "documentId" and isinstance(model, ContentType))
        if attribute.type == "password" or name in _NEVER_SHOWN.get(model.uid, ()):
            return False
        if not self.private_shown:
            return not attribute.private
        return name not in _HIDDEN_IN_MANAGER.get(model.uid, ())


def granted(filter_: Filter) -> Condition:
    """Return a rule's filter as a condition."""
    if filter_ == ALWAYS:
        return EVERY
    return NO if filter_ == NEVER else Granted(filter_)
