"""
What will be read, as data: a tree without values.

Values stand in a plan as slots, so that questions which differ only in values have equal plans and share one compiled
statement. Nothing here knows principals or SQL: what a principal may not see is already left out or guarded.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from tessera.query.conditions import EVERY, Condition, Slot, Version

ID = "id"
DOCUMENT_ID = "documentId"


@dataclass(frozen=True, slots=True)
class SortKey:
    """
    An attribute to sort by, reached through relations.

    `steps` say for each name of the path what has to hold of the row that has it, or else it counts as null.
    """

    path: tuple[str, ...]
    steps: tuple[Condition, ...]
    descending: bool = False


@dataclass(frozen=True, slots=True)
class StatusKey:
    """Sort by the status of the document."""

    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which rows of a model, in which order, and which part of them."""

    model: str
    where: Condition = EVERY
    sort: tuple[SortKey | StatusKey, ...] = ()
    backwards: bool = False  # the order of a relation, last one first
    version: Version = Version.ANY  # of the rows, as far as it is known
    first: Slot | None = None  # the id of a row before which there are only rows that are known to be left out
    start: Slot | None = None
    limit: Slot | int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A scalar, `id` or `documentId`."""

    name: str
    guard: Condition = EVERY


class Form(Enum):
    """How a relation is shown."""

    MANY = "many"  # a list of entries
    ONE = "one"  # an entry or null
    COUNT = "count"  # {"count": n}


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """
    The entries, or files, that a relation lists.

    `shown` holds for rows that may be seen; when `masked`, another one is told to be there by `{"count": 1}`.
    """

    name: str
    form: Form
    rows: Rows
    entry: Entry | None = None
    shown: Condition = EVERY
    masked: bool = False
    guard: Condition = EVERY


@dataclass(frozen=True, slots=True, kw_only=True)
class Morphed:
    """The entries of several types that a polymorphic relation lists, each with its `__type`."""

    name: str
    many: bool
    branches: tuple[tuple[Rows, Entry], ...]
    guard: Condition = EVERY


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The components in a component attribute."""

    name: str
    many: bool
    rows: Rows
    entry: Entry
    guard: Condition = EVERY


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """The components in a dynamic zone: an entry for each kind that is shown."""

    name: str
    entries: tuple[Entry, ...]
    form: Form = Form.MANY
    guard: Condition = EVERY


@dataclass(frozen=True, slots=True)
class Status:
    """Whether the document is a draft, published, or modified since (database.md §7)."""

    name: str = "status"
    guard: Condition = EVERY


@dataclass(frozen=True, slots=True, kw_only=True)
class Siblings:
    """The rows of the same version of the document in other locales, or its drafts in all of them."""

    name: str
    entry: Entry
    drafts: bool = False
    guard: Condition = EVERY


@dataclass(frozen=True, slots=True)
class Fixed:
    """A key with the same JSON text in every row."""

    name: str
    text: str
    guard: Condition = EVERY


Selection: TypeAlias = Field | Related | Morphed | Parts | Zone | Status | Siblings | Fixed


@dataclass(frozen=True, slots=True)
class Entry:
    """The object that is shown of a row: its keys in order."""

    model: str
    selections: tuple[Selection, ...]
    version: Version = Version.ANY  # of the rows, as far as it is known


class Envelope(Enum):
    """What stands around a list or a document."""

    CONTENT_MANAGER = "content manager"  # {"results", "pagination"} or {"data", "meta": {"availableLocales", …}}
    CONTENT_API = "content api"  # {"data", "meta": {"pagination"}} or {"data", "meta": {}}
    NONE = "none"  # the list, or the entry, alone


class Paging(Enum):
    """What a list tells about its pages."""

    PAGES = "pages"  # page, pageSize, pageCount, total
    OFFSET = "offset"  # start, limit, total
    PAGES_UNCOUNTED = "pages without a total"
    OFFSET_UNCOUNTED = "offset without a total"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """A page of entries and how many there are."""

    rows: Rows
    entry: Entry
    envelope: Envelope
    paging: Paging = Paging.PAGES
    size: int
    total_known: bool = False  # the total is bound by the caller instead of being counted
    versioned: bool = False  # tell what was counted of which version, or check that a known total is still right


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePlan:
    """
    One document: one of its rows, whether it may be seen, and what is told of its other versions.

    `shown` is not part of the rows' condition, so that a hidden row and an absent one can be told apart by those who
    may know.
    """

    rows: Rows
    entry: Entry
    envelope: Envelope
    shown: Condition = EVERY
    document: Slot | None = None  # None: the only document of a single type
    locale: Slot | None = None
    other_locales: Entry | None = None  # of `meta.availableLocales`
    other_version: Entry | None = None  # of `meta.availableStatus`


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationPlan:
    """
    A page of entries of a relation, as a list of the content manager: those that a row lists, or those that it may.

    `holder` is the row; without one it is not saved yet. Without an `attribute` the entries are not taken from it.
    """

    rows: Rows
    entry: Entry
    size: int
    holder: Rows | None = None
    shown: Condition = EVERY  # of the holder
    attribute: str | None = None
    in_pages: bool = True  # False: one entry or none, told as a single page


ReadPlan: TypeAlias = ListPlan | OnePlan | RelationPlan
