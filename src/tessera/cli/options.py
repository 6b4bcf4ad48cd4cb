"""What commands have in common: the folder of a project, answers as JSON, and examples below the help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

Folder = Annotated[
    Path,
    typer.Argument(metavar="[FOLDER]", help="The project folder; the current one by default.", show_default=False),
]
FolderOption = Annotated[
    Path,
    typer.Option(
        "--project", "-p", metavar="FOLDER", help="The project folder; the current one by default.", show_default=False
    ),
]
AsJSON = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
HERE: Final = Path()


def examples(*lines: str) -> str:
    """Return examples as they stand at the end of a command's help, each on its own line."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
