"""Which media type a file is taken for, from its name, what its sender claims and how it begins."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Final

from tessera.errors import ValidationError
from tessera.features.media.configuration import Configuration
from tessera.storage.media_types import SVG, UNKNOWN, type_of_name
from tessera.storage.signatures import is_recognised

_UNSPECIFIC: Final = ("", UNKNOWN)
_ZIP: Final = "application/zip"
_XML: Final = "application/xml"


def kind_of(name: str, claimed: str, found: str | None, configuration: Configuration) -> str:
    """
    Return the media type, or refuse one that the project does not take.

    What the first bytes show counts where the name or the claim says the same, or nothing; otherwise the name does. A
    type that is denied is refused wherever it shows.
    """
    claimed = claimed.partition(";")[0].strip().lower()
    named = type_of_name(name)
    for seen in (claimed if claimed not in _UNSPECIFIC else None, named, found):
        if seen is not None and _matches(seen, configuration.denied):
            raise ValidationError(f"File type '{seen}' is not allowed")
    kind = _kind(claimed, named, found)
    _require_allowed(kind, named, found, configuration)
    return kind


def _kind(claimed: str, named: str | None, found: str | None) -> str:
    if found is not None and (named is None or found == named or claimed in _UNSPECIFIC):
        return named if named is not None and found in (_ZIP, _XML) else found
    return named or claimed or UNKNOWN


def _require_allowed(kind: str, named: str | None, found: str | None, configuration: Configuration) -> None:
    allowed = configuration.allowed
    if allowed is None:
        return
    if not _matches(kind, allowed):
        raise ValidationError(f"File type '{kind}' is not allowed")
    packed = (found == _ZIP and named is not None) or (found == _XML and named == SVG)
    if found is not None and not packed and not _matches(found, allowed):
        raise ValidationError("MIME type is not allowed")
    if found is None and is_recognised(kind):  # Its content is not what its name says.
        raise ValidationError("MIME type is not allowed")


def _matches(media: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(media, pattern.replace("[", "[[]").replace("?", "[?]")) for pattern in patterns)
