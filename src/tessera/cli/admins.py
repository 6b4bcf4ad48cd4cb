"""Commands about administrators."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from tessera.cli.opening import HERE, FolderOption, work_in
from tessera.cli.output import AsJSON, say, show_json, show_rows
from tessera.errors import ApplicationError, NotFoundError, ValidationError
from tessera.identity.accounts import add_account, change_account, is_email_taken, set_roles
from tessera.identity.administrators import SUPER_ADMIN, Administrator, administrator, administrators
from tessera.identity.context import RequestContext
from tessera.identity.passwords import hash_password
from tessera.sql.statement import Statement
from tessera.identity.password_rules import broken_rules

app = typer.Typer(help="Administrators: create them, list them, give them a new password.", no_args_is_help=True)

Email = Annotated[str, typer.Option(prompt=True, help="The address that the administrator signs in with.")]
Password = Annotated[
    str,
    typer.Option(
        prompt=True,
        hide_input=True,
        confirmation_prompt=True,
        envvar="TESSERA_PASSWORD",
        help="The password; asked for when it is not given.",
    ),
]
_COLUMNS: Final = ("id", "email", "firstname", "lastname", "isActive", "roles")


@app.command("create-user")
def create_user(
    email: Email,
    password: Password,
    firstname: Annotated[str, typer.Option(help="The first name.")] = "Admin",
    lastname: Annotated[str | None, typer.Option(help="The last name.")] = None,
    role: Annotated[str, typer.Option(help="The code or the name of the role.")] = SUPER_ADMIN,
    project: FolderOption = HERE,
    as_json: AsJSON = False,
) -> None:
    """Create an administrator who can sign in at once."""
    _check(password)
    names = (firstname, lastname)
    made = work_in(project, lambda ctx: create_account(ctx, email.lower(), password, names, [role]))
    _show(made, f"{made.email} can sign in now.", as_json=as_json)


@app.command("reset-password")
def reset_password(email: Email, password: Password, project: FolderOption = HERE, as_json: AsJSON = False) -> None:
    """Give an administrator a new password, and end its sign-in sessions."""
    _check(password)
    changed = work_in(project, lambda ctx: _reset(ctx, email.lower(), password))
    _show(changed, f"{changed.email} has a new password and is signed out everywhere.", as_json=as_json)


@app.command("list")
def list_users(project: FolderOption = HERE, as_json: AsJSON = False) -> None:
    """List the administrators."""
    found = work_in(project, lambda ctx: administrators(ctx.session, "1 = 1"))
    rows = [{**user.shown(), "roles": ", ".join(role.name for role in user.roles)} for user in found]
    show_rows([user.shown_with_roles() for user in found] if as_json else rows, _COLUMNS, as_json=as_json)


async def create_account(
    ctx: RequestContext, email: str, password: str, names: tuple[str, str | None], roles: list[str]
) -> Administrator:
    """Add an active administrator with roles that are named by code or name."""
    hashed = hash_password(password)
    async with ctx.session.transaction():
        if await is_email_taken(ctx.session, email):
            raise ApplicationError(f"There is an administrator with the address {email} already")
        values = {"email": email, "password": hashed, "firstname": names[0], "lastname": names[1], "is_active": 1}
        user_id = await add_account(ctx.session, values, ctx.now, ctx.project.randomness)
        await set_roles(ctx.session, user_id, [await _role(ctx, role) for role in roles])
        return await _found(ctx, email)


async def _reset(ctx: RequestContext, email: str, password: str) -> Administrator:
    hashed = hash_password(password)
    async with ctx.session.transaction():
        user = await _found(ctx, email)
        await change_account(ctx.session, user.id, {"password": hashed, "updated_at": ctx.now})
        ended = "DELETE FROM strapi_sessions WHERE user_id = ?1 AND origin = 'admin'"
        await ctx.session.execute(Statement(ended, (str(user.id),)))
        return await _found(ctx, email)


async def _role(ctx: RequestContext, name: str) -> int:
    text = "SELECT id FROM admin_roles WHERE code = ?1 OR name = ?1 ORDER BY code = ?1 DESC"
    found: int | None = await ctx.session.scalar(Statement(text, (name,)))
    if found is None:
        raise NotFoundError(f"There is no role with the code or name {name}")
    return found


async def _found(ctx: RequestContext, email: str) -> Administrator:
    user = await administrator(ctx.session, "email", email)
    if user is None:
        raise NotFoundError(f"There is no administrator with the address {email}")
    return user


def _check(password: str) -> None:
    if broken := broken_rules(password):
        raise ValidationError("The password " + ", ".join(broken))


def _show(user: Administrator, words: str, *, as_json: bool) -> None:
    if as_json:
        show_json(user.shown_with_roles())
    else:
        say(words)
