"""What is answered about files and folders."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from tessera.web.envelopes import Count, Moment, Pagination, Person, Row


class Rendition(TypedDict):
    """A smaller picture of a picture."""

    name: str
    hash: str
    ext: str | None
    mime: str
    path: str | None
    width: int | None
    height: int | None
    size: float
    sizeInBytes: NotRequired[int]
    url: str
    provider_metadata: NotRequired[dict[str, Any] | None]


class Focus(TypedDict):
    """The point of a picture that matters, in hundredths of its sides."""

    x: float
    y: float


class PlainFolder(Row):
    """A folder, alone."""

    name: str
    pathId: int
    path: str
    locale: str | None


class Folder(TypedDict, total=False):
    """A folder, with how much is in it, as far as is asked for."""

    id: int
    documentId: str
    name: str
    pathId: int
    path: str
    createdAt: Moment
    updatedAt: Moment
    publishedAt: Moment | None
    locale: str | None
    children: Count
    files: Count
    parent: FolderAbove | None


class FolderAbove(PlainFolder):
    """The folder that a folder is in."""

    parent: NotRequired[FolderAbove | None]


class StoredFile(TypedDict, total=False):
    """A file; what the caller may not see or has not asked for is left out."""

    id: int
    documentId: str
    name: str
    alternativeText: str | None
    caption: str | None
    focalPoint: Focus | None
    width: int | None
    height: int | None
    formats: dict[str, Rendition] | None
    hash: str
    ext: str | None
    mime: str
    size: float
    url: str
    previewUrl: str | None
    provider: str
    provider_metadata: dict[str, Any] | None
    folderPath: str
    createdAt: Moment
    updatedAt: Moment
    publishedAt: Moment | None
    locale: str | None
    isUrlSigned: bool
    isTemporarilyUnavailable: bool
    folder: PlainFolder | None
    createdBy: Person | None
    related: list[dict[str, Any]]


class FilePage(TypedDict):
    """A page of files."""

    results: list[StoredFile]
    pagination: Pagination


class FolderBranch(TypedDict):
    """A folder with all that are in it."""

    id: int
    name: str
    children: list[FolderBranch]


class Treated(TypedDict):
    """The files and folders that something was done to."""

    files: list[StoredFile]
    folders: list[PlainFolder]


class LibrarySettingsShown(TypedDict, total=False):
    """What is done with pictures as they come in."""

    aiMetadata: bool
    sizeOptimization: bool
    responsiveDimensions: bool
    autoOrientation: bool
    concurrentUploadRequests: int


class LibraryViewShown(TypedDict, total=False):
    """How the pages of the library look."""

    pageSize: int
    sort: str


class FolderListing(TypedDict, total=False):
    """Which folders are asked for."""

    _q: str
    filters: dict[str, Any]
    sort: str
    fields: list[str] | str
    populate: dict[str, Any] | str


class FolderAsked(TypedDict, total=False):
    """What is shown of a folder."""

    populate: dict[str, Any] | str
    fields: list[str] | str


class FileAsked(TypedDict, total=False):
    """The file that is changed, where one is."""

    id: str


class FileListing(TypedDict, total=False):
    """Which files are asked for."""

    page: int
    pageSize: int
    _q: str
    filters: dict[str, Any]
    sort: Literal["createdAt:DESC", "createdAt:ASC", "name:ASC", "name:DESC", "updatedAt:DESC", "updatedAt:ASC"]
    fields: list[str] | str


class ContentFileListing(TypedDict, total=False):
    """Which files are asked for, in the words of the Content API."""

    filters: dict[str, Any]
    sort: str | list[str]
    fields: list[str] | str
    populate: dict[str, Any] | list[str] | str
    pagination: dict[str, Any]
    start: int
    limit: int


class ContentFileAsked(TypedDict, total=False):
    """What is shown of a file."""

    fields: list[str] | str
    populate: dict[str, Any] | list[str] | str
