"""Files in a folder of this machine: nothing leaves the folder, and nothing that is there is written over by chance."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,254}", re.ASCII)
_SEGMENT: Final = re.compile(r"[^.\x00-\x1f/\\:][^\x00-\x1f/\\:]{0,254}")  # no hidden file, no way up, no Windows drive
_STAGING: Final = ".incoming-"  # hidden, so that nobody is served what is not kept yet
_PIECE: Final = 1024 * 1024
_MODE: Final = 0o644


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file as it was found."""

    path: Path
    size: int
    modified: int  # milliseconds since 1970


@dataclass(frozen=True, slots=True)
class Local:
    """The files of one folder, which is made with the first of them."""

    folder: Path

    def add(self, name: str, content: bytes) -> None:
        """Keep a new file; raises FileExistsError rather than touch one that is there."""
        path = self._path(name)
        self.folder.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                path.unlink()
                raise

    def find(self, path: str) -> StoredFile | None:
        """Return the file at a path below the folder; what is hidden or lies elsewhere is not found."""
        segments = path.split("/")
        if not all(_SEGMENT.fullmatch(segment) for segment in segments):
            return None
        try:
            root = self.folder.resolve(strict=True)
            found = root.joinpath(*segments).resolve(strict=True)
        except OSError:
            return None
        if not found.is_relative_to(root) or not found.is_file():
            return None
        known = found.stat()
        return StoredFile(path=found, size=known.st_size, modified=known.st_mtime_ns // 1_000_000)

    def remove(self, name: str) -> None:
        """Delete a file; one that is not there is no error, and a name that no file has here deletes nothing."""
        if _NAME.fullmatch(name):
            (self.folder / name).unlink(missing_ok=True)

    def takes(self, name: str) -> bool:
        """Tell whether a file may have a name here; those of databases that others have written may be odd."""
        return _NAME.fullmatch(name) is not None

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """Open a hidden folder for files on their way in; whatever is still in it at the end is deleted."""
        self.folder.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=_STAGING, dir=self.folder))
        try:
            yield staged
        finally:
            shutil.rmtree(staged, ignore_errors=True)

    @contextmanager
    def moving(self) -> Iterator[Moves]:
        """Put files into their places; all of them go back when the work that needs them fails."""
        moves = Moves(self)
        try:
            yield moves
        except BaseException:
            moves.undo()
            raise

    def forget_staged(self, older_than: float) -> None:
        """Delete what a crash has left behind on its way in; the bound is in seconds since 1970."""
        for left in self.folder.glob(f"{_STAGING}*"):
            if left.is_dir() and not left.is_symlink() and left.stat().st_mtime < older_than:
                shutil.rmtree(left, ignore_errors=True)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            msg = f"No file may be named {name!r}"
            raise ValueError(msg)
        return self.folder / name


@dataclass(slots=True)
class Moves:
    """Files that have been put into their places, and those that they took the place of."""

    local: Local
    _added: list[Path] = field(default_factory=list)
    _replaced: list[tuple[Path, Path]] = field(default_factory=list)  # a place, and where its old file is kept

    def add(self, staged: Path, name: str) -> None:
        """Keep a staged file under a new name; raises FileExistsError rather than touch one that is there."""
        path = self.local._path(name)  # noqa: SLF001 - the two are one thing
        if path.exists():
            raise FileExistsError(name)
        staged.replace(path)
        self._added.append(path)

    def replace(self, staged: Path, name: str) -> None:
        """Let a staged file take the place of another one, which stays beside it until the end of the staging."""
        path = self.local._path(name)  # noqa: SLF001
        if not path.exists():
            self.add(staged, name)
            return
        kept = staged.with_name(f"old-{staged.name}")
        shutil.copy2(path, kept)
        self._replaced.append((path, kept))
        staged.replace(path)

    def undo(self) -> None:
        """Put everything back as it was."""
        for path in self._added:
            path.unlink(missing_ok=True)
        for path, kept in self._replaced:
            kept.replace(path)


def write_staged(source: BinaryIO, path: Path) -> int:
    """Copy a stream into a staged file, piece by piece, and return how long it is; it is on the disk then."""
    source.seek(0)
    with path.open("xb") as file:
        shutil.copyfileobj(source, file, _PIECE)
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
    path.chmod(_MODE)
    return size
