"""What the tools of the media library take and answer."""

from __future__ import annotations

from typing import Any, Final

from tessera.features.media.shapes import SORTS
from tessera.mcp.shapes import DIALECT, SAFE, Choice, Group, JSONSchema, Listing, Maybe, Number, Pattern, Text, Truth

DRY_RUN: Final = "dryRun"
MOST: Final = 100  # files or folders in one call
_ID: Final = Number(whole=True, least=1, most=SAFE)
_ID_OR_TOP: Final = Maybe(_ID)
_IDS: Final = Listing(items=_ID, least=1, most=MOST)
_SAID: Final = Maybe(Text())
_NAME: Final = Text(
    least=1,
    patterns=(
        Pattern("[^/]+", "Folder name cannot contain slashes."),
        Pattern("(?! ).+(?<! )", "Folder name cannot start or end with a whitespace."),
    ),
)
_FILE_IDS: Final = "Ids of files, as media_list_assets tells them. Folders are numbered apart from files."
_FOLDER_IDS: Final = "Ids of folders, as media_list_folders tells them. Files are numbered apart from folders."
_FOLDER: Final = "The id of a folder, as media_list_folders tells it; null is the top of the library."
_TRIED: Final = "Nothing is deleted unless this is false; the answer tells what would be."

FILES: Final = Group(
    members={
        "folderId": _ID_OR_TOP,
        "mime": Text(least=1),
        "name": Text(least=1),
        "page": Number(whole=True, least=1, most=SAFE),
        "pageSize": Number(whole=True, least=1, most=MOST),
        "sort": Choice(options=SORTS),
    },
    closed=False,
    notes={
        "folderId": "Only files in this folder; null is the top. Without it, files of every folder.",
        "mime": "Only files of this media type, or of the types that begin so, such as image.",
        "name": "Only files whose name contains this, in any case.",
    },
)
NOTHING: Final = Group(members={}, closed=False)
FILE: Final = Group(members={"id": _ID}, required=frozenset({"id"}), closed=False)
FILE_CHANGES: Final = Group(
    members={"id": _ID, "name": Text(least=1), "alternativeText": _SAID, "caption": _SAID},
    required=frozenset({"id"}),
    notes={"alternativeText": "What the picture shows, for those who cannot see it; null empties it."},
    elsewhere={
        "folder": "Folder changes are not supported by media_update_asset. Use media_move_assets to move an asset"
        " between folders."
    },
)
FILE_MOVES: Final = Group(
    members={"ids": _IDS, "folder": _ID_OR_TOP},
    required=frozenset({"ids", "folder"}),
    notes={"ids": _FILE_IDS, "folder": _FOLDER},
)
FILE_DELETION: Final = Group(
    members={"ids": _IDS, DRY_RUN: Truth()}, required=frozenset({"ids"}), notes={"ids": _FILE_IDS, DRY_RUN: _TRIED}
)
NEW_FOLDER: Final = Group(
    members={"name": _NAME, "parent": _ID_OR_TOP}, required=frozenset({"name"}), notes={"parent": _FOLDER}
)
FOLDER_NAME: Final = Group(members={"id": _ID, "name": _NAME}, required=frozenset({"id", "name"}))
FOLDER_MOVE: Final = Group(
    members={"id": _ID, "parent": _ID_OR_TOP}, required=frozenset({"id", "parent"}), notes={"parent": _FOLDER}
)
FOLDER_DELETION: Final = Group(
    members={"ids": _IDS, DRY_RUN: Truth()}, required=frozenset({"ids"}), notes={"ids": _FOLDER_IDS, DRY_RUN: _TRIED}
)

_NUMBER: Final[JSONSchema] = {"type": "number"}
_WORDS: Final[JSONSchema] = {"type": "string"}
_TRUTH: Final[JSONSchema] = {"type": "boolean"}


def _maybe(shape: JSONSchema) -> JSONSchema:
    return {"anyOf": [shape, {"type": "null"}]}


def _object(properties: dict[str, Any], *required: str) -> JSONSchema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required or properties),
        "additionalProperties": False,
    }


def _answer(properties: dict[str, Any]) -> JSONSchema:
    return {"$schema": DIALECT, **_object(properties)}


def _list(items: JSONSchema) -> JSONSchema:
    return {"type": "array", "items": items}


_PLACE: Final = _object({"id": _NUMBER, "name": _WORDS})
_SHOWN_FILE: Final = _object(
    {
        "id": _NUMBER,
        "name": _WORDS,
        "alternativeText": _maybe(_WORDS),
        "caption": _maybe(_WORDS),
        "url": _WORDS,
        "mime": _WORDS,
        "size": {"type": "number", "description": "In kilobytes."},
        "width": _maybe(_NUMBER),
        "height": _maybe(_NUMBER),
        "ext": _maybe(_WORDS),
        "folder": _maybe(_PLACE),
        "createdAt": _maybe(_WORDS),
        "updatedAt": _maybe(_WORDS),
    },
    *("id", "name", "url", "mime", "size"),
)
_SHOWN_FOLDER: Final = _object(
    {
        "id": _NUMBER,
        "name": _WORDS,
        "parent": _maybe(_PLACE),
        "createdAt": _maybe(_WORDS),
        "updatedAt": _maybe(_WORDS),
    },
    *("id", "name"),
)
_FAILED: Final = _list(_object({"id": _NUMBER, "reason": _WORDS}))
_PAGES: Final = _object(dict.fromkeys(("page", "pageSize", "pageCount", "total"), _NUMBER))

FILES_ANSWER: Final = _answer({"results": _list(_SHOWN_FILE), "pagination": _PAGES})
FILE_ANSWER: Final = _answer({"data": _SHOWN_FILE})
MOVES_ANSWER: Final = _answer({"destinationFolder": _maybe(_PLACE), "moved": _list(_SHOWN_FILE), "failed": _FAILED})
FILE_DELETION_ANSWER: Final = _answer(
    {DRY_RUN: _TRUTH, "deleted": _list(_SHOWN_FILE), "failed": _FAILED, "totalFileNumber": _NUMBER}
)
FOLDER_ANSWER: Final = _answer({"data": _SHOWN_FOLDER})
FOLDER_DELETION_ANSWER: Final = _answer(
    {DRY_RUN: _TRUTH, "folders": _list(_SHOWN_FOLDER), "totalFolderNumber": _NUMBER, "totalFileNumber": _NUMBER}
)
FOLDERS_ANSWER: Final[JSONSchema] = {
    **_answer({"data": _list({"$ref": "#/$defs/folder"})}),
    "$defs": {"folder": _object({"id": _NUMBER, "name": _WORDS, "children": _list({"$ref": "#/$defs/folder"})})},
}
