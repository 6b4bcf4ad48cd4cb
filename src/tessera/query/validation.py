"""Drafts about to be published together, read with all that is checked when they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tessera.query.conditions import EVERY, NO, Condition, OfVersion, Operator, Slot, Test, Version, all_of
from tessera.query.content_manager import Occasion, Presentation
from tessera.query.conversions import Conversion
from tessera.query.filtering import Filtering
from tessera.query.plan import Envelope, ListPlan, Paging, Rows, Status
from tessera.query.question import Question
from tessera.query.refusals import CONTENT_MANAGER
from tessera.query.sight import Reader, Sight
from tessera.query.sorting import sort_keys
from tessera.schema.model import ContentType, Schema

SORT: Final = "sort"


def plan_for_validation(
    schema: Schema, reader: Reader, content_type: ContentType, asked: Question, count: int
) -> ListPlan:
    """Return the plan of so many documents, named by the slots `document 0`, `document 1` and so on."""
    sight = Sight(schema, reader)
    version = Version.DRAFT if content_type.draft_and_publish else Version.PUBLISHED
    documents = tuple(Slot(f"document {number}", Conversion.TEXT) for number in range(count))
    in_locale: Condition = EVERY
    if content_type.localized:
        in_locale = Test("locale", Operator.EQUAL, (Slot("locale", Conversion.TEXT),))
    filtering = Filtering(sight, CONTENT_MANAGER, lambda target: sight.rows(target.uid))
    entry = Presentation(sight, version).alone(content_type, Occasion.WRITTEN)
    return ListPlan(
        rows=Rows(
            model=content_type.uid,
            where=all_of(
                sight.rows(content_type.uid) or NO,
                Test("documentId", Operator.IN, documents),
                OfVersion(version) if content_type.draft_and_publish else EVERY,
                in_locale,
            ),
            sort=sort_keys(filtering, asked.get(SORT), content_type),
            version=version,
            start=Slot("start"),
            limit=count,
        ),
        entry=replace(entry, selections=tuple(part for part in entry.selections if not isinstance(part, Status))),
        envelope=Envelope.CONTENT_API,
        paging=Paging.OFFSET_UNCOUNTED,
        size=count,
    )
