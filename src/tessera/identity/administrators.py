"""Administrators as rows: finding them with their roles, and showing them without their secrets."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from tessera.engine.session import Row, Session
from tessera.runtime import iso
from tessera.sql.statement import Statement, Value
from tessera.sql.writes import marks

SUPER_ADMIN = "strapi-super-admin"  # the code of the role that may do everything

_COLUMNS = (
    "id, document_id, firstname, lastname, username, email, is_active, blocked, prefered_language, registration_token, "
    "created_at, updated_at, published_at, locale"
)
_ROLES_AT = 14  # where the columns of a role begin in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleName:
    """A role as it stands beside an administrator."""

    id: int
    name: str
    code: str
    description: str | None

    def shown(self) -> dict[str, Any]:
        """Return the role as clients see it."""
        return {"id": self.id, "name": self.name, "description": self.description, "code": self.code}


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    """An administrator's row and roles; never its password or reset token."""

    id: int
    document_id: str
    firstname: str | None
    lastname: str | None
    username: str | None
    email: str
    is_active: bool
    blocked: bool
    prefered_language: str | None  # spelt as the column is
    registration_token: str | None
    created_at: int
    updated_at: int
    published_at: int | None
    locale: str | None
    roles: tuple[RoleName, ...]

    @property
    def role_ids(self) -> frozenset[int]:
        """Return the ids of the roles."""
        return frozenset(role.id for role in self.roles)

    @property
    def is_super_admin(self) -> bool:
        """Tell whether one of the roles is the super admin's."""
        return any(role.code == SUPER_ADMIN for role in self.roles)

    def shown(self) -> dict[str, Any]:
        """Return the administrator as clients see it, without roles."""
        return {
            "id": self.id,
            "documentId": self.document_id,
            "firstname": self.firstname,
            "lastname": self.lastname,
            "username": self.username,
            "email": self.email,
            "isActive": self.is_active,
            "blocked": self.blocked,
            "preferedLanguage": self.prefered_language,
            "createdAt": iso(self.created_at),
            "updatedAt": iso(self.updated_at),
            "publishedAt": None if self.published_at is None else iso(self.published_at),
            "locale": self.locale,
        }

    def shown_with_roles(self) -> dict[str, Any]:
        """Return the administrator as clients see it, with its roles."""
        return {**self.shown(), "roles": [role.shown() for role in self.roles]}


async def administrator(session: Session, column: str, value: Value) -> Administrator | None:
    """Return the administrator whose column has that value; the column is named by the caller, never by a request."""
    found = await administrators(session, f"{column} = ?1", (value,))
    return found[0] if found else None


async def administrators(session: Session, condition: str, values: tuple[Value, ...] = ()) -> list[Administrator]:
    """Return the administrators that match an SQL condition over the columns of `admin_users`, by id."""
    text = (
        "SELECT u.*, r.id, r.name, r.code, r.description"
        f" FROM (SELECT {_COLUMNS} FROM admin_users WHERE {condition}) u"
        " LEFT JOIN admin_users_roles_lnk l ON l.user_id = u.id LEFT JOIN admin_roles r ON r.id = l.role_id"
        " ORDER BY u.id, l.role_ord, r.id"
    )
    rows = await session.rows(Statement(text, values))
    return [_administrator(list(group)) for _, group in groupby(rows, key=itemgetter(0))]


def having_roles(role_ids: Sized) -> str:
    """Return the condition of administrators who have one of the roles, whose ids are bound first."""
    return f"id IN (SELECT user_id FROM admin_users_roles_lnk WHERE role_id IN ({marks(role_ids)}))"


def _administrator(rows: Sequence[Row]) -> Administrator:
    """Return the administrator of rows that differ in the role only."""
    row = rows[0]
    roles = [each[_ROLES_AT:] for each in rows if each[_ROLES_AT] is not None]
    return Administrator(
        id=row[0],
        document_id=row[1],
        firstname=row[2],
        lastname=row[3],
        username=row[4],
        email=row[5],
        is_active=bool(row[6]),
        blocked=bool(row[7]),
        prefered_language=row[8],
        registration_token=row[9],
        created_at=row[10],
        updated_at=row[11],
        published_at=row[12],
        locale=row[13],
        roles=tuple(RoleName(id=role[0], name=role[1], code=role[2], description=role[3]) for role in roles),
    )
