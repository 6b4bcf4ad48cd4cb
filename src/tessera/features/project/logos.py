"""The logos of the panel: how they are named, kept among the settings, and shown."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from tessera.errors import ApplicationError
from tessera.runtime import Randomness
from tessera.schema.model import JSON
from tessera.storage.images import JPEG, PNG, Image
from tessera.storage.media_types import SVG

LOGOS: Final = ("menuLogo", "authLogo")
PROVIDER: Final = "local"  # where the reference looks for the file
_SHOWN: Final = ("name", "url", "width", "height", "ext", "size")
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {PNG: (".png",), JPEG: (".jpg", ".jpeg"), SVG: (".svg",)}
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d|\.|\.\.", re.IGNORECASE | re.ASCII)
_LONGEST: Final = 255
_LONGEST_SLUG: Final = 100
_NO_LETTERS: Final = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image that somebody has sent, checked to be one."""

    name: str  # of the file, as its sender calls it
    image: Image
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A logo as it is kept: its file, and what the settings say of it."""

    file: str
    content: bytes
    stored: Mapping[str, JSON]


def file_name(name: str) -> str:
    """Return a file's name as it is shown, or refuse what no file can be called everywhere."""
    if not 0 < len(name) <= _LONGEST or _FORBIDDEN.search(name) or _RESERVED.fullmatch(name):
        raise ApplicationError("File name contains invalid characters")
    return unicodedata.normalize("NFC", name)


def make_logo(picture: Picture, randomness: Randomness) -> Logo:
    """Return a picture as a logo under a name of its own, which nobody guesses and no other file has."""
    ending = _ending(picture)
    hashed = f"{_slug(picture.name)}_{randomness.digits('0123456789abcdef', 10)}"
    stored = {
        "name": picture.name,
        "hash": hashed,
        "url": f"/uploads/{hashed}{ending}",
        "width": picture.image.width,
        "height": picture.image.height,
        "ext": ending,
        "size": math.floor(len(picture.content) / 10 + 0.5) / 100,  # kilobytes, rounded as the reference does
        "provider": PROVIDER,
    }
    return Logo(file=f"{hashed}{ending}", content=picture.content, stored=stored)


def shown_logos(settings: Mapping[str, JSON]) -> dict[str, Any]:
    """Return the logos as clients see them; one that was never set may be an empty object, as in the reference."""
    return {name: _shown(settings.get(name)) for name in LOGOS}


def file_of(stored: JSON) -> str | None:
    """Return the name of the file that a stored logo has on this machine."""
    if not isinstance(stored, Mapping) or stored.get("provider") != PROVIDER:
        return None
    return f"{stored.get('hash', '')}{stored.get('ext', '')}"


def _shown(stored: JSON) -> JSON:
    return {key: stored[key] for key in _SHOWN if key in stored} if isinstance(stored, Mapping) else None


def _ending(picture: Picture) -> str:
    """Return the ending that the file came with if it fits what the image is, else the usual one."""
    fitting = _ENDINGS[picture.image.media]
    own = PurePath(picture.name).suffix
    return own if own.lower() in fitting else fitting[0]


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", PurePath(name).stem).encode("ascii", "ignore").decode()
    return _NO_LETTERS.sub("_", plain).strip("_")[:_LONGEST_SLUG] or "logo"
