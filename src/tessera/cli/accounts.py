"""What commands do with administrators: whoever runs them owns the database, so no right is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches

from tessera.cli.opening import find_administrator
from tessera.errors import ApplicationError, NotFoundError
from tessera.features.roles import repository as roles
from tessera.identity.accounts import add_account, change_account, is_email_taken, set_roles
from tessera.identity.administrators import SUPER_ADMIN, Administrator
from tessera.identity.announcing import USER, record
from tessera.identity.context import RequestContext
from tessera.identity.passwords import hash_password
from tessera.identity.sessions import end_sessions
from tessera.sql.statement import Value
from tessera.web.account import NewEmail, NewFirstName, NewPassword
from tessera.web.shapes import Shape, check

__all__ = ["SUPER_ADMIN", "Account", "checked_password", "create_account", "set_password"]


class _PasswordShape(Shape):
    password: NewPassword


class _AccountShape(_PasswordShape):
    email: NewEmail
    firstname: NewFirstName


@dataclass(frozen=True, slots=True)
class Account:
    """Who is to become an administrator; the roles are given by name or code."""

    email: str
    firstname: str
    lastname: str
    password: str
    roles: tuple[str, ...]

    def checked(self) -> Account:
        """Return the account as it is kept, or refuse it with everything that is wrong."""
        asked = {"email": self.email.lower(), "firstname": self.firstname, "password": self.password}
        given = check(_AccountShape, asked)
        return replace(self, email=given.email, firstname=given.firstname)


def checked_password(password: str) -> str:
    """Return a password that is good enough, or refuse it."""
    return check(_PasswordShape, {"password": password}).password


async def create_account(ctx: RequestContext, account: Account) -> Administrator:
    """Add an active administrator."""
    hashed = hash_password(account.password)
    async with ctx.session.transaction():
        if await is_email_taken(ctx.session, account.email):
            raise ApplicationError(f"There is an administrator with the address {account.email} already")
        values: dict[str, Value] = {
            "email": account.email,
            "password": hashed,
            "firstname": account.firstname,
            "lastname": account.lastname,
            "is_active": 1,
        }
        role_ids = [await _role(ctx, name) for name in account.roles]
        user_id = await add_account(ctx.session, values, ctx.now, ctx.project.randomness)
        await set_roles(ctx.session, user_id, list(dict.fromkeys(role_ids)))
        await record(ctx, "user.create", USER, user_id)
        return await find_administrator(ctx, account.email)


async def set_password(ctx: RequestContext, email: str, password: str) -> Administrator:
    """Give an administrator a new password and end its sign-in sessions."""
    hashed = hash_password(password)
    async with ctx.session.transaction():
        user = await find_administrator(ctx, email)
        used: dict[str, Value] = {"reset_password_token": None, "reset_password_token_expires_at": None}
        await change_account(ctx.session, user.id, {"password": hashed, "updated_at": ctx.now, **used})
        await end_sessions(ctx.session, user.id)
        await record(ctx, "user.update", USER, user.id, fields=["password"])
        return await find_administrator(ctx, email)


async def _role(ctx: RequestContext, name: str) -> int:
    known = await roles.roles_where(ctx.session, "1 = 1")
    for role in known:
        if name in (role.code, role.name):
            return role.id
    names = [role.name for role in known]
    close = get_close_matches(name, names, n=1)
    hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(names)}"
    raise NotFoundError(f"There is no role with the name or code {name}; {hint}")
