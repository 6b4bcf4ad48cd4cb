"""Fields of bodies about administrators, the same wherever they are sent."""

from __future__ import annotations

from typing import Annotated, Final

from typing_extensions import TypedDict

from tessera.identity.password_rules import RULES
from tessera.schema.model import JSON
from tessera.web.envelopes import Row
from tessera.web.fields import Demand, Flag, Text

_PASSWORD: Final = tuple(Demand(rule.holds, "${path} " + rule.message) for rule in RULES)

Email = Annotated[str, Text(email=True, lower=True)]
NewEmail = Annotated[str, Text(email=True, lower=True, required=True)]
FirstName = Annotated[str, Text(trim=True, min=1)]
NewFirstName = Annotated[str, Text(trim=True, min=1, required=True)]
LastName = Annotated[str | None, Text(nullable=True)]
Username = Annotated[str | None, Text(min=1, nullable=True)]
Language = Annotated[str | None, Text(nullable=True)]
Password = Annotated[str, Text(tests=_PASSWORD)]
NewPassword = Annotated[str, Text(tests=_PASSWORD, required=True)]
DeviceId = Annotated[str, Text(uuid=True)]
RememberMe = Annotated[bool, Flag()]


def with_lower_email(body: JSON, absent: str | None = None) -> JSON:
    """Return a body with its address in lower case, as addresses are kept; `absent` stands in for a missing one."""
    if not isinstance(body, dict):
        return body
    email = body.get("email", absent)
    return {**body, "email": email.lower()} if isinstance(email, str) else body


class RoleOfAccount(TypedDict):
    """A role, as one of an administrator."""

    id: int
    name: str
    description: str | None
    code: str


class Account(Row):
    """An administrator."""

    firstname: str | None
    lastname: str | None
    username: str | None
    email: str
    isActive: bool
    blocked: bool
    preferedLanguage: str | None
    locale: str | None


class AccountWithRoles(Account):
    """An administrator and its roles."""

    roles: list[RoleOfAccount]
