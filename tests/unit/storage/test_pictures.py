"""Pictures: what is measured, what is made smaller, and what is refused."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from tessera.storage.pictures import MOST_PIXELS, BrokenPictureError, optimised, read_picture, resized
from tests.unit.storage.pictures import png, svg


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a picture is to be."""
    return tmp_path / "0"


def test_a_picture_is_measured_by_its_content(path: Path) -> None:
    """
    Its name does not matter.
    """
    path.write_bytes(png(30, 20))
    picture = read_picture(path)

    assert picture is not None
    assert ("png", 30, 20) == (picture.format, picture.width, picture.height)


@pytest.mark.parametrize("content", [b"", b"just text", svg(), b"%PDF-1.4", b"\xff\xd8\xff\xd9"])
def test_what_is_no_picture_is_none(path: Path, content: bytes) -> None:
    """
    A drawing is not drawn here: nobody knows what it would fetch.
    """
    path.write_bytes(content)

    assert read_picture(path) is None


def test_a_picture_that_ends_too_early_is_refused(path: Path) -> None:
    """
    It is drawn to its last pixel before it is believed.
    """
    path.write_bytes(png(300, 200)[:-40])

    with pytest.raises(BrokenPictureError):
        read_picture(path)


def test_a_picture_that_unpacks_to_too_much_is_refused_unseen(path: Path) -> None:
    """
    A few bytes can hold many pixels; they are counted before they are unpacked.
    """
    side = int(MOST_PIXELS**0.5) + 1
    small = png(1, 1)
    header = small[12:16] + side.to_bytes(4, "big") * 2 + small[24:29]
    path.write_bytes(small[:12] + header + zlib.crc32(header).to_bytes(4, "big") + small[33:])

    with pytest.raises(BrokenPictureError):
        read_picture(path)


@pytest.mark.parametrize(
    ("sides", "box", "fitted"),
    [
        ((300, 200), (245, 156), (234, 156)),
        ((600, 300), (245, 156), (245, 123)),
        ((600, 300), (500, 500), (500, 250)),
        ((100, 900), (245, 156), (17, 156)),
        ((100, 900), (750, 750), (83, 750)),
        ((2000, 1), (500, 500), (500, 1)),
    ],
)
def test_a_picture_is_fitted_into_a_box(
    path: Path, sides: tuple[int, int], box: tuple[int, int], fitted: tuple[int, int]
) -> None:
    """
    As large as it can be (content_api_files.sizes_of_an_image).
    """
    path.write_bytes(png(*sides))
    picture = read_picture(path)
    assert picture is not None
    small = resized(picture, path.with_name("small"), width=box[0], height=box[1])

    assert ("png", *fitted) == (small.format, small.width, small.height)


def test_a_picture_that_would_grow_stays_as_it_is(path: Path) -> None:
    """
    Writing it anew is for making it smaller.
    """
    path.write_bytes(png(1, 1))
    picture = read_picture(path)
    assert picture is not None

    assert picture == optimised(picture, path.with_name("other"), smaller=True, upright=False)
    assert [path] == list(path.parent.iterdir())
