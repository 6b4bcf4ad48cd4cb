"""Questions about relations become plans: which entries a row lists in an attribute, and which ones it may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.errors import ValidationError, Violation
from tessera.query.conditions import (
    EVERY,
    NO,
    Condition,
    Listed,
    OfVersion,
    Operator,
    Slot,
    Test,
    Version,
    all_of,
    any_of,
)
from tessera.query.conversions import Conversion
from tessera.query.filtering import OPERATORS, Filtering
from tessera.query.plan import Entry, Field, RelationPlan, Rows, Selection, Status
from tessera.query.question import INCLUDED, OMITTED, SEARCH, Branch, Items, Leaf, Question
from tessera.query.refusals import CONTENT_MANAGER
from tessera.query.sight import Reader, Sight
from tessera.query.sorting import sort_keys
from tessera.schema.model import ContentType, Model, Relation, Schema

START: Final = Slot("start")
HOLDER: Final = Slot("holder", Conversion.TEXT)
HOLDER_ID: Final = Slot("holder", Conversion.ID)
LOCALE: Final = Slot("locale", Conversion.TEXT)
# The parameters that shape the statement of entries that may be related.
CANDIDATES: Final = (SEARCH, "_filter", "filters", "sort", OMITTED, INCLUDED)
_STATUSES: Final = ("published", "draft")


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationScope:
    """The attribute of a model that is asked about, and which of its rows."""

    holder: Model
    attribute: str
    main_field: str  # names an entry of the target
    status: Version | None = None
    in_locale: bool = False  # the holder is asked for in one locale
    saved: bool = True  # there is a row of the holder


def relation_status(params: Mapping[str, Any]) -> Version | None:
    """Return the version of the holder that is asked for; refuses what is none."""
    status = params.get("status")
    if status is None:
        return None
    if status not in _STATUSES:
        options = "|".join(f'"{option}"' for option in _STATUSES)
        raise ValidationError.of([Violation(("status",), f"Invalid option: expected one of {options}")])
    return Version(status)


def plan_existing(schema: Schema, reader: Reader, scope: RelationScope, size: int) -> RelationPlan:
    """Return the plan of the entries that a row lists; those outside of the reader's right have no name."""
    planner = _Planner(Sight(schema, reader), scope)
    relation = planner.relation
    return RelationPlan(
        rows=Rows(
            model=planner.target.uid,
            where=planner.of_version,
            backwards=True,
            start=START if relation.lists_many else None,
            limit=size if relation.lists_many else 1,
        ),
        entry=planner.entry(within=planner.readable),
        size=size,
        holder=planner.holder(),
        shown=planner.shown,
        attribute=scope.attribute,
        in_pages=relation.lists_many,
    )


def plan_candidates(
    schema: Schema, reader: Reader, scope: RelationScope, question: Question, size: int
) -> RelationPlan:
    """Return the plan of the entries that a row may list and does not, which the search finds by their names."""
    planner = _Planner(Sight(schema, reader), scope)
    filtering = planner.filtering
    return RelationPlan(
        rows=Rows(
            model=planner.target.uid,
            where=all_of(
                EVERY if planner.readable == NO else planner.readable,
                planner.of_version,
                planner.of_locale,
                filtering.planned(question.get("filters"), planner.target),
                planner.not_listed(question),
                planner.search(question),
                _ids(question, OMITTED, Operator.NOT_IN) or EVERY,
            ),
            sort=sort_keys(filtering, question.get("sort") or planner.main_field, planner.target),
            start=START,
            limit=size,
        ),
        entry=planner.entry(within=EVERY),
        size=size,
        holder=planner.holder() if scope.saved else None,
        shown=planner.shown,
    )


@dataclass(frozen=True, slots=True)
class _Planner:
    sight: Sight
    scope: RelationScope

    @property
    def relation(self) -> Relation:
        attribute = self.scope.holder.attributes.get(self.scope.attribute)
        if not isinstance(attribute, Relation) or attribute.target is None:
            uid = self.scope.holder.uid
            raise ValidationError(f"The relational field {self.scope.attribute} doesn't exist on {uid}")
        return attribute

    @property
    def target(self) -> ContentType:
        return self.sight.schema.content_types[self.relation.target or ""]

    @property
    def filtering(self) -> Filtering:
        return Filtering(self.sight, CONTENT_MANAGER, lambda model: self.sight.rows(model.uid))

    @property
    def readable(self) -> Condition:
        return self.sight.rows(self.target.uid) or NO

    @property
    def main_field(self) -> str:
        """Return the attribute that names entries, or their document id when the reader may not see it."""
        name = self.scope.main_field
        return name if self.sight.asked(self.target, name) != NO else "documentId"

    @property
    def shown(self) -> Condition:
        """Return whether the holder's row may be seen with its attribute; components go with what holds them."""
        holder = self.scope.holder
        if not isinstance(holder, ContentType):
            return EVERY
        return all_of(self.sight.rows(holder.uid) or NO, self.sight.guard(holder, self.scope.attribute))

    @property
    def of_version(self) -> Condition:
        """Return which version of targets counts: that of the holder, or drafts when the holder has no versions."""
        if not self.target.draft_and_publish:
            return EVERY
        holder = self.scope.holder
        versioned = not isinstance(holder, ContentType) or holder.draft_and_publish
        return OfVersion((self.scope.status or Version.DRAFT) if versioned else Version.DRAFT)

    @property
    def of_locale(self) -> Condition:
        if not (self.target.localized and self.scope.in_locale):
            return EVERY
        return Test("locale", Operator.EQUAL, (LOCALE,))

    def holder(self) -> Rows:
        """Return the row that is asked about."""
        holder = self.scope.holder
        if not isinstance(holder, ContentType):
            return Rows(model=holder.uid, where=Test("id", Operator.EQUAL, (HOLDER_ID,)), limit=1)
        version = OfVersion(self.scope.status or Version.DRAFT) if holder.draft_and_publish else EVERY
        return Rows(model=holder.uid, where=all_of(self._named(), version, self._holder_locale()), limit=1)

    def _named(self) -> Condition:
        return Test("documentId", Operator.EQUAL, (HOLDER,))

    def _holder_locale(self) -> Condition:
        holder = self.scope.holder
        localized = isinstance(holder, ContentType) and holder.localized
        return Test("locale", Operator.EQUAL, (LOCALE,)) if localized and self.scope.in_locale else EVERY

    def not_listed(self, question: Question) -> Condition:
        """Leave out what the holder lists already, but for ids that were taken from it in the meantime."""
        if not self.scope.saved:
            return EVERY
        holder = self.scope.holder
        if isinstance(holder, ContentType):
            where = all_of(self._named(), self._holder_locale())
        else:
            where = Test("id", Operator.EQUAL, (HOLDER_ID,))
        listed = Listed(holder.uid, self.scope.attribute, where, negated=True)
        included = _ids(question, INCLUDED, Operator.IN)
        return listed if included is None else any_of(listed, included)

    def search(self, question: Question) -> Condition:
        """Return the condition that the name of an entry is as searched."""
        text, operator = question.get(SEARCH), question.get("_filter")
        if not isinstance(text, Leaf):
            return EVERY
        key = operator if isinstance(operator, str) and operator in OPERATORS - _GROUPS else "$containsi"
        return self.filtering.planned(Branch(((self.main_field, Branch(((key, text),))),)), self.target)

    def entry(self, within: Condition) -> Entry:
        """Return what is told of an entry; its name only within what may be read."""
        name = self.main_field
        parts: list[Selection] = [Field("id"), Field("documentId")]
        if name not in ("id", "documentId"):
            guard = all_of(within, self.sight.guard(self.target, name))
            parts.append(Field(name, guard))
        parts += [Field(stamp) for stamp in ("publishedAt", "updatedAt") if stamp != name]
        if self.target.localized and name != "locale":
            parts.append(Field("locale"))
        if self.target.draft_and_publish:
            parts.append(Status())
        return Entry(self.target.uid, tuple(parts))


_GROUPS: Final = frozenset({"$and", "$or", "$not"})


def _ids(question: Question, key: str, operator: Operator) -> Condition | None:
    node = question.get(key)
    nodes = node.nodes if isinstance(node, Items) else (node,)
    slots = tuple(Slot(leaf.index, Conversion.ID) for leaf in nodes if isinstance(leaf, Leaf))
    return Test("id", operator, slots) if slots else None
