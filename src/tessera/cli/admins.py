"""Commands about administrators; passwords never stand on the command line, where other processes could read them."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Final

import typer

from tessera.cli.options import HERE, AsJSON, FolderOption, examples
from tessera.cli.output import say, show_json, show_table
from tessera.errors import ValidationError

app = typer.Typer(help="Administrators: create them, list them, give them a new password.", no_args_is_help=True)

_PASSWORD: Final = "TESSERA_PASSWORD"  # noqa: S105 - the name of a variable
_COLUMNS: Final = ("id", "email", "firstname", "lastname", "roles", "isActive", "blocked")
_HOW: Final = f"The password is asked for, unless the environment variable {_PASSWORD} holds it."

Email = Annotated[
    str | None,
    typer.Option(metavar="EMAIL", help="The address to sign in with; asked for when left out.", show_default=False),
]


@app.command(
    "create-user",
    epilog=examples(
        "tessera admin create-user --email nora@example.com",
        'TESSERA_PASSWORD="$SECRET" tessera admin create-user --email ci@example.com --role Editor',
    ),
    help=f"Create an administrator who can sign in at once. {_HOW}",
)
def create_user(
    *,
    email: Email = None,
    firstname: Annotated[str, typer.Option(metavar="NAME", help="The first name.")] = "Admin",
    lastname: Annotated[str, typer.Option(metavar="NAME", help="The last name.")] = "",
    role: Annotated[
        list[str] | None,
        typer.Option(metavar="ROLE", help="The name or code of a role; may be repeated.", show_default="Super Admin"),
    ] = None,
    project: FolderOption = HERE,
    as_json: AsJSON = False,
) -> None:
    """Create an administrator who can sign in at once."""
    from tessera.cli.accounts import SUPER_ADMIN, Account, create_account
    from tessera.cli.opening import work_in

    account = Account(_email(email), firstname, lastname, _password(), tuple(role or (SUPER_ADMIN,))).checked()
    made = work_in(project, lambda ctx: create_account(ctx, account))
    roles = " and ".join(each.name for each in made.roles)
    _answer(made.shown_with_roles(), f"{made.email} can sign in now, as {roles}.", as_json=as_json)


@app.command(
    "reset-password",
    epilog=examples("tessera admin reset-password --email nora@example.com"),
    help=f"Give an administrator a new password and sign it out everywhere. {_HOW}",
)
def reset_password(*, email: Email = None, project: FolderOption = HERE, as_json: AsJSON = False) -> None:
    """Give an administrator a new password and sign it out everywhere."""
    from tessera.cli.accounts import checked_password, set_password
    from tessera.cli.opening import work_in

    address, password = _email(email), checked_password(_password())
    changed = work_in(project, lambda ctx: set_password(ctx, address, password))
    words = f"{changed.email} has a new password and is signed out everywhere; its admin tokens go on working."
    _answer(changed.shown_with_roles(), words, as_json=as_json)


@app.command("list", epilog=examples("tessera admin list", "tessera admin list --json --project my-site"))
def list_users(*, project: FolderOption = HERE, as_json: AsJSON = False) -> None:
    """List the administrators with their roles."""
    from tessera.cli.opening import work_in
    from tessera.identity.administrators import administrators

    found = work_in(project, lambda ctx: administrators(ctx.session, "1 = 1"))
    if as_json:
        show_json([user.shown_with_roles() for user in found])
    elif not found:
        say("There is no administrator yet; create one with `tessera admin create-user`.")
    else:
        rows = [{**user.shown(), "roles": ", ".join(role.name for role in user.roles)} for user in found]
        show_table(rows, _COLUMNS)


def _email(given: str | None) -> str:
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise ValidationError("There is nobody to ask for the address; give it with --email")
    asked: str = typer.prompt("E-mail address", err=True)
    return asked


def _password() -> str:
    if given := os.environ.get(_PASSWORD):
        return given
    if not sys.stdin.isatty():
        raise ValidationError(f"There is nobody to ask for the password; set {_PASSWORD}")
    asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return asked


def _answer(value: object, words: str, *, as_json: bool) -> None:
    if as_json:
        show_json(value)
    else:
        say(words)
