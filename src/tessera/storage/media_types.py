"""Which media type a file has by the ending of its name, and how a file of a media type ends."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

UNKNOWN: Final = "application/octet-stream"
SVG: Final = "image/svg+xml"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN: Final = "application/vnd.oasis.opendocument"

# The reference's names; of several endings for one type the first is the one that files without an ending are given.
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "application/atom+xml": ("atom",),
    "application/epub+zip": ("epub",),
    "application/geo+json": ("geojson",),
    "application/gzip": ("gz",),
    "application/java-archive": ("jar",),
    "application/javascript": ("js", "mjs"),
    "application/json": ("json", "map"),
    "application/manifest+json": ("webmanifest",),
    "application/msword": ("doc",),
    "application/pdf": ("pdf",),
    "application/postscript": ("eps", "ai", "ps"),
    "application/rss+xml": ("rss",),
    "application/rtf": ("rtf",),
    "application/toml": ("toml",),
    f"{_OPEN}.presentation": ("odp",),
    f"{_OPEN}.spreadsheet": ("ods",),
    f"{_OPEN}.text": ("odt",),
    "application/vnd.android.package-archive": ("apk",),
    "application/vnd.apple.keynote": ("key",),
    "application/vnd.apple.numbers": ("numbers",),
    "application/vnd.apple.pages": ("pages",),
    "application/vnd.ms-excel": ("xls",),
    "application/vnd.ms-fontobject": ("eot",),
    "application/vnd.ms-powerpoint": ("ppt",),
    f"{_OFFICE}.presentationml.presentation": ("pptx",),
    f"{_OFFICE}.spreadsheetml.sheet": ("xlsx",),
    f"{_OFFICE}.wordprocessingml.document": ("docx",),
    "application/vnd.rar": ("rar",),
    "application/wasm": ("wasm",),
    "application/x-7z-compressed": ("7z",),
    "application/x-apple-diskimage": ("dmg",),
    "application/x-httpd-php": ("php",),
    "application/x-iso9660-image": ("iso",),
    "application/x-msdos-program": ("exe",),
    "application/x-msdownload": ("dll", "com", "bat", "msi"),
    "application/x-sh": ("sh",),
    "application/x-shockwave-flash": ("swf",),
    "application/x-sql": ("sql",),
    "application/x-subrip": ("srt",),
    "application/x-tar": ("tar",),
    "application/xhtml+xml": ("xhtml", "xht"),
    "application/xml": ("xml", "xsl", "xsd", "rng"),
    "application/zip": ("zip",),
    "audio/midi": ("mid", "midi"),
    "audio/mp4": ("m4a",),
    "audio/mpeg": ("mp3", "mpga"),
    "audio/ogg": ("ogg", "oga", "opus"),
    "audio/wave": ("wav",),
    "audio/webm": ("weba",),
    "audio/x-aac": ("aac",),
    "audio/x-flac": ("flac",),
    "font/otf": ("otf",),
    "font/ttf": ("ttf",),
    "font/woff": ("woff",),
    "font/woff2": ("woff2",),
    "image/avif": ("avif",),
    "image/bmp": ("bmp",),
    "image/gif": ("gif",),
    "image/heic": ("heic",),
    "image/jpeg": ("jpeg", "jpg", "jpe"),
    "image/png": ("png",),
    SVG: ("svg", "svgz"),
    "image/tiff": ("tif", "tiff"),
    "image/vnd.adobe.photoshop": ("psd",),
    "image/vnd.microsoft.icon": ("ico",),
    "image/webp": ("webp",),
    "model/gltf+json": ("gltf",),
    "model/gltf-binary": ("glb",),
    "text/calendar": ("ics",),
    "text/css": ("css",),
    "text/csv": ("csv",),
    "text/html": ("html", "htm", "shtml"),
    "text/markdown": ("md", "markdown"),
    "text/plain": ("txt", "text", "conf", "def", "list", "log", "in", "ini"),
    "text/vtt": ("vtt",),
    "text/x-vcard": ("vcf",),
    "text/yaml": ("yaml", "yml"),
    "video/mp4": ("mp4", "m4v", "mp4v", "mpg4"),
    "video/mpeg": ("mpeg", "mpg", "mpe"),
    "video/ogg": ("ogv",),
    "video/quicktime": ("mov", "qt"),
    "video/webm": ("webm",),
    "video/x-matroska": ("mkv",),
    "video/x-ms-wmv": ("wmv",),
    "video/x-msvideo": ("avi",),
}
_TYPES: Final = {ending: media for media, endings in _ENDINGS.items() for ending in endings}
_SPELT_AS_TEXT: Final = frozenset({"application/json", "application/manifest+json"})
# What a page of the site could be made to run by its address alone, whatever else is said about it.
_UNSAID: Final = frozenset({"application/javascript", "application/wasm", "application/x-shockwave-flash", "text/css"})

# What a browser shows as it is, and runs nothing of; everything else is handed out as a download.
_SHOWN: Final = ("audio/", "font/", "image/", "video/")
_SHOWN_TOO: Final = frozenset(
    {"application/json", "application/pdf", "text/calendar", "text/csv", "text/markdown", "text/plain", "text/vtt"}
)


def type_of_name(name: str) -> str | None:
    """Return the media type that the ending of a name stands for, or None for an ending that is not known."""
    return _TYPES.get(PurePosixPath(name.lower()).suffix.removeprefix("."))


def ending_of(media: str) -> str | None:
    """Return the usual ending of files of a media type, with its dot."""
    endings = _ENDINGS.get(media)
    return f".{endings[0]}" if endings else None


def media_type_of(name: str) -> str:
    """Return the media type that a file is served as, with its encoding where it is text; of scripts none is said."""
    media = type_of_name(name)
    if media is None or media in _UNSAID:
        return UNKNOWN
    return f"{media}; charset=utf-8" if media.startswith("text/") or media in _SPELT_AS_TEXT else media


def is_shown(media: str) -> bool:
    """Tell whether a browser may open a file of a media type in its window; a drawing may, if it runs nothing."""
    plain = media.partition(";")[0]
    return plain in _SHOWN_TOO or plain.startswith(_SHOWN)
