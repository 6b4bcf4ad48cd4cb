"""
Questions become plans.

`plan_list` and `plan_one` answer the content manager. Nothing of a plan depends on values, so the plan of a question
serves every question of the same shape by a reader of the same rights.
"""

from __future__ import annotations

from typing import Final

from tessera.errors import ValidationError
from tessera.query.conditions import EVERY, NO, Condition, OfVersion, Operator, Slot, Test, Version, all_of
from tessera.query.content_manager import Occasion, Presentation
from tessera.query.conversions import Conversion
from tessera.query.filtering import Filtering
from tessera.query.plan import Envelope, ListPlan, OnePlan, Rows
from tessera.query.publication import PUBLICATION, managed_versions, sorts_by_status
from tessera.query.question import FILTERS, SEARCH, Branch, Items, Leaf, Node, Question
from tessera.query.refusals import CONTENT_MANAGER
from tessera.query.searching import searched
from tessera.query.sight import Reader, Sight
from tessera.query.sorting import sort_keys
from tessera.schema.model import ContentType, Model, Scalar, Schema

START: Final = Slot("start")
LOCALE: Final = Slot("locale")
DOCUMENT: Final = Slot("document")
ASKED_LOCALE: Final = Slot("asked locale")

# The parameters of a list of the content manager that shape its statement.
MANAGED: Final = (FILTERS, "sort", "fields", SEARCH, *PUBLICATION)


def plan_list(
    schema: Schema,
    reader: Reader,
    model: ContentType,
    question: Question,
    *,
    size: int,
    every_locale: bool = False,
    for_number: bool = False,
    total_known: bool = False,
) -> ListPlan:
    """Return the plan of a list of the content manager; `for_number` says that the searched text is a number."""
    sight, literals = Sight(schema, reader), question.literals()
    versions = managed_versions(literals, model)
    filtering = Filtering(sight, CONTENT_MANAGER, lambda target: sight.rows(target.uid))
    rows = Rows(
        model=model.uid,
        where=all_of(
            sight.rows(model.uid) or NO,
            versions.where,
            _in_locale(model, every=every_locale),
            filtering.planned(question.get(FILTERS), model),
            _search(sight, model, question, for_number=for_number),
        ),
        sort=sort_keys(filtering, question.get("sort"), model, by_status=sorts_by_status(literals, model)),
        version=versions.version,
        start=START,
        limit=size,
    )
    presentation = Presentation(sight, versions.related)
    return ListPlan(
        rows=rows,
        entry=presentation.listed(model, _fields(sight, model, question.get("fields"))),
        envelope=Envelope.CONTENT_MANAGER,
        size=size,
        total_known=total_known,
    )


def plan_one(
    schema: Schema,
    reader: Reader,
    model: ContentType,
    status: Version | None,
    *,
    by_id: bool = True,
    occasion: Occasion = Occasion.READ,
    told: bool = True,
) -> OnePlan:
    """Return the plan of one document of the content manager; the only one of a single type is not named."""
    sight = Sight(schema, reader)
    version = (status or Version.DRAFT) if model.draft_and_publish else Version.ANY
    presentation = Presentation(sight, version if model.draft_and_publish else status or Version.PUBLISHED)
    document: Condition = Test("documentId", Operator.EQUAL, (DOCUMENT,)) if by_id else EVERY
    of_version: Condition = OfVersion(version) if model.draft_and_publish else EVERY
    return OnePlan(
        rows=Rows(
            model=model.uid,
            where=all_of(document, of_version, _in_locale(model, every=False)),
            version=version,
            limit=1,
        ),
        entry=presentation.alone(model, occasion),
        envelope=Envelope.CONTENT_MANAGER,
        shown=sight.rows(model.uid) or NO,
        document=DOCUMENT if by_id else None,
        locale=ASKED_LOCALE,
        other_locales=presentation.other_locales(model) if told else None,
        other_version=presentation.other_version(model) if told else None,
    )


def _in_locale(model: ContentType, *, every: bool) -> Condition:
    if every or not model.localized:
        return EVERY
    return Test("locale", Operator.EQUAL, (Slot(LOCALE.source, Conversion.TEXT, or_default=True),))


def _search(sight: Sight, model: Model, question: Question, *, for_number: bool) -> Condition:
    text = question.get(SEARCH)
    return searched(sight, model, text.index, for_number=for_number) if isinstance(text, Leaf) else EVERY


def _fields(sight: Sight, model: ContentType, node: Node) -> frozenset[str] | None:
    """Return the scalars that were asked for, or None for all of them."""
    if node is None or node == "*":
        return None
    if isinstance(node, Branch) or not isinstance(node, str | Items):
        raise ValidationError(_FIELDS)
    names = [node] if isinstance(node, str) else list(node.nodes)
    if isinstance(node, str) and "," not in node and not _may_select(sight, model, node):
        return None  # content_manager_permissions: a single unreadable field selects nothing.
    chosen: set[str] = set()
    for name in (part.strip() for item in names for part in _split(item)):
        if not _may_select(sight, model, name):
            raise ValidationError(_FIELDS)
        chosen.add(name)
    return frozenset(chosen)


def _split(item: Node) -> list[str]:
    if not isinstance(item, str):
        raise ValidationError(_FIELDS)
    return item.split(",")


def _may_select(sight: Sight, model: ContentType, name: str) -> bool:
    attribute = model.attributes.get(name)
    if attribute is None and name not in ("id", "documentId"):
        raise CONTENT_MANAGER.invalid_key(name, ())
    if attribute is not None and not isinstance(attribute, Scalar):
        raise CONTENT_MANAGER.invalid_key(name, (name,))
    return sight.guard(model, name) != NO


_FIELDS: Final = "Invalid fields parameter. Expected a string or an array of strings"
