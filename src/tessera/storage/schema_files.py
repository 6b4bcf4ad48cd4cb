"""Changing schema files of a project: all of them or none, and only inside its `src`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final
from uuid import uuid4

from tessera.errors import ConfigurationError

Stamp = tuple[int, int]  # when a file was changed, in nanoseconds, and its size
Announce = Callable[[Mapping[Path, Stamp | None]], None]

_SOURCES: Final = "src"
_PARTS: Final = ("controllers", "routes", "services", "content-types", "documentation", "policies", "middlewares")


@dataclass(slots=True)
class Replacement:
    """Files that have been put in the place of others, which are kept until it is clear that the new ones stay."""

    before: dict[Path, Path | None] = field(default_factory=dict)  # where the old file is kept, None for a new one
    folders: list[Path] = field(default_factory=list)  # that were made for it

    def keep(self) -> None:
        """Let the old files go."""
        for kept in filter(None, self.before.values()):
            kept.unlink()
            _remove_empty(kept.parent)

    def undo(self) -> None:
        """Put everything back as it was; nothing has to be written for that."""
        for path, kept in self.before.items():
            if kept is None:
                path.unlink(missing_ok=True)
            else:
                kept.replace(path)
        for folder in reversed(self.folders):
            _remove_empty(folder, above=False)


def replace_files(
    folder: Path, writes: Mapping[str, str], removals: Iterable[str], announce: Announce = lambda _: None
) -> Replacement:
    """
    Write and remove files by their paths within a project; what cannot be done is undone, and raised.

    Whoever watches the folder is told before anything is changed, so that it knows these changes when it sees them.
    """
    done, staged = Replacement(), dict[Path, Path]()
    try:
        for name, text in writes.items():
            path = inside(folder, name)
            done.folders += _make_folders(path.parent)
            staged[path] = _write_beside(path, text.encode())
        gone = [path for name in removals if (path := inside(folder, name)).exists()]
        announce({**{path: stamp_of(new) for path, new in staged.items()}, **dict.fromkeys(gone)})
        for path, new in staged.items():
            done.before[path] = _exchange(path, new)
        for path in gone:
            kept = _beside(path)
            path.replace(kept)
            done.before[path] = kept
    except BaseException:
        for new in staged.values():
            new.unlink(missing_ok=True)
        done.undo()
        raise
    return done


def inside(folder: Path, name: str) -> Path:
    """Return a path within the sources of a project; refuses one that leads out, also through a link."""
    sources = folder / _SOURCES
    parts = PurePosixPath(name).parts
    path = folder.joinpath(*parts)
    is_plain = parts[:1] == (_SOURCES,) and len(parts) > 1 and all(part not in ("..", ".") for part in parts)
    if not is_plain or path.is_symlink() or not path.parent.resolve().is_relative_to(sources.resolve()):
        raise ConfigurationError(f"{name} is not a file of the project's sources")
    return path


def companions(folder: Path, api: str, name: str) -> list[str]:
    """Return the files of an API that carry the name of a content type: the code that the reference needs for it."""
    home = folder / _SOURCES / "api" / api
    found = (path for part in _PARTS for path in (home / part).rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path.relative_to(folder).as_posix() for path in found if path.stem == name)


def stamp_of(path: Path) -> Stamp:
    """Return what tells one state of a file from the next."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _write_beside(path: Path, content: bytes) -> Path:
    """Write a file that is to take the place of another one, safely on the disk before it does."""
    written = _beside(path)
    try:
        with written.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            written.chmod(path.stat().st_mode)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    return written


def _exchange(path: Path, new: Path) -> Path | None:
    """Put a file in the place of another one, and return where that is kept; None when there was none."""
    if not path.exists():
        new.replace(path)
        return None
    kept = _beside(path)
    try:
        shutil.copy2(path, kept)
        new.replace(path)
    except BaseException:
        kept.unlink(missing_ok=True)
        raise
    return kept


def _beside(path: Path) -> Path:
    """Return a new name next to a file; it is hidden, and no schema file is called like it."""
    return path.with_name(f".{path.name}.{uuid4().hex}")


def _make_folders(folder: Path) -> list[Path]:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _remove_empty(folder: Path, *, above: bool = True) -> None:
    """Remove a folder that has become empty, and those above it that become so, up to the sources."""
    while folder.name != _SOURCES and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        if not above:
            return
        folder = folder.parent
