"""The command line: one module for each group of commands; what a command needs is loaded when it runs."""

from __future__ import annotations

import sys
from importlib import metadata
from typing import Annotated

import typer

from tessera.cli import admins, projects, serving, tokens
from tessera.cli.options import examples
from tessera.cli.output import complain, show
from tessera.errors import ConfigurationError, TesseraError

REFUSED = 1
UNUSABLE = 2  # the exit code of a project, or of a command line, that cannot be used as it is

app = typer.Typer(
    name="tessera",
    help="A headless CMS whose Admin API is safe to hand to machines.",
    epilog=examples("tessera new my-site", "tessera develop my-site", "tessera admin create-user --project my-site"),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help starts fast and keeps examples as they are written
    add_completion=False,
)
for group in (projects, serving):
    group.add_to(app)
app.add_typer(admins.app, name="admin")
app.add_typer(tokens.app, name="token")


def _show_version(asked: bool) -> None:  # noqa: FBT001 - called by the option
    if asked:
        show(metadata.version("tessera"))
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; what goes wrong is said on standard error, in words and with an exit code."""
    try:
        app()
    except ConfigurationError as error:
        complain(error)
        sys.exit(UNUSABLE)
    except TesseraError as error:
        complain(error)
        sys.exit(REFUSED)
