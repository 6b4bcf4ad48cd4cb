"""Commands that serve a project: one for working on it, one for production."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from tessera.cli.options import HERE, Folder, examples
from tessera.cli.output import say


def start(folder: Folder = HERE) -> None:
    """
    Serve a project in production.

    Everything is set by the environment and the files of the project; what is missing is named, and nothing is
    served. Ends cleanly on SIGTERM and Ctrl-C, after the requests that are open.
    """
    from tessera.app import open_project
    from tessera.cli.folders import require_project
    from tessera.cli.report import told
    from tessera.web.server import serve

    opened = open_project(require_project(folder), os.environ, "production")
    for line in (*told(opened.report), *opened.project.settings.notes):
        say(line)
    server = opened.project.settings.server
    serve(opened.application, server.host, server.port, server.limits, lambda address: say(f"Listening on {address}"))


def develop(
    folder: Folder = HERE,
    *,
    watch: Annotated[bool, typer.Option(help="Start again when a file of the project changes.")] = True,
) -> None:
    """
    Serve a project while working on it.

    Secrets that are missing are made and written into .env. When a content type, a component, a setting or .env
    changes, the server starts again. A folder `seed` fills an empty database.
    """
    from tessera.cli.folders import require_project
    from tessera.cli.watching import serve_and_watch

    require_project(folder)
    if watch:
        raise typer.Exit(serve_and_watch(folder))
    _serve(folder)


def _serve(folder: Path) -> None:
    from tessera.cli.development import serve_development

    serve_development(folder)


def add_to(app: typer.Typer) -> None:
    """Add the commands, each with examples."""
    app.command("develop", epilog=examples("tessera develop my-site", "PORT=8080 tessera develop my-site"))(develop)
    app.command("start", epilog=examples("tessera start", "HOST=0.0.0.0 PORT=80 tessera start /srv/site"))(start)
