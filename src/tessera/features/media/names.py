"""What files are called: as they are shown, and as they are kept."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

from tessera.errors import ApplicationError
from tessera.runtime import Randomness
from tessera.storage.media_types import ending_of

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d|\.|\.\.", re.IGNORECASE | re.ASCII)
_LONGEST: Final = 255
_LONGEST_SLUG: Final = 180  # so that the name of a file has room for the rest
_ENDING: Final = re.compile(r"\.[A-Za-z0-9_-]{1,24}", re.ASCII)
_NO_LETTERS: Final = re.compile(r"[^A-Za-z0-9]+")
_HEXADECIMAL: Final = "0123456789abcdef"
_CHANCE: Final = 10  # digits
_UNKNOWN: Final = ".bin"


def check_name(name: str) -> None:
    """Refuse what no file can be called everywhere."""
    if not 0 < len(name) <= _LONGEST or _FORBIDDEN.search(name) or _RESERVED.fullmatch(name):
        raise ApplicationError("File name contains invalid characters")


def ending(name: str, media: str) -> str:
    """Return how a file ends: as its name does, or as files of its type do."""
    own = PurePosixPath(name).suffix
    return own if _ENDING.fullmatch(own) else ending_of(media) or _UNKNOWN


def shown_name(name: str) -> str:
    """Return a name as it is kept beside the file."""
    return unicodedata.normalize("NFC", name)


def stored_name(name: str, end: str, randomness: Randomness) -> str:
    """Return what a file is kept as, without its ending: a name that nobody guesses and no other file has."""
    plain = unicodedata.normalize("NFKD", name.rpartition("/")[2].removesuffix(end)).encode("ascii", "ignore").decode()
    slug = _NO_LETTERS.sub("_", plain).strip("_")[:_LONGEST_SLUG] or "file"
    return f"{slug}_{randomness.digits(_HEXADECIMAL, _CHANCE)}"
