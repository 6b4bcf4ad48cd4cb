"""What is answered about documents: certain keys of each entry, beside those of its content type."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from tessera.web.envelopes import Moment, Pagination, Person

Status = Annotated[str, Field(json_schema_extra={"enum": ["draft", "published", "modified"]})]


class KnownOfEntry(TypedDict, total=False):
    """What an entry has beside the attributes of its type, as far as the caller may see it."""

    id: int
    documentId: str
    createdAt: Moment | None
    updatedAt: Moment | None
    publishedAt: Moment | None
    createdBy: Person | None
    updatedBy: Person | None
    locale: str | None
    status: Status


@with_config(ConfigDict(extra="allow"))
class ManagedEntry(KnownOfEntry, total=False):
    """An entry as the content manager shows it: with the attributes of its type."""

    localizations: list[Any]


@with_config(ConfigDict(extra="allow"))
class OtherVersion(KnownOfEntry, total=False):
    """Another locale or status of an entry."""


class VersionsMeta(TypedDict):
    """Which other versions of an entry there are."""

    availableLocales: list[OtherVersion]
    availableStatus: list[OtherVersion]


class WithVersions(TypedDict):
    """An entry, and which other versions of it there are."""

    data: ManagedEntry
    meta: VersionsMeta


class ManagedPage(TypedDict):
    """A page of entries."""

    results: list[ManagedEntry]
    pagination: Pagination


@with_config(ConfigDict(extra="allow"))
class RelatedEntry(TypedDict, total=False):
    """An entry that a relation field may hold, with the field that names it."""

    id: int
    documentId: str
    locale: str | None
    status: Status
    publishedAt: Moment | None
    updatedAt: Moment | None


class CheckedDrafts(TypedDict):
    """Drafts with all that is checked when they are published."""

    results: list[ManagedEntry]


class DraftRelations(TypedDict):
    """How many relations lead to documents that are not published."""

    unpublishedRelations: int
    draftM2mLinks: int


class RelatedPage(TypedDict):
    """A page of entries that a relation field holds or may hold."""

    results: list[RelatedEntry]
    pagination: Pagination


class Availability(TypedDict):
    """Whether an identifier is free, and one that is."""

    isAvailable: bool
    suggestion: str | None


class OtherLocale(TypedDict):
    """An entry in another locale."""

    id: int
    locale: str
    publishedAt: Moment | None


class SharedFields(TypedDict):
    """What all locales of an entry have in common."""

    nonLocalizedFields: dict[str, Any]
    localizations: list[OtherLocale]


class StatusCounts(TypedDict):
    """How many documents there are of each status."""

    draft: int
    published: int
    modified: int


class RecentDocument(TypedDict):
    """A document that was changed or published lately."""

    documentId: str
    locale: str | None
    title: str
    contentTypeUid: str
    contentTypeDisplayName: str
    kind: str
    updatedAt: Moment
    publishedAt: Moment | None
    status: NotRequired[Status]


@with_config(ConfigDict(extra="allow"))
class ManagedContent(TypedDict, total=False):
    """The attributes of an entry, as its content type has them."""

    locale: str | None


class ManagedListing(TypedDict, total=False):
    """How a list of entries is paged, sorted, searched and filtered."""

    page: int
    pageSize: int
    sort: str
    _q: str
    filters: dict[str, Any]
    locale: str
    status: Status


class VersionAsked(TypedDict, total=False):
    """Which version of a document is meant."""

    locale: str
    status: Status


class LocaleAsked(TypedDict, total=False):
    """Which locale of a document is meant; `*` all of them."""

    locale: str


class LocalesAsked(TypedDict, total=False):
    """Which locales of documents are meant."""

    locale: str | list[str]


class DocumentIds(TypedDict):
    """Which documents are meant."""

    documentIds: list[str]


class UnpublicationOptions(TypedDict, total=False):
    """What becomes of the draft."""

    discardDraft: bool
    locale: str


class CountedDocuments(TypedDict, total=False):
    """Which documents' relations are counted."""

    documentIds: list[str] | str
    locale: list[str] | str


class CandidatesAsked(TypedDict, total=False):
    """Which entries a relation field may hold, page by page."""

    id: str
    page: int
    pageSize: int
    _q: str
    locale: str
    status: Status
    idsToInclude: list[str]
    idsToOmit: list[str]


class RecentAsked(TypedDict):
    """Whether changes or publications are asked for."""

    action: Annotated[str, Field(json_schema_extra={"enum": ["update", "publish"]})]


class TakenOver(TypedDict, total=False):
    """What is taken over from which locale to which; a single type has no documentId, all else is needed."""

    sourceLocale: str
    targetLocale: str
    collectionType: Annotated[str, Field(json_schema_extra={"enum": ["collection-types", "single-types"]})]
    documentId: str
