"""Questions of the Content API become plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from tessera.errors import ValidationError
from tessera.query.conditions import EVERY, Condition, OfVersion, Operator, Slot, Test, Version, all_of
from tessera.query.conversions import Conversion
from tessera.query.filtering import Filtering
from tessera.query.paging import Page
from tessera.query.plan import Entry, Envelope, ListPlan, OnePlan, Rows, SortKey, StatusKey
from tessera.query.populating import POPULATE, Place, Populating
from tessera.query.publication import HAS_PUBLISHED, PUBLICATION_FILTER, STATUS, publication
from tessera.query.question import FILTERS, SEARCH, Branch, Items, Leaf, Question
from tessera.query.refusals import content_api
from tessera.query.searching import searched
from tessera.query.sight import Grant, Reader, Sight
from tessera.query.sorting import sort_keys
from tessera.query.wanted import wants
from tessera.schema.model import ContentType, Model, Schema

# The parameters that shape a list, and those that shape its total.
ASKED: Final = (FILTERS, "sort", "fields", POPULATE, SEARCH, STATUS, PUBLICATION_FILTER, HAS_PUBLISHED)
COUNTED: Final = (FILTERS, SEARCH, STATUS, PUBLICATION_FILTER, HAS_PUBLISHED)
_STATUSES: Final = ("draft", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is decided outside of a question: how many locales are meant (None: all), and by which right."""

    locales: int | None = 1
    for_number: bool = False
    root: Grant | None = None  # the right to the type itself, when it is another one than to list it


def api_status(params: Mapping[str, Any]) -> Version:
    """Return the version that is asked for; refuses what is none (content_api_read.status_parameter)."""
    status = params.get(STATUS, "published")
    if status not in _STATUSES:
        details = {"source": "query", "param": STATUS}
        raise ValidationError(f"Invalid value for 'status'. Expected one of: {', '.join(_STATUSES)}.", details)
    return Version(status)


def plan_api_list(
    schema: Schema,
    reader: Reader,
    model: ContentType,
    question: Question,
    scope: Scope,
    *,
    page: Page,
    total_known: bool = False,
) -> ListPlan:
    """Return the plan of a list; a total that is known is bound instead of being counted."""
    planner = _Planner(schema, reader, model, question, scope)
    return ListPlan(
        rows=replace(planner.rows(), sort=planner.sort(), start=Slot("start"), limit=page.size),
        entry=planner.entry(),
        envelope=Envelope.CONTENT_API,
        paging=page.paging,
        size=page.size,
        total_known=total_known,
    )


def plan_api_one(schema: Schema, reader: Reader, model: ContentType, question: Question, scope: Scope) -> OnePlan:
    """Return the plan of one document, or of the only one of a single type."""
    planner = _Planner(schema, reader, model, question, scope)
    rows, document = planner.rows(), None
    if not model.is_single:
        document = Slot("document", Conversion.TEXT)
        rows = replace(rows, where=all_of(Test("documentId", Operator.EQUAL, (document,)), rows.where))
    return OnePlan(rows=replace(rows, limit=1), entry=planner.entry(), envelope=Envelope.CONTENT_API, document=document)


@dataclass(frozen=True, slots=True)
class _Planner:
    schema: Schema
    reader: Reader
    model: ContentType
    question: Question
    scope: Scope

    @property
    def _root(self) -> Sight:
        """Return the reader's sight with the right to the type that is asked for."""
        root, uid, grants = self.scope.root, self.model.uid, self.reader.grants
        reader = self.reader
        if root is not None:
            reader = replace(reader, grants=lambda asked: root if asked == uid else grants(asked))
        return Sight(self.schema, reader, private_shown=False)

    @property
    def _populating(self) -> Populating:
        sight = Sight(self.schema, self.reader, private_shown=False)
        return Populating(sight, self._root, self.version_of, self.question.values)

    def version_of(self, model: Model) -> Version:
        """Return the version of a type's documents that is shown: drafts if they are asked for and may be read."""
        if not isinstance(model, ContentType) or not model.draft_and_publish:
            return Version.ANY
        asked = api_status(self.question.literals())
        if model.uid == self.model.uid:
            return asked
        return asked if asked is Version.DRAFT and self.reader.drafts(model.uid) else Version.PUBLISHED

    def rows(self) -> Rows:
        """Return the rows of the type that the question is about."""
        version, literals = self.version_of(self.model), self.question.literals()
        return Rows(
            model=self.model.uid,
            where=all_of(
                self._root.rows(self.model.uid) or EVERY,
                OfVersion(version) if version is not Version.ANY else EVERY,
                publication(literals, self.model, version, {"source": "query", "param": PUBLICATION_FILTER}),
                self._in_locales(),
                self._filtering(FILTERS).planned(self._filters(), self.model),
                self._search(),
            ),
            version=version,
        )

    def sort(self) -> tuple[SortKey | StatusKey, ...]:
        """Return the keys to sort by."""
        return sort_keys(self._filtering("sort"), self.question.get("sort"), self.model)

    def entry(self) -> Entry:
        """Return what is shown of each row."""
        populate = wants(self.question.get(POPULATE))
        return self._populating.entry(
            self.model, self.question.get("fields"), populate, Place(root=True), content_api("fields")
        )

    def _filtering(self, param: str) -> Filtering:
        return Filtering(self._root, content_api(param), self._populating.visible, strict=True)

    def _filters(self) -> Branch | Items | None:
        node = self.question.get(FILTERS)
        if node is None or isinstance(node, Branch | Items):
            return node
        raise ValidationError("The filters parameter must be an object or an array")

    def _in_locales(self) -> Condition:
        if not self.model.localized or self.scope.locales is None:
            return EVERY
        number = self.scope.locales
        slots = tuple(Slot(f"locale {i}", Conversion.TEXT, or_default=number == 1) for i in range(number))
        return Test("locale", Operator.EQUAL if len(slots) == 1 else Operator.IN, slots)

    def _search(self) -> Condition:
        text = self.question.get(SEARCH)
        if not isinstance(text, Leaf):
            return EVERY
        return searched(self._root, self.model, text.index, for_number=self.scope.for_number)
