"""Pictures, measured and made smaller with libvips; it is loaded with the first of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

MOST_PIXELS: Final = 120_000_000  # of all frames together; what unpacks to more is no picture
_QUALITY: Final = 80
_ANIMATED: Final = frozenset({"gif", "webp"})
_OPTIMISED: Final = frozenset({"jpeg", "png", "webp", "tiff", "avif"})
_RESIZED: Final = frozenset({"jpeg", "png", "webp", "tiff", "gif"})
_LOADERS: Final = {
    "jpegload": "jpeg",
    "pngload": "png",
    "webpload": "webp",
    "tiffload": "tiff",
    "gifload": "gif",
    "nsgifload": "gif",
    "heifload": "avif",
}
_SAVERS: Final[Mapping[str, str]] = {
    "jpeg": ".jpg",
    "png": ".png",
    "webp": ".webp",
    "tiff": ".tif",
    "gif": ".gif",
    "avif": ".avif",
}
_HEAD: Final = 12


class BrokenPictureError(Exception):
    """What begins like a picture and cannot be drawn, or is too large to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in a file: its format, the size of one frame, and the size of the file in bytes."""

    path: Path
    format: str
    width: int
    height: int
    size: int

    @property
    def is_resized(self) -> bool:
        """Tell whether smaller pictures are made of this one."""
        return self.format in _RESIZED


def read_picture(path: Path) -> Picture | None:
    """
    Return the picture in a file, or None for what is no picture of a known format.

    Raises BrokenPictureError for one that cannot be drawn to its last pixel.
    """
    vips = _vips()
    try:
        image = _opened(vips, path)
    except vips.Error:
        return None
    format_ = _format(image, path)
    if format_ is None:
        return None
    if image.width * image.height * max(1, _pages(image)) > MOST_PIXELS:
        raise BrokenPictureError
    try:
        image.avg()
    except vips.Error:
        raise BrokenPictureError from None
    return _picture(path, format_, image)


def optimised(picture: Picture, into: Path, *, smaller: bool, upright: bool) -> Picture:
    """
    Return the picture written anew without what it tells of its maker, or itself when that makes it no smaller.

    It is turned as its maker held the camera, since the mark that says so is lost with the rest.
    """
    if picture.format not in _OPTIMISED or not (smaller or upright):
        return picture
    vips = _vips()
    try:
        image = _opened(vips, picture.path, every=True)
        if _pages(image) == 1:
            image = image.autorot()
        _write(image, picture.format, into, _QUALITY if smaller else 100)
    except vips.Error:
        raise BrokenPictureError from None
    size = into.stat().st_size
    if size > picture.size:
        into.unlink()
        return picture
    return _measured(into, picture.format)


def resized(picture: Picture, into: Path, *, width: int, height: int) -> Picture:
    """Return the picture as it fits into a box that is smaller in some direction."""
    vips = _vips()
    scale = min(width / picture.width, height / picture.height)
    wide, high = (max(1, math.floor(side * scale + 0.5)) for side in (picture.width, picture.height))
    options = "[n=-1]" if picture.format in _ANIMATED else ""
    try:
        small = vips.Image.thumbnail(f"{picture.path}{options}", wide, height=high, size="force", no_rotate=True)
        _write(small, picture.format, into, _QUALITY)
    except vips.Error:
        raise BrokenPictureError from None
    return _measured(into, picture.format)


@cache
def _vips() -> ModuleType:
    """Return libvips, with the loaders that are not made for files of strangers turned off."""
    import pyvips  # type: ignore[import-untyped]  # noqa: PLC0415 - a tenth of a second that only uploads need

    pyvips.block_untrusted_set(True)  # noqa: FBT003
    pyvips.cache_set_max(0)
    found: ModuleType = pyvips
    return found


def _opened(vips: ModuleType, path: Path, *, every: bool = False) -> Any:  # noqa: ANN401 - an image of libvips
    image = vips.Image.new_from_file(str(path), access="sequential", fail_on="truncated")
    if every and _format(image, path) in _ANIMATED and _pages(image) > 1:
        return vips.Image.new_from_file(str(path), access="sequential", fail_on="truncated", n=-1)
    return image


def _format(image: Any, path: Path) -> str | None:  # noqa: ANN401
    loader = str(image.get("vips-loader")) if "vips-loader" in image.get_fields() else ""
    found = _LOADERS.get(loader.removesuffix("_source"))
    if found != "avif":
        return found
    with path.open("rb") as file:
        return found if file.read(_HEAD)[8:] in (b"avif", b"avis") else None


def _pages(image: Any) -> int:  # noqa: ANN401
    return int(image.get("n-pages")) if "n-pages" in image.get_fields() else 1


def _write(image: Any, format_: str, into: Path, quality: int) -> None:  # noqa: ANN401
    options: dict[str, Any] = {"keep": "icc"}
    if format_ == "png":
        options |= {"palette": True, "Q": quality} if quality < 100 else {}  # noqa: PLR2004
    elif format_ == "tiff":
        options |= {"compression": "jpeg", "Q": quality}
    elif format_ != "gif":
        options["Q"] = quality
    unnamed = into.with_name(f"{into.name}{_SAVERS[format_]}")  # libvips goes by the ending
    try:
        image.write_to_file(str(unnamed), **options)
        unnamed.replace(into)
    finally:
        unnamed.unlink(missing_ok=True)


def _measured(path: Path, format_: str) -> Picture:
    return _picture(path, format_, _opened(_vips(), path))


def _picture(path: Path, format_: str, image: Any) -> Picture:  # noqa: ANN401
    return Picture(path=path, format=format_, width=image.width, height=image.height, size=path.stat().st_size)
