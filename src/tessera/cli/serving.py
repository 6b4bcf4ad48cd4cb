"""Commands that serve a project: one for working on it, one for production."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from tessera.cli.opening import HERE, Folder
from tessera.cli.output import say

_SERVED: Final = "TESSERA_SERVED"  # set for the process that serves, below the one that watches


def start(folder: Folder = HERE) -> None:
    """Serve a project in production; everything is set by the environment and the files of the project."""
    from tessera.app import open_project  # noqa: PLC0415 - loaded when it is needed, so that other commands start fast
    from tessera.web.server import serve  # noqa: PLC0415

    opened = open_project(folder, os.environ, "production")
    _report((*opened.report.lines(), *opened.project.settings.notes))
    server = opened.project.settings.server
    serve(opened.application, server.host, server.port, server.limits, lambda address: say(f"Listening on {address}"))


def develop(
    folder: Folder = HERE,
    watch: Annotated[bool, typer.Option(help="Start again when a file of the project changes.")] = True,
) -> None:
    """Serve a project while working on it; missing secrets are made, and changes of its files are followed."""
    if watch and _SERVED not in os.environ:
        _watch(folder)
        return
    _serve_development(folder)


def _serve_development(folder: Path) -> None:
    from tessera.app import open_project  # noqa: PLC0415
    from tessera.cli.seeding import seed  # noqa: PLC0415
    from tessera.runtime import SystemRandomness  # noqa: PLC0415
    from tessera.settings import missing_secrets, write_generated_secrets  # noqa: PLC0415
    from tessera.web.server import serve  # noqa: PLC0415

    if missing := missing_secrets(folder, os.environ):
        made = write_generated_secrets(folder, missing, SystemRandomness())
        say(f"Made and wrote into {folder / '.env'}: {', '.join(made)}")
    opened = open_project(folder, os.environ, "develop")
    _report((*opened.report.lines(), *opened.project.settings.notes))
    welcome = seed(opened, folder)
    server = opened.project.settings.server
    serve(opened.application, server.host, server.port, server.limits, lambda address: say(welcome(address)))


def _watch(folder: Path) -> None:
    """Run the server below this process, and run it anew whenever a file of the project changes."""
    from watchfiles import DefaultFilter, watch as changes  # noqa: PLC0415

    command = [sys.executable, "-m", "tessera", "develop", str(folder)]
    environment = os.environ | {_SERVED: "1"}
    watched = [path for path in (folder / "src", folder / "config", folder / ".env") if path.exists()]
    child = subprocess.Popen(command, env=environment)  # noqa: S603 - this very program
    try:
        for changed in changes(*watched, watch_filter=DefaultFilter(), raise_interrupt=False):
            say(f"Starting again: {', '.join(sorted(Path(path).name for _, path in changed))} changed")
            _stop(child)
            child = subprocess.Popen(command, env=environment)  # noqa: S603
    finally:
        _stop(child)


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    child.wait()


def _report(lines: tuple[str, ...]) -> None:
    for line in lines:
        say(line)
