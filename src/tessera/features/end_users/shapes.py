"""What the bodies about end users look like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import ConfigDict

from tessera.errors import ValidationError, Violation
from tessera.identity.passwords import LONGEST
from tessera.schema.model import JSON
from tessera.web.fields import Demand, Flag, Id, Object, Rule, Text
from tessera.web.problems import Fault, fault, wrong_kind
from tessera.web.shapes import OpenShape, Shape

_BYTES: Final = Demand(
    lambda text: len(text.encode("utf-8", "surrogatepass")) <= LONGEST,
    f"Password must be less than {LONGEST + 1} bytes",
)
NewPassword = Annotated[str, Text(required=True, later=(_BYTES,))]
Needed = Annotated[str, Text(required=True)]
Address = Annotated[str, Text(email=True, required=True)]
Words = Annotated[str | None, Text(nullable=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleOf(Rule):
    """The role of an end user: its id, its document, or a change as of any relation."""

    kind = "strapiID"

    connects: bool = True  # a change has to name a role

    def is_kind(self, value: JSON) -> bool:
        return Id().is_kind(value)

    def faults(self, value: JSON) -> list[Fault]:
        if isinstance(value, dict):
            return list(self._change_faults(value))
        return [wrong_kind("object", value)] if value is None or isinstance(value, list) else Rule.faults(self, value)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [*Id().schema()["anyOf"], {"type": "object"}]}

    def _change_faults(self, value: dict[str, JSON]) -> Iterator[Fault]:
        for key in ("connect", "disconnect"):
            yield from (_at(found, key) for found in _entry_faults(value.get(key)))
        if self.connects and "connect" not in value:
            yield _at(fault("${path} is a required field"), "connect")
        elif self.connects and not value["connect"]:
            yield _at(fault("Users must have a role", value["connect"]), "connect")
        if value.get("disconnect") and not value.get("connect"):
            yield _at(fault("Cannot remove role", value["disconnect"]), "disconnect")


def _entry_faults(entries: JSON) -> Iterator[Fault]:
    """Yield what is wrong with the roles that a change names."""
    if entries is None:
        return
    if not isinstance(entries, list):
        yield wrong_kind("array", entries)
        return
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict):
            yield _at(wrong_kind("object", entry), index)
        elif entry.get("id") is None and entry.get("documentId") is None:
            yield _at(fault("Relation entry must include an id or documentId", entry), index)


def _at(found: Fault, step: str | int) -> Fault:
    return Fault(found.message, found.value, (step, *found.where))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyPassword(Rule):
    """A password, or nothing where an account has none."""

    kind = "string"

    def is_kind(self, value: JSON) -> bool:
        return True

    def faults(self, value: JSON) -> list[Fault]:
        if value is None or isinstance(value, str):
            return []
        return [fault("Password must be at least 1 character", value)]


class SignInBody(OpenShape):
    """Who signs in."""

    identifier: Needed
    password: Needed


class EndUserRegistration(OpenShape):
    """Who registers; what else may be said depends on the settings."""

    email: Address
    username: Needed
    password: NewPassword


class AddressBody(Shape):
    """Who has forgotten the password."""

    email: Address


class ConfirmationBody(OpenShape):
    """Who wants the link to confirm the address once more."""

    email: Address


class ConfirmationQuery(OpenShape):
    """The token that was sent."""

    confirmation: Needed


class EndUserReset(Shape):
    """A new password, twice, and the code that was sent."""

    password_confirmation: Needed  # told of first, as in the reference
    password: NewPassword
    code: Needed


class PasswordBody(Shape):
    """A new password, twice, and the current one."""

    password_confirmation: Needed  # told of first, as in the reference
    password: NewPassword
    current_password: Needed


class NewEndUserBody(OpenShape):
    """An end user to add; what else the project's type has may stand beside."""

    email: Address
    username: Annotated[str, Text(min=1, required=True)]
    password: Annotated[str, Text(min=1, required=True)]
    role: Annotated[Any, RoleOf()]


class EndUserBody(OpenShape):
    """What is to be different about an end user."""

    email: Annotated[str, Text(email=True, min=1)] = ""
    username: Annotated[str, Text(min=1)] = ""
    password: Annotated[Any, AnyPassword()] = None
    role: Annotated[Any, RoleOf(connects=False)] = None


class RoleBody(OpenShape):
    """A role, with its permissions as they are shown."""

    name: Words = None
    description: Words = None
    permissions: Annotated[dict[str, Any] | None, Object(nullable=True)] = None


class AdvancedBody(OpenShape):
    """Who may register, and how."""

    model_config = ConfigDict(alias_generator=None)

    unique_email: Annotated[bool, Flag()] = True
    allow_register: Annotated[bool, Flag()] = True
    email_confirmation: Annotated[bool, Flag()] = False
    email_reset_password: Words = None
    email_confirmation_redirection: Words = None
    default_role: Annotated[str, Text()] = ""


def refuse_unlike(password: str, confirmation: str) -> None:
    """Refuse a new password that was not sent the same twice."""
    if password != confirmation:
        raise ValidationError.of([Violation(("passwordConfirmation",), "Passwords do not match", confirmation)])


def object_of(body: JSON) -> dict[str, JSON]:
    """Return a body that has been checked; one that was not sent says nothing."""
    return body if isinstance(body, dict) else {}


def filled(body: JSON) -> dict[str, JSON]:
    """Return a body that has anything in it."""
    if not isinstance(body, dict) or not body:
        raise ValidationError("Request body cannot be empty")
    return body
