"""Commands about project folders: a new one, its health, its description."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tessera.cli.options import HERE, AsJSON, Folder, examples
from tessera.cli.output import say, show, show_json

_UNUSABLE = 2


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make.")], *, as_json: AsJSON = False
) -> None:
    """Make a new project folder, with one content type."""
    from tessera.cli.folders import make_project_folder
    from tessera.runtime import SystemRandomness
    from tessera.settings import missing_secrets, write_generated_secrets

    make_project_folder(folder)
    write_generated_secrets(folder, missing_secrets(folder, {}), SystemRandomness())
    if as_json:
        show_json({"folder": str(folder.resolve())})
        return
    say(f"Made {folder}, with one content type in src/api and secrets in .env. Next:")
    say(f"  tessera admin create-user --project {folder}\n  tessera develop {folder}")


def doctor(folder: Folder = HERE, *, as_json: AsJSON = False) -> None:
    """
    Check a project and say what to do.

    Looks at the content types, the settings and the database, and changes nothing. Ends with 2 where something has to
    be put right.
    """
    from tessera.cli.examining import examine

    findings = examine(folder)
    if as_json:
        show_json([each.shown() for each in findings])
    else:
        for each in findings:
            show(each.line())
    if not all(each.ok for each in findings):
        raise typer.Exit(_UNUSABLE)


def openapi(folder: Folder = HERE) -> None:
    """Print the OpenAPI document of the Admin API."""
    from tessera.app import VERSION, all_routes
    from tessera.cli.folders import require_project
    from tessera.web.openapi import document

    name = require_project(folder).resolve().name
    show_json(document(all_routes(), f"Tessera Admin API of {name}", VERSION))


def add_to(app: typer.Typer) -> None:
    """Add the commands, each with examples."""
    app.command("new", epilog=examples("tessera new my-site"))(new)
    app.command("doctor", epilog=examples("tessera doctor", "tessera doctor my-site --json"))(doctor)
    app.command("openapi", epilog=examples("tessera openapi my-site > openapi.json"))(openapi)
