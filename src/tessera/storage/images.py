"""What the bytes of an image say that it is, whatever its name and its sender claim."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tessera.storage.media_types import SVG
from tessera.storage.svg import read_svg

PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
_PNG_START: Final = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"
_PNG_END: Final = b"\x00\x00\x00\x00IEND\xae\x42\x60\x82"
_JPEG_START: Final = b"\xff\xd8\xff"
_JPEG_END: Final = b"\xff\xd9"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the markers that say how large the image is
_BARE: Final = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
_SCAN: Final = 0xDA


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image's media type and its size in pixels, where it says one."""

    media: str
    width: int | None
    height: int | None


def image_of(content: bytes) -> Image | None:
    """Return what an image is, or None for what is no image of a known kind; a harmful one is refused."""
    if content.startswith(_PNG_START):
        return _png(content)
    if content.startswith(_JPEG_START):
        return _jpeg(content)
    drawing = read_svg(content)
    return None if drawing is None else Image(media=SVG, width=drawing.width, height=drawing.height)


def _png(content: bytes) -> Image | None:
    if len(content) < len(_PNG_START) + 17 or _PNG_END not in content:
        return None
    width, height = struct.unpack_from(">II", content, len(_PNG_START))
    return Image(media=PNG, width=width, height=height) if width and height else None


def _jpeg(content: bytes) -> Image | None:
    if _JPEG_END not in content:
        return None
    for marker, start in _markers(content):
        if marker in _FRAMES and start + 7 <= len(content):
            height, width = struct.unpack_from(">HH", content, start + 3)
            return Image(media=JPEG, width=width, height=height) if width and height else None
    return None


def _markers(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield each marker before the pixels, and where its segment starts."""
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:  # noqa: PLR2004 - what every marker begins with
        marker = content[place + 1]
        if marker == _SCAN:
            return
        yield marker, place + 2
        place += 2 if marker in _BARE else 2 + int.from_bytes(content[place + 2 : place + 4], "big")
