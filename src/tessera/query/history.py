"""What the history of documents keeps of a row, and how what an old version leads to is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tessera.query.conditions import EVERY, NO, OfVersion, Operator, Slot, Test, Version, all_of
from tessera.query.conversions import Conversion
from tessera.query.plan import (
    DOCUMENT_ID,
    ID,
    Entry,
    Envelope,
    Field,
    Form,
    ListPlan,
    Paging,
    Parts,
    Related,
    Rows,
    Selection,
    Status,
    Zone,
)
from tessera.query.sight import Reader, Sight
from tessera.schema.model import (
    Attribute,
    ComponentField,
    ContentType,
    DynamicZone,
    Media,
    Model,
    Relation,
    Scalar,
    Schema,
)
from tessera.schema.naming import FILE

IGNORED: Final = frozenset({"createdAt", "updatedAt", "publishedAt", "createdBy", "updatedBy"})
_LINK: Final = (DOCUMENT_ID, "locale", "publishedAt")


def recorded_entry(schema: Schema, content_type: ContentType) -> Entry:
    """
    Return what is kept of a row, as the reference keeps it, but never a password (F9).

    Components are kept without their ids, related entries by their documents, files by their ids.
    """
    return Entry(content_type.uid, (Field(ID), Field(DOCUMENT_ID), *_selections(schema, content_type)))


def _selections(schema: Schema, model: Model) -> Iterator[Selection]:
    for attribute in model.attributes.values():
        if attribute.name not in IGNORED and attribute.type != "password":
            selection = _selection(schema, attribute)
            if selection is not None:
                yield selection


def _selection(schema: Schema, attribute: Attribute) -> Selection | None:
    match attribute:
        case Scalar(name=name):
            return Field(name)
        case ComponentField(name=name, component=uid, repeatable=many):
            return Parts(name=name, many=many, rows=Rows(model=uid), entry=_component(schema, uid))
        case DynamicZone(name=name, components=uids):
            return Zone(name=name, entries=tuple(_component(schema, uid) for uid in uids))
        case Media(name=name, multiple=many):
            return Related(name=name, form=_form(many=many), rows=Rows(model=FILE), entry=Entry(FILE, (Field(ID),)))
        case Relation(name=name, target=uid) if uid is not None and not attribute.system:
            names = _LINK if schema.content_types[uid].localized else (DOCUMENT_ID, "publishedAt")
            entry = Entry(uid, tuple(Field(each) for each in names))
            return Related(name=name, form=_form(many=attribute.lists_many), rows=Rows(model=uid), entry=entry)
    return None


def _form(*, many: bool) -> Form:
    return Form.MANY if many else Form.ONE


def _component(schema: Schema, uid: str) -> Entry:
    return Entry(uid, tuple(_selections(schema, schema.components[uid])))


def plan_linked(schema: Schema, reader: Reader, uid: str, count: int) -> ListPlan:
    """Return the plan of so many entries that an old version leads to, named by the slots `entry 0` and so on."""
    sight, target = Sight(schema, reader), schema.content_types[uid]
    by, conversion = (ID, Conversion.AS_IS) if uid == FILE else (DOCUMENT_ID, Conversion.TEXT)
    slots = tuple(Slot(f"entry {number}", conversion) for number in range(count))
    version = OfVersion(Version.DRAFT) if target.draft_and_publish else EVERY
    return ListPlan(
        rows=Rows(model=uid, where=all_of(sight.rows(uid) or NO, Test(by, Operator.IN, slots), version)),
        entry=Entry(uid, tuple(_shown(sight, target))),
        envelope=Envelope.NONE,
        paging=Paging.OFFSET_UNCOUNTED,
        size=count,
    )


def _shown(sight: Sight, target: ContentType) -> Iterator[Selection]:
    names = [ID, DOCUMENT_ID, *(item.name for item in target.attributes.values() if isinstance(item, Scalar))]
    for name in names:
        guard = sight.asked(target, name)
        if guard != NO:
            yield Field(name, guard)
    if target.draft_and_publish:
        yield Status()
