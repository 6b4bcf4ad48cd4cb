"""What is shown of files and folders, and to whom: plans for the query engine."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tessera.authz.ability import Ability, Grant, Refusal
from tessera.errors import PaginationError
from tessera.features.media import actions
from tessera.filters import ALWAYS, Filter, one_of
from tessera.identity.context import RequestContext
from tessera.query.conditions import EVERY, NO, Condition, all_of
from tessera.query.content_manager import creator
from tessera.query.conversions import text_of
from tessera.query.fields import chosen_fields
from tessera.query.filtering import Filtering
from tessera.query.paging import MOST_MANAGED, Page, as_number
from tessera.query.plan import Entry, Envelope, Field, Fixed, Form, ListPlan, Related, Rows, Selection
from tessera.query.planner import START
from tessera.query.question import FILTERS, SEARCH, Leaf, Question, question
from tessera.query.refusals import CONTENT_MANAGER
from tessera.query.searching import is_number, searched
from tessera.query.sight import Grant as Readable
from tessera.query.sight import Reader, Sight, granted
from tessera.query.sorting import sort_keys
from tessera.query.wanted import Wants, wants
from tessera.schema.model import ContentType, Model, Scalar
from tessera.schema.naming import FILE
from tessera.sql.dialects.sqlite import SQLITE
from tessera.sql.reads import compile_count, compile_read
from tessera.sql.statement import Statement

FOLDER: Final = "plugin::upload.folder"
UNSIGNED: Final = Fixed("isUrlSigned", "false")  # of storage that everybody may read
MOST: Final = 2**31 - 1  # rows of a list that has no pages
_ASKED: Final = (FILTERS, "sort", "fields", SEARCH, "populate")
_OWN: Final = ("id", "documentId")
_USUAL: Final = 10
_MOST_PAGES: Final = 2**31

Params = Mapping[str, Any]  # as `tessera.query.params.parse` returns them


@dataclass(frozen=True, slots=True)
class Library:
    """The media library as one administrator sees it."""

    ctx: RequestContext
    ability: Ability

    @classmethod
    def of(cls, ctx: RequestContext) -> Library:
        """Return the library as the caller sees it."""
        return cls(ctx, ctx.admin.ability)

    @property
    def readable(self) -> Condition:
        """Return which files may be read."""
        return self._granted(actions.READ)

    def files(self, params: Params) -> Statement:
        """Return the statement of a page of files."""
        model, page = self.model(FILE), page_of(params)
        asked = question(params, *_ASKED)
        chosen = chosen_fields(self._sight, model, asked.get("fields"), CONTENT_MANAGER, None)
        rows = self._rows(model, asked, self.readable, for_number=is_number(params.get(SEARCH)))
        plan = ListPlan(
            rows=replace(rows, start=START, limit=page.size),
            entry=Entry(FILE, (*_scalars(model, chosen), self._folder(), UNSIGNED)),
            envelope=Envelope.CONTENT_MANAGER,
            size=page.size,
        )
        return self._read(plan, asked, {"start": page.start})

    def file(self, file_id: int) -> Statement:
        """Return the statement of one file, with who made it and where it is."""
        entry = Entry(FILE, (*_scalars(self.model(FILE)), creator("createdBy"), self._folder(), UNSIGNED))
        return self._one(entry, [file_id], self.readable)

    def written(self, ids: Iterable[int], *, seen: bool = False, signed: bool = True) -> Statement:
        """Return the statement of files that were just written; those that may not be read only tell their ids."""
        readable = EVERY if seen else self.readable
        parts: list[Selection] = [Field(part.name, EVERY if part.name in _OWN else readable) for part in self._plain]
        shown = tuple(part for part in parts if not (isinstance(part, Field) and part.guard == NO))
        return self._one(Entry(FILE, (*shown, UNSIGNED) if signed else shown), list(ids), EVERY)

    def folders(self, params: Params, folder_id: int | None = None) -> Statement:
        """Return the statement of the folders that are asked for, with how much is in each."""
        model, asked = self.model(FOLDER), question(params, *_ASKED)
        own = EVERY if folder_id is None else granted(one_of("id", [folder_id]))
        chosen = chosen_fields(self._sight, model, asked.get("fields"), CONTENT_MANAGER, None)
        counts = [
            Related(name="children", form=Form.COUNT, rows=Rows(model=FOLDER)),
            Related(name="files", form=Form.COUNT, rows=Rows(model=FILE, where=self.readable)),
        ]
        above = self._above(wants(asked.get("populate")))
        plan = ListPlan(
            rows=replace(self._rows(model, asked, own, for_number=is_number(params.get(SEARCH))), limit=MOST),
            entry=Entry(FOLDER, (*_scalars(model, chosen), *counts, *above)),
            envelope=Envelope.NONE,
            size=MOST,
        )
        return self._read(plan, asked, {})

    def plain_folders(self, ids: Iterable[int]) -> Statement:
        """Return the statement of some folders as they are."""
        return self._one(Entry(FOLDER, _scalars(self.model(FOLDER))), list(ids), EVERY)

    def counted(self, uid: str, ids: Iterable[int], filter_: Filter) -> Statement:
        """Return the statement that counts those of some rows of which a filter holds."""
        rows = Rows(model=uid, where=all_of(granted(one_of("id", sorted(ids))), granted(filter_)))
        return compile_count(rows, self.ctx.project.schema, SQLITE).statement((), {})

    def model(self, uid: str) -> ContentType:
        """Return a type of the library."""
        return self.ctx.project.schema.content_types[uid]

    @property
    def _plain(self) -> tuple[Field, ...]:
        return _scalars(self.model(FILE))

    @property
    def _sight(self) -> Sight:
        def grants(uid: str) -> Readable | None:
            found = _Everything() if uid == FOLDER else self.ability.grant(actions.READ_ENTRY, uid)
            return None if isinstance(found, Refusal) else found

        return Sight(self.ctx.project.schema, Reader(grants, self.ability.key))

    def _rows(self, model: ContentType, asked: Question, shown: Condition, *, for_number: bool) -> Rows:
        filtering = Filtering(self._sight, CONTENT_MANAGER, self._visible)
        text = asked.get(SEARCH)
        found = searched(self._sight, model, text.index, for_number=for_number) if isinstance(text, Leaf) else EVERY
        return Rows(
            model=model.uid,
            where=all_of(shown, filtering.planned(asked.get(FILTERS), model), found),
            sort=sort_keys(filtering, asked.get("sort"), model),
        )

    def _visible(self, model: Model) -> Condition | None:
        return self.readable if model.uid == FILE else self._sight.rows(model.uid)

    def _granted(self, action: str) -> Condition:
        grant = self.ability.grant(action)
        return granted(grant.filter) if isinstance(grant, Grant) else NO

    def _folder(self) -> Related:
        entry = Entry(FOLDER, _scalars(self.model(FOLDER)))
        return Related(name="folder", form=Form.ONE, rows=Rows(model=FOLDER), entry=entry)

    def _above(self, wanted: Wants) -> list[Selection]:
        """Return the folders that the folders are in, as far up as is asked."""
        asked = wanted.attributes.get("parent")
        if asked is None and not wanted.every:
            return []
        below = wants(asked.options.get("populate")) if asked else Wants()
        inner = (asked.below if asked else None) or below
        entry = Entry(FOLDER, (*_scalars(self.model(FOLDER)), *self._above(inner)))
        return [Related(name="parent", form=Form.ONE, rows=Rows(model=FOLDER), entry=entry)]

    def _one(self, entry: Entry, ids: list[int], shown: Condition) -> Statement:
        rows = Rows(model=entry.model, where=all_of(granted(one_of("id", ids)), shown), limit=MOST)
        plan = ListPlan(rows=rows, entry=entry, envelope=Envelope.NONE, size=MOST)
        return self._read(plan, question({}), {})

    def _read(self, plan: ListPlan, asked: Question, named: Mapping[str, Any]) -> Statement:
        return compile_read(plan, self.ctx.project.schema, SQLITE).statement(asked.values, named)


def page_of(params: Params) -> Page:
    """Return the page of files that is asked for; refuses one that cannot be, as the reference does."""
    size = min(_counting(params, "pageSize", _USUAL), MOST_MANAGED)
    return Page((_counting(params, "page", 1) - 1) * size, size)


def _counting(params: Params, name: str, usual: int) -> int:
    given = params.get(name, usual)
    number = as_number(given)
    if math.isnan(number) or number < 1 or not number.is_integer() or number >= _MOST_PAGES:
        raise PaginationError(f"Invalid '{name}' parameter. Expected an integer > 0, received: {text_of(given)}")
    return int(number)


def _scalars(model: ContentType, chosen: frozenset[str] | None = None) -> tuple[Field, ...]:
    names = [name for name, each in model.attributes.items() if isinstance(each, Scalar)]
    return tuple(Field(name) for name in (*_OWN, *names) if chosen is None or name in chosen or name in _OWN)


@dataclass(frozen=True, slots=True)
class _Everything:
    """The right to read all of a type: folders are for everybody who may see the library."""

    filter: Filter = ALWAYS

    def guard(self, field: str) -> Filter:
        return ALWAYS
