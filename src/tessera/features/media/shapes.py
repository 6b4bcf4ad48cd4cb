"""The shapes of the media library's bodies."""

from __future__ import annotations

from typing import Annotated, Any, Final

import pydantic

from tessera.features.media.details import Details
from tessera.web.fields import Demand, Flag, Id, Items, Number, Text
from tessera.web.shapes import OpenShape, Shape

SORTS: Final = ("createdAt:DESC", "createdAt:ASC", "name:ASC", "name:DESC", "updatedAt:DESC", "updatedAt:ASC")
_MOST: Final = 1000  # files or folders in one request
_LONGEST: Final = 255

_PLAIN: Final = Demand(lambda name: "/" not in name, "${path} cannot contain slashes")
_TIGHT: Final = Demand(lambda name: name == name.strip(" "), "${path} cannot start or end with a whitespace")

RowId = Annotated[int | str, Id()]
RowIds = Annotated[list[RowId], Items(max=_MOST)]
FolderName = Annotated[str, Text(required=True, min=1, max=_LONGEST, tests=(_PLAIN, _TIGHT))]


class FocalPoint(OpenShape):
    """The point of a picture that matters, in hundredths of its sides."""

    x: Annotated[float, Number(min=0, max=100)]
    y: Annotated[float, Number(min=0, max=100)]


class FileInfo(OpenShape):
    """What is said about a file."""

    name: Annotated[str | None, Text(nullable=True, max=_LONGEST)] = None
    alternative_text: Annotated[str | None, Text(nullable=True)] = None
    caption: Annotated[str | None, Text(nullable=True)] = None
    focal_point: FocalPoint | None = None
    folder: Annotated[int | str | None, Id(nullable=True)] = None

    def details(self, *, with_folder: bool) -> Details:
        """Return what was said; folders are the business of administrators."""
        said: dict[str, Any] = self.given()
        if said.get("focal_point") is not None:
            said["focal_point"] = {"x": said["focal_point"].x, "y": said["focal_point"].y}
        if not with_folder:
            said.pop("folder", None)
        return Details(given=said)


class FileBody(OpenShape):
    """What is said about one file."""

    file_info: FileInfo = pydantic.Field(default_factory=FileInfo)


class FilesBody(OpenShape):
    """What is said about several files, in their order."""

    file_info: Annotated[list[FileInfo], Items(max=_MOST)] = pydantic.Field(default_factory=list)


class FileUpdate(OpenShape):
    """What is to be different about one of several files."""

    id: Annotated[int, Number(integer=True, min=0)]
    file_info: FileInfo


class FileUpdates(OpenShape):
    """What is to be different about several files."""

    updates: Annotated[list[FileUpdate], Items(min=1, max=_MOST)]


class NewFolder(Shape):
    """A folder to make."""

    name: FolderName
    parent: Annotated[int | str | None, Id(nullable=True)] = None


class FolderBody(Shape):
    """What is to be different about a folder."""

    name: FolderName = ""
    parent: Annotated[int | str | None, Id(nullable=True)] = None


class Deletion(Shape):
    """Files and folders to delete."""

    file_ids: RowIds = pydantic.Field(default_factory=list)
    folder_ids: RowIds = pydantic.Field(default_factory=list)


class Move(Deletion):
    """Files and folders to move, and where to; null is the top."""

    destination_folder_id: Annotated[int | str | None, Id(nullable=True)]


class LibrarySettings(OpenShape):
    """What is done with pictures as they come in."""

    size_optimization: Annotated[bool, Flag()]
    responsive_dimensions: Annotated[bool, Flag()]
    auto_orientation: Annotated[bool, Flag()] = False
    ai_metadata: Annotated[bool, Flag()] = pydantic.Field(default=True, alias="aiMetadata")


class LibraryView(OpenShape):
    """How long the pages of the library are, and how they are sorted."""

    page_size: Annotated[float, Number(min=1, max=_MOST, integer=True)]
    sort: Annotated[str, Text(one_of=SORTS)] = SORTS[0]
