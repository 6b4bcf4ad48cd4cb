"""The process that serves, as the one that watches sees it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final

from tessera.cli.following import FOLLOWS, read_announcement
from tessera.storage.schema_files import Stamp

_PATIENCE: Final = 15.0  # seconds that it has to end its open requests
_MOST: Final = 65_536  # bytes that are read at once of what it says


class Served:
    """A server of a project folder, below this process."""

    def __init__(self, folder: Path) -> None:
        """Start it. Its standard input ends with this process, even when that is killed."""
        self._heard = b""
        self._line, other = socket.socketpair()
        self._line.setblocking(False)  # noqa: FBT003 - its only parameter
        command = [sys.executable, "-m", "tessera", "develop", "--no-watch", "--", str(folder)]
        with other:
            environment = os.environ | {FOLLOWS: "yes"}
            self._process = subprocess.Popen(command, env=environment, stdin=other.fileno())  # noqa: S603 - this program

    @property
    def exit_code(self) -> int | None:
        """Return how it ended, or None while it runs."""
        return self._process.poll()

    def announced(self) -> dict[Path, Stamp | None]:
        """Return what it said, since the last time, of files that it changes itself."""
        try:
            while piece := self._line.recv(_MOST):
                self._heard += piece
        except (BlockingIOError, ConnectionResetError):
            pass  # it has said no more so far, or it has ended
        *lines, self._heard = self._heard.split(b"\n")
        return {path: stamp for line in lines for path, stamp in read_announcement(line).items()}

    def stop(self) -> None:
        """End it and wait until it has ended."""
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._line.close()
