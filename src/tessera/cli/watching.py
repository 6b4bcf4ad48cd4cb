"""Serving in a process below this one, which is started again whenever a file of the project changes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from tessera.cli.output import say
from tessera.cli.served import Served
from tessera.errors import ABSENT
from tessera.runtime import SystemRandomness
from tessera.settings import missing_secrets, write_generated_secrets
from tessera.storage.schema_files import Stamp, stamp_of

_FILES: Final = ("src/**/*.json", "config/*.toml", ".env")
_PAUSE: Final = 0.25  # seconds between two looks
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)

Look = Mapping[Path, Stamp]


def serve_and_watch(folder: Path) -> int:
    """Serve until a signal comes or the first start fails, and return the exit code; no process stays behind."""
    with _noticing_signals() as is_over:
        watch = _Watch(folder)
        try:
            while not is_over.is_up and not watch.has_failed:
                time.sleep(_PAUSE)
                watch.follow()
            return 0 if is_over.is_up else watch.exit_code
        finally:
            watch.end()


def make_missing_secrets(folder: Path) -> None:
    """Write a new secret into `.env` for each that the project needs and does not have."""
    if missing := missing_secrets(folder, os.environ):
        made = write_generated_secrets(folder, missing, SystemRandomness())
        say(f"Made {', '.join(made)} and wrote them into {folder / '.env'}.")


class _Watch:
    """A server, and the files as they were when it started or as it changed them itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._is_first = True
        self._is_told = False
        self._known: dict[Path, Stamp | None] = {}
        self._seen, self._served = self._begun()

    @property
    def has_failed(self) -> bool:
        """Tell whether the first server has ended by itself; later ones wait for a fault to be mended."""
        return self._is_first and self._served.exit_code is not None

    @property
    def exit_code(self) -> int:
        """Return how the server ended; one that runs has nothing to complain of."""
        return self._served.exit_code or 0

    def follow(self) -> None:
        """Start again if somebody has changed a file."""
        self._tell_of_end()
        now = _look(self._folder)
        changed = _changed(self._seen, now)
        if not changed:
            return
        self._known |= self._served.announced()
        if all(now.get(path) == self._known.get(path, ABSENT) for path in changed):
            self._seen = now
        else:
            self._begin_again(_settled(self._folder, now))

    def end(self) -> None:
        """End the server."""
        self._served.stop()

    def _begun(self) -> tuple[Look, Served]:
        """Start a server; whatever is changed from now on counts."""
        make_missing_secrets(self._folder)
        return _look(self._folder), Served(self._folder)

    def _begin_again(self, now: Look) -> None:
        names = sorted({path.name for path in _changed(self._seen, now)})
        say(f"Starting again, since {', '.join(names) or 'a file'} changed.")
        self._served.stop()
        self._is_first = self._is_told = False
        self._known = {}
        self._seen, self._served = self._begun()

    def _tell_of_end(self) -> None:
        if self._served.exit_code is not None and not self._is_told:
            say("Waiting for a change.")
            self._is_told = True


class _Flag:
    """Raised by a signal; a plain attribute, since locks have no place in a signal handler."""

    def __init__(self) -> None:
        self.is_up = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.is_up = True


def _look(folder: Path) -> Look:
    return {path: stamp for pattern in _FILES for path in folder.absolute().glob(pattern) if (stamp := _stamp(path))}


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp_of(path)
    except OSError:  # it was there a moment ago
        return None


def _settled(folder: Path, look: Look) -> Look:
    """Wait until nothing changes any more: editors and checkouts write several files."""
    before: Look = {}
    while before != look:
        time.sleep(_PAUSE)
        before, look = look, _look(folder)
    return look


def _changed(before: Look, after: Look) -> set[Path]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


@contextmanager
def _noticing_signals() -> Iterator[_Flag]:
    flag = _Flag()
    before = {number: signal.signal(number, flag) for number in _SIGNALS}
    try:
        yield flag
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
