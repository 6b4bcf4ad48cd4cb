"""What a server says to the process that watches the files of its project, and how it ends with it."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tessera.storage.schema_files import Stamp

FOLLOWS: Final = "TESSERA_FOLLOWS"  # set for a server whose standard input leads to the process that watches
_LINE: Final = 0  # standard input, open in both directions


def end_with_watcher() -> None:
    """End this process when the one that watches does, however that ended."""
    if os.environ.get(FOLLOWS):
        threading.Thread(target=_wait_for_end, daemon=True).start()


def announce(files: Mapping[Path, Stamp | None]) -> None:
    """Say which files are about to be changed by this server, which needs no new start for it."""
    if os.environ.get(FOLLOWS):
        os.write(_LINE, json.dumps({str(path): stamp for path, stamp in files.items()}).encode() + b"\n")


def read_announcement(line: bytes) -> dict[Path, Stamp | None]:
    """Return what a server said."""
    said: dict[str, list[int] | None] = json.loads(line)
    return {Path(path): None if stamp is None else (stamp[0], stamp[1]) for path, stamp in said.items()}


def _wait_for_end() -> None:
    while os.read(_LINE, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
