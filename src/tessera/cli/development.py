"""The server of `tessera develop`: a project is opened, filled if it is new, and served."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tessera.app import open_project
from tessera.cli.following import announce, end_with_watcher
from tessera.cli.output import say, show
from tessera.cli.report import told
from tessera.cli.seeding import seed
from tessera.cli.watching import make_missing_secrets
from tessera.cli.welcome import Welcome
from tessera.web.server import listen, serve


def serve_development(folder: Path) -> None:
    """Serve a project until this process is told to stop."""
    end_with_watcher()
    make_missing_secrets(folder)
    opened = open_project(folder, os.environ, "develop", announce)
    for line in (*told(opened.report), *opened.project.settings.notes):
        say(line)
    server = opened.project.settings.server
    # A seed shows its key once, so it is not begun when the address is taken.
    listen(server.host, server.port).close()
    welcome = seed(opened, folder)
    with _told(welcome, opened.project.settings.url) as tell:
        serve(opened.application, server.host, server.port, server.limits, tell)


@contextmanager
def _told(welcome: Welcome, url: str) -> Iterator[Callable[[str], None]]:
    """Show the welcome when the server listens, or at the end: what is shown once must be shown."""
    addresses: list[str] = []

    def tell(address: str) -> None:
        addresses.append(address)
        show(welcome.words(address))

    try:
        yield tell
    finally:
        if not addresses and welcome.is_first:
            show(welcome.words(url))
