"""Files in a folder of this machine: nothing leaves the folder, and nothing that is there is written over."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,254}", re.ASCII)
_SEGMENT: Final = re.compile(r"[^.\x00-\x1f/\\:][^\x00-\x1f/\\:]{0,254}")  # no hidden file, no way up, no Windows drive


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
        if not _NAME.fullmatch(name):
            msg = f"No file may be named {name!r}"
            raise ValueError(msg)
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / name
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
