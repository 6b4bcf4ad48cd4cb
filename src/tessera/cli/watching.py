"""Serving in a process below this one, which is started again whenever a file of the project changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from tessera.cli.output import say
from tessera.runtime import SystemRandomness
from tessera.settings import missing_secrets, write_generated_secrets

_FOLLOWS: Final = "TESSERA_FOLLOWS"  # set for a server that ends when its standard input does
_FILES: Final = ("src/**/*.json", "config/*.toml", ".env")
_PAUSE: Final = 0.25  # seconds between two looks
_PATIENCE: Final = 15.0  # seconds that a server has to end its open requests
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)

Look = Mapping[Path, tuple[int, int]]  # when each file was changed, and its size


def serve_and_watch(folder: Path) -> int:
    """Serve until a signal comes or the first start fails, and return the exit code; no process stays behind."""
    with _noticing_signals() as is_over:
        server = _Server(folder)
        try:
            return _watch(folder, server, is_over)
        finally:
            server.stop()


def make_missing_secrets(folder: Path) -> None:
    """Write a new secret into `.env` for each that the project needs and does not have."""
    if missing := missing_secrets(folder, os.environ):
        made = write_generated_secrets(folder, missing, SystemRandomness())
        say(f"Made {', '.join(made)} and wrote them into {folder / '.env'}.")


def end_with_parent() -> None:
    """End this process when the one that watches does, however that ended."""
    if os.environ.get(_FOLLOWS):
        threading.Thread(target=_wait_for_parent, daemon=True).start()


class _Flag:
    """Raised by a signal; a plain attribute, since locks have no place in a signal handler."""

    def __init__(self) -> None:
        self.is_up = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.is_up = True


class _Server:
    """The process that serves."""

    def __init__(self, folder: Path) -> None:
        self._command = [sys.executable, "-m", "tessera", "develop", "--no-watch", "--", str(folder)]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def exit_code(self) -> int | None:
        """Return how the process ended, or None while it runs."""
        return self._process.poll() if self._process else None

    def start(self) -> None:
        """Start the process. Its standard input ends with this process, even when that is killed."""
        environment = os.environ | {_FOLLOWS: "yes"}
        self._process = subprocess.Popen(self._command, env=environment, stdin=subprocess.PIPE)  # noqa: S603 - this program

    def stop(self) -> None:
        """End the process and wait for it."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _watch(folder: Path, server: _Server, is_over: _Flag) -> int:
    has_changed, is_told = False, False
    seen = _begin(folder, server)
    while not is_over.is_up:
        time.sleep(_PAUSE)
        if server.exit_code is not None and not has_changed:
            return server.exit_code
        if server.exit_code is not None and not is_told:
            say("Waiting for a change.")
            is_told = True
        if (now := _look(folder)) != seen:
            say(f"Starting again, since {_names(seen, _settled(folder, now))} changed.")
            server.stop()
            seen = _begin(folder, server)
            has_changed, is_told = True, False
    return 0


def _begin(folder: Path, server: _Server) -> Look:
    """Start the server; whatever is changed from now on counts."""
    make_missing_secrets(folder)
    seen = _look(folder)
    server.start()
    return seen


def _look(folder: Path) -> Look:
    return {path: stamp for pattern in _FILES for path in folder.glob(pattern) if (stamp := _stamp(path))}


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:  # it was there a moment ago
        return None
    return found.st_mtime_ns, found.st_size


def _settled(folder: Path, look: Look) -> Look:
    """Wait until nothing changes any more: editors and checkouts write several files."""
    before: Look = {}
    while before != look:
        time.sleep(_PAUSE)
        before, look = look, _look(folder)
    return look


def _names(before: Look, after: Look) -> str:
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    return ", ".join(sorted({path.name for path in changed})) or "a file"


@contextmanager
def _noticing_signals() -> Iterator[_Flag]:
    flag = _Flag()
    before = {number: signal.signal(number, flag) for number in _SIGNALS}
    try:
        yield flag
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _wait_for_parent() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
