"""Secrets that the server makes for a project that is being worked on."""

from __future__ import annotations

import os
import string
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from tessera.settings.environment import ENV_FILE

_ALPHABET: Final = string.ascii_letters + string.digits
_LENGTH: Final = 43  # more than 256 bits
_SEVERAL: Final = {"APP_KEYS": 2}


class Chance(Protocol):
    """Where the secrets come from; the runtime's randomness is one."""

    def digits(self, alphabet: str, length: int) -> str:
        """Return that many characters of the alphabet."""
        ...


def write_generated_secrets(folder: Path, names: Sequence[str], randomness: Chance) -> tuple[str, ...]:
    """Append a secret for each name to the project's `.env`, which only its owner may read if it is new."""
    if not names:
        return ()
    path = folder / ENV_FILE
    before = path.read_text("utf-8") if path.is_file() else ""
    lines = [f"{name}={_made(name, randomness)}\n" for name in names]
    separator = "" if not before or before.endswith("\n") else "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(separator + "".join(lines))
    return tuple(names)


def _made(name: str, randomness: Chance) -> str:
    return ",".join(randomness.digits(_ALPHABET, _LENGTH) for _ in range(_SEVERAL.get(name, 1)))
