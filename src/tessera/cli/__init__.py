"""The command line: one module for each group of commands."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tessera.app import open_project
from tessera.web.server import serve


def main() -> None:
    """Run the command line."""
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else ".")
    opened = open_project(folder, os.environ, "production")
    server = opened.project.settings.server
    serve(opened.application, server.host, server.port, server.limits)
