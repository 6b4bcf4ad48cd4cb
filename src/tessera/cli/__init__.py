"""The command line: one module for each group of commands."""

from __future__ import annotations

import sys

import typer

from tessera.cli import admins, projects, serving, tokens
from tessera.cli.output import complain
from tessera.errors import ConfigurationError, TesseraError

_UNUSABLE = 2  # the exit code of a project that cannot be used as it is

app = typer.Typer(
    name="tessera",
    help="A headless CMS whose Admin API is safe to hand to machines.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("new")(projects.new)
app.command("develop")(serving.develop)
app.command("start")(serving.start)
app.command("doctor")(projects.doctor)
app.command("openapi")(projects.openapi)
app.add_typer(admins.app, name="admin")
app.add_typer(tokens.app, name="token")


def main() -> None:
    """Run the command line; what goes wrong is said on standard error, in words and with an exit code."""
    try:
        app()
    except ConfigurationError as error:
        complain(error)
        sys.exit(_UNUSABLE)
    except TesseraError as error:
        complain(error)
        sys.exit(1)
