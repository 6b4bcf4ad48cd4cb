"""Commands about admin tokens; a new key is the only thing on standard output, so that `TOKEN=$(…)` works."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tessera.cli.options import HERE, AsJSON, FolderOption, examples
from tessera.cli.output import say, show, show_json, show_table
from tessera.errors import ValidationError

if TYPE_CHECKING:
    from tessera.cli.keys import NewKey

app = typer.Typer(help="Admin tokens: keys to the Admin API for machines.", no_args_is_help=True)

_COLUMNS: Final = ("id", "name", "owner", "expiresAt", "lastUsedAt", "permissions")
_DAYS: Final = {"7": 7, "30": 30, "90": 90, "unlimited": None}
_READ: Final = "--permission read@api::article.article:title,body"
_SPELLING: Final = (
    "What the token may do, as ACTION, ACTION@TYPE or ACTION@TYPE:FIELD,FIELD. An action is create, read, update,"
    " delete or publish for entries, or an id such as admin::users.read. May be repeated."
)

Token = Annotated[str, typer.Argument(metavar="TOKEN", help="The id or the name of the token.")]


@app.command(
    "create",
    epilog=examples(
        f"TOKEN=$(tessera token create reader --owner nora@example.com {_READ})",
        "tessera token create deploy --owner nora@example.com --permissions deploy.json --days 7",
    ),
)
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the token is called.")],
    *,
    owner: Annotated[str, typer.Option(metavar="EMAIL", help="The address of the administrator that owns the token.")],
    permission: Annotated[list[str] | None, typer.Option(metavar="PERMISSION", help=_SPELLING)] = None,
    permissions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A JSON file with a list of permissions, as the Admin API takes them."),
    ] = None,
    locale: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE", help="A locale that every --permission is limited to; all when left out. May be repeated."
        ),
    ] = None,
    days: Annotated[str, typer.Option(metavar="NUMBER", help="How long it lasts: 7, 30, 90 or unlimited.")] = "30",
    description: Annotated[str, typer.Option(metavar="TEXT", help="What the token is for.")] = "",
    project: FolderOption = HERE,
    as_json: AsJSON = False,
) -> None:
    """
    Create an admin token and print its key, which is shown this once.

    A token may never do more than its owner, now or later. What exceeds the roles of the owner is refused and named.
    """
    if days not in _DAYS:
        raise ValidationError(f"A token lasts {', '.join(_DAYS)} days, not {days}")
    from tessera.cli.keys import Wanted, create_key
    from tessera.cli.opening import work_in
    from tessera.cli.wishes import from_file, from_text

    wishes = [from_text(text, tuple(locale or ())) for text in permission or ()]
    wishes += from_file(permissions) if permissions else []
    wanted = Wanted(name=name, description=description, owner=owner, days=_DAYS[days], wishes=tuple(wishes))
    _show_key(work_in(project, lambda ctx: create_key(ctx, wanted)), as_json=as_json)


@app.command("list", epilog=examples("tessera token list", "tessera token list --json --project my-site"))
def list_tokens(*, project: FolderOption = HERE, as_json: AsJSON = False) -> None:
    """List the admin tokens of everybody; never their keys."""
    from tessera.cli.keys import all_tokens, row
    from tessera.cli.opening import work_in

    found = work_in(project, all_tokens)
    if as_json:
        show_json([each.shown_in_full() for each in found])
    elif not found:
        say("There is no admin token yet; create one with `tessera token create`.")
    else:
        show_table([row(each) for each in found], _COLUMNS)


@app.command("revoke", epilog=examples("tessera token revoke 3", "tessera token revoke reader --json"))
def revoke(token: Token, *, project: FolderOption = HERE, as_json: AsJSON = False) -> None:
    """Delete an admin token; its key stops working with the next request."""
    from tessera.cli.keys import revoke_key
    from tessera.cli.opening import work_in

    gone = work_in(project, lambda ctx: revoke_key(ctx, token))
    if as_json:
        show_json({"id": gone.id, "name": gone.name, "revoked": True})
    else:
        say(f"Revoked the token {gone.name}.")


@app.command("regenerate", epilog=examples("TOKEN=$(tessera token regenerate reader)"))
def regenerate(token: Token, *, project: FolderOption = HERE, as_json: AsJSON = False) -> None:
    """Give an admin token a new key and a new life, and print the key; the old key stops working at once."""
    from tessera.cli.keys import regenerate_key
    from tessera.cli.opening import work_in

    _show_key(work_in(project, lambda ctx: regenerate_key(ctx, token)), as_json=as_json)


def _show_key(made: NewKey, *, as_json: bool) -> None:
    if as_json:
        show_json(made.shown())
        return
    say(f"The key of {made.token.name} (token {made.token.id}) is shown this once:")
    show(made.key)
