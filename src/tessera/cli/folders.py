"""Project folders on disk: telling whether one is there, and making a new one."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from tessera.errors import ApplicationError, ConfigurationError

_SIGNS: Final = ("src", "config", ".env")
_HIDDEN: Final = "dot-"  # how the template spells the dot of a name


def require_project(folder: Path) -> Path:
    """Return the folder if it looks like a project; nothing is opened or written anywhere else."""
    if not folder.is_dir():
        raise ConfigurationError(f"There is no folder {folder}")
    if not any((folder / sign).exists() for sign in _SIGNS):
        raise ConfigurationError(
            f"{_shown(folder)} is no project: it has no src, config or .env. Make one with `tessera new FOLDER`."
        )
    return folder


def make_project_folder(folder: Path) -> None:
    """Make a folder with one content type; what is there already is never touched."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ApplicationError(f"{folder} is there already and is not empty")
        _copy(resources.files("tessera.cli") / "template", folder)
    except OSError as error:
        raise ApplicationError(f"{folder} cannot be made: {error.strerror}") from error


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for item in source.iterdir():
        name = item.name
        if name.startswith(_HIDDEN):
            name = f".{name.removeprefix(_HIDDEN)}"
        if item.is_dir():
            _copy(item, target / name)
        else:
            (target / name).write_bytes(item.read_bytes())


def _shown(folder: Path) -> str:
    return f"The folder {folder.resolve()}" if folder == Path() else str(folder)
