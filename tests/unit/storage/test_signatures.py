"""What the first bytes of files show."""

from __future__ import annotations

import pytest

from tessera.storage.signatures import sniffed
from tests.unit.storage.pictures import jpeg, png, svg


@pytest.mark.parametrize(
    ("head", "media"),
    [
        (png(1, 1), "image/png"),
        (jpeg(1, 1), "image/jpeg"),
        (b"GIF89a..", "image/gif"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (b"RIFF....WAVEfmt ", "audio/wav"),
        (b"....ftypavif....", "image/avif"),
        (b"....ftypisom....", "video/mp4"),
        (b"%PDF-1.4", "application/pdf"),
        (b"MZ\x90\x00", "application/x-msdownload"),
        (b"ID3\x03", "audio/mpeg"),
        (b"PK\x03\x04" + b"." * 26 + b"word/document.xml", "application/vnd.openxmlformats-officedocument"),
        (b"PK\x03\x04..", "application/zip"),
        (b'<?xml version="1.0"?><svg/>', "application/xml"),
    ],
)
def test_files_are_known_by_how_they_begin(head: bytes, media: str) -> None:
    """
    Whatever they are called.
    """
    found = sniffed(head)

    assert found is not None
    assert found.startswith(media)


@pytest.mark.parametrize("head", [b"", b"just text", svg(), b"<html></html>", b"....WEBP....", b"{}"])
def test_of_text_nothing_is_known(head: bytes) -> None:
    """
    It could be anything that is written in letters.
    """
    assert sniffed(head) is None
