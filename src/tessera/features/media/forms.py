"""What a form brings: files, what is said about them, and what they are to be linked to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from tessera.errors import ValidationError, Violation
from tessera.features.media.details import Details
from tessera.features.media.incoming import Incoming, Sent
from tessera.features.media.keeping import Arrival, row_id
from tessera.features.media.linking import Link
from tessera.features.media.shapes import FileBody, FileInfo, FilesBody
from tessera.schema.model import JSON
from tessera.web.request import Request
from tessera.web.shapes import check

_FILES: Final = "files"
_INFO: Final = "fileInfo"
_UNNAMED: Final = "unamed"  # as the reference spells it

# How bodies with files are described.
FORM: Final[Mapping[str, JSON]] = {
    "type": "object",
    "properties": {
        _FILES: {"type": "array", "items": {"type": "string", "format": "binary"}},
        _INFO: {"type": "string", "description": "A JSON text: an object, or a list of them in the order of the files"},
    },
}
LINKED_FORM: Final[Mapping[str, JSON]] = {
    **FORM,
    "properties": {
        **FORM["properties"],
        **{name: {"type": "string"} for name in ("ref", "refId", "field")},
    },
}


def sent_files(request: Request) -> list[Sent]:
    """Return the files of a form; a single one that is empty is none."""
    found = [upload for name, upload in request.files if name == _FILES]
    files = [
        Sent(name=upload.name or _UNNAMED, media=upload.media, size=upload.size, content=upload.content)
        for upload in found
    ]
    return [] if len(files) == 1 and not files[0].size else files


def arrivals(request: Request, incoming: Sequence[Incoming], *, with_folder: bool) -> list[Arrival]:
    """Return staged files with what is said about each."""
    said = _several(request, len(incoming)) if len(incoming) > 1 else [_one(request)]
    details = [info.details(with_folder=with_folder) for info in said]
    return [Arrival(file, info) for file, info in zip(_aligned(incoming, details), details, strict=True)]


def details_of(request: Request, *, with_folder: bool) -> Details:
    """Return what a body says about one file."""
    return _one(request).details(with_folder=with_folder)


def link_of(request: Request) -> Link | None:
    """Return what the files are to be linked to, if all of it is named."""
    fields = request.fields
    uid, target, attribute = (fields.get(name) for name in ("ref", "refId", "field"))
    if not (uid and target and attribute):
        return None
    found = row_id(target)
    if not isinstance(uid, str) or not isinstance(attribute, str) or found is None:
        raise ValidationError("ref, refId and field must name an attribute of one entry")
    return Link(uid=uid, row_id=found, attribute=attribute)


def _one(request: Request) -> FileInfo:
    body = _body(request)
    info = body.get(_INFO)
    if isinstance(info, list) and len(info) == 1:
        body = {_INFO: info[0]}
    return check(FileBody, body).file_info


def _several(request: Request, count: int) -> list[FileInfo]:
    said = list(check(FilesBody, _body(request)).file_info)
    nothing = FileInfo()
    return [*said, *[nothing] * (count - len(said))][:count]


def _body(request: Request) -> dict[str, Any]:
    body = request.json()
    known = dict(body) if isinstance(body, dict) else {}
    if known.get(_INFO) in (None, ""):
        known.pop(_INFO, None)
        return known
    info = known[_INFO]
    known[_INFO] = [_parsed(each) for each in info] if isinstance(info, list) else _parsed(info)
    return known


def _parsed(info: Any) -> Any:  # noqa: ANN401 - any JSON value
    if not isinstance(info, str):
        return info
    try:
        return orjson.loads(info)
    except orjson.JSONDecodeError:
        raise ValidationError.of([Violation((_INFO,), f"{_INFO} must be JSON", info)]) from None


def _aligned(incoming: Sequence[Incoming], details: Sequence[Details]) -> Sequence[Incoming]:
    """Return the files in the order in which they are spoken of, when each is named as it was sent."""
    named = {file.name: file for file in incoming}
    names = [info.given.get("name") for info in details]
    if len(named) == len(incoming) and set(names) == set(named):
        return [named[name] for name in names if isinstance(name, str)]
    return incoming
