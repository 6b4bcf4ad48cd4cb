"""Files on their way in: copied into the staging folder, judged, and drawn in every size that is kept."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from tessera.errors import ApplicationError, PayloadTooLargeError, ValidationError
from tessera.features.media.configuration import Configuration
from tessera.features.media.kinds import kind_of
from tessera.features.media.names import check_name, ending
from tessera.storage.local import write_staged
from tessera.storage.media_types import SVG
from tessera.storage.pictures import BrokenPictureError, Picture, optimised, read_picture, resized
from tessera.storage.signatures import LENGTH, sniffed
from tessera.storage.svg import read_svg

THUMBNAIL: Final = "thumbnail"
_THUMBNAIL_BOX: Final = (245, 156)
_LARGEST_DRAWING: Final = 10 * 1024 * 1024
_UNITS: Final = ("Bytes", "KB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file as its sender has it."""

    name: str
    media: str
    size: int
    content: BinaryIO


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is done with pictures: the settings of the media library."""

    smaller: bool = True
    upright: bool = False
    responsive: bool = True

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Wishes:
        """Return the wishes that the stored settings express."""
        return cls(
            smaller=bool(settings.get("sizeOptimization")),
            upright=bool(settings.get("autoOrientation")),
            responsive=bool(settings.get("responsiveDimensions")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A staged file, and the smaller pictures of it by the names of their sizes."""

    name: str
    mime: str
    ending: str
    path: Path
    size: int
    width: int | None = None
    height: int | None = None
    smaller: Mapping[str, Picture] = field(default_factory=dict)
    is_measured: bool = False  # a picture, whose size in pixels is known


def kilobytes(size: int) -> float:
    """Return a size as it is shown, rounded as the reference does."""
    return math.floor(size / 10 + 0.5) / 100


def receive(sent: Sent, into: Path, wishes: Wishes, configuration: Configuration) -> Incoming:
    """Stage a file, or refuse it; this takes time, and is no work for the event loop."""
    check_name(sent.name)
    sent.content.seek(0)
    kind = kind_of(sent.name, sent.media, sniffed(sent.content.read(LENGTH)), configuration)
    size = write_staged(sent.content, into)
    staged = Incoming(name=sent.name, mime=kind, ending=ending(sent.name, kind), path=into, size=size)
    try:
        received = _measured(staged, wishes, configuration)
    except BrokenPictureError:
        raise ApplicationError("File is not a valid image") from None
    if received.size > configuration.size_limit:
        raise PayloadTooLargeError(f"{sent.name} exceeds size limit of {_readable(configuration.size_limit)}.")
    return received


def _measured(staged: Incoming, wishes: Wishes, configuration: Configuration) -> Incoming:
    picture = read_picture(staged.path)
    if picture is None:
        return _drawing(staged) if staged.mime == SVG else staged
    kept = optimised(picture, _beside(staged.path, "optimised"), smaller=wishes.smaller, upright=wishes.upright)
    return Incoming(
        name=staged.name,
        mime=staged.mime,
        ending=staged.ending,
        path=kept.path,
        size=kept.size,
        width=kept.width,
        height=kept.height,
        smaller=dict(_smaller(kept, staged.path, wishes, configuration)) if kept.is_resized else {},
        is_measured=True,
    )


def _smaller(
    picture: Picture, path: Path, wishes: Wishes, configuration: Configuration
) -> Iterator[tuple[str, Picture]]:
    boxes = {THUMBNAIL: _THUMBNAIL_BOX}
    if wishes.responsive:
        boxes |= {name: (side, side) for name, side in configuration.breakpoints.items() if name != THUMBNAIL}
    for name, (width, height) in boxes.items():
        if picture.width > width or picture.height > height:
            yield name, resized(picture, _beside(path, name), width=width, height=height)


def _drawing(staged: Incoming) -> Incoming:
    """Return a drawing with the size that it asks for; one that holds more than a drawing is only kept."""
    if staged.size > _LARGEST_DRAWING:
        return staged
    try:
        drawing = read_svg(staged.path.read_bytes())
    except ValidationError:
        return staged
    if drawing is None or drawing.width is None or drawing.height is None:
        return staged
    return Incoming(
        name=staged.name,
        mime=staged.mime,
        ending=staged.ending,
        path=staged.path,
        size=staged.size,
        width=drawing.width,
        height=drawing.height,
        is_measured=True,
    )


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f"{path.name}-{what}")


def _readable(size: int) -> str:
    power = min(int(math.log(size, 1024)), len(_UNITS) - 1)
    return f"{round(size / 1024**power)} {_UNITS[power]}"
