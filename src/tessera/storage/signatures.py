"""What the first bytes of a file say that it is, whatever its name and its sender claim."""

from __future__ import annotations

import re
from typing import Final

LENGTH: Final = 4100  # bytes that are looked at

_ZIP: Final = b"PK\x03\x04"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_STARTS: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"BM", "image/bmp"),
    (0, b"\x00\x00\x01\x00", "image/x-icon"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
    (0, b"%PDF", "application/pdf"),
    (0, b"%!PS", "application/postscript"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"MZ", "application/x-msdownload"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"\xca\xfe\xba\xbe", "application/java-vm"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/x-rar-compressed"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"\x00asm", "application/wasm"),
    (0, b"CWS", "application/x-shockwave-flash"),
    (0, b"FWS", "application/x-shockwave-flash"),
    (0, b"wOFF", "font/woff"),
    (0, b"wOF2", "font/woff2"),
    (0, b"OTTO", "font/otf"),
    (0, b"\x00\x01\x00\x00\x00", "font/ttf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
    (0, b"fLaC", "audio/x-flac"),
    (0, b"MThd", "audio/midi"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/vnd.avi"),
    (0, b"OggS", "audio/ogg"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"\x00\x00\x01\xba", "video/mpeg"),
    (0, b"\x00\x00\x01\xb3", "video/mpeg"),
    (257, b"ustar", "application/x-tar"),
)
_BRANDS: Final = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"msf1": "image/heif-sequence",
    b"M4A ": "audio/x-m4a",
    b"M4V ": "video/x-m4v",
    b"qt  ": "video/quicktime",
}
_PACKED: Final = (
    (b"word/", f"{_OFFICE}.wordprocessingml.document"),
    (b"xl/", f"{_OFFICE}.spreadsheetml.sheet"),
    (b"ppt/", f"{_OFFICE}.presentationml.presentation"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.presentation"),
    (b"mimetypeapplication/epub+zip", "application/epub+zip"),
    (b"META-INF/", "application/java-archive"),
)
_MARKUP: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[\s>]", re.IGNORECASE)
_PICTURES: Final = frozenset(
    media for media in (*(media for _, _, media in _STARTS), *_BRANDS.values()) if media.startswith("image/")
)


def sniffed(head: bytes) -> str | None:
    """Return the media type that the first bytes of a file show, or None for what shows none, such as text."""
    for at, mark, media in _STARTS:
        if head.startswith(mark, at) and (at != 8 or head.startswith(b"RIFF")):  # noqa: PLR2004 - within a RIFF file
            return media
    if head.startswith(_ZIP):
        return _packed(head)
    if head.startswith(b"ftyp", 4):
        return _BRANDS.get(head[8:12], "video/mp4")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    return "application/xml" if _MARKUP.match(head) else None


def is_recognised(media: str) -> bool:
    """Tell whether a media type is one of pictures that always begin in a way that is known here."""
    return media in _PICTURES


def _packed(head: bytes) -> str:
    return next((media for mark, media in _PACKED if mark in head), "application/zip")
