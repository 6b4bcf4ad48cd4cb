"""What other servers are told of an entry or a file: no rights apply, so nothing private and no password is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from tessera.query.conditions import EVERY, Condition, OfVersion, Operator, Slot, Test, Version, all_of
from tessera.query.conversions import Conversion
from tessera.query.plan import (
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
    Siblings,
    Zone,
)
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

DOCUMENT: Final = Slot("document", Conversion.TEXT)
LOCALE: Final = Slot("locale", Conversion.TEXT)
ROW: Final = Slot("row")
_MOST: Final = 1000  # rows of one document; a locale has two at most


class Depth(Enum):
    """How much of an entry is told."""

    ALL = "all"  # with what its relations, components and files lead to, one step far
    COUNTED = "counted"  # the same, but of relations how many entries they list
    FLAT = "flat"  # its own columns


@dataclass(frozen=True, slots=True)
class Telling:
    """Which rows of a document are told of, and how much of each."""

    depth: Depth
    version: Version = Version.ANY


def plan_document(schema: Schema, content_type: ContentType, telling: Telling) -> ListPlan:
    """Return the plan of the rows of one document in one locale; of a type without locales there is only one."""
    version = telling.version if content_type.draft_and_publish else Version.ANY
    where: Condition = all_of(
        Test("documentId", Operator.EQUAL, (DOCUMENT,)),
        Test("locale", Operator.EQUAL, (LOCALE,)) if content_type.localized else EVERY,
        OfVersion(version) if version is not Version.ANY else EVERY,
    )
    entry = Entry(content_type.uid, tuple(_selections(schema, content_type, telling.depth)))
    return _listed(Rows(model=content_type.uid, where=where, limit=_MOST), entry)


def plan_file(schema: Schema) -> ListPlan:
    """Return the plan of one file by its id."""
    entry = Entry(FILE, tuple(_scalars(schema.content_types[FILE])))
    return _listed(Rows(model=FILE, where=Test("id", Operator.EQUAL, (ROW,)), limit=1), entry)


def _listed(rows: Rows, entry: Entry) -> ListPlan:
    return ListPlan(rows=rows, entry=entry, envelope=Envelope.NONE, paging=Paging.OFFSET_UNCOUNTED, size=_MOST)


def _selections(schema: Schema, model: Model, depth: Depth) -> Iterator[Selection]:
    yield from _scalars(model)
    if depth is Depth.FLAT:
        return
    for attribute in model.attributes.values():
        selection = None if attribute.private else _selection(schema, attribute, depth)
        if selection is not None:
            yield selection
    if depth is Depth.COUNTED and isinstance(model, ContentType) and model.localized:
        yield Siblings(name="localizations", entry=Entry(model.uid, tuple(_beside(schema, model))), drafts=True)


def _beside(schema: Schema, model: Model) -> Iterator[Selection]:
    """Yield what is told of a draft beside its publication: its scalars, and those of its components."""
    yield from _scalars(model)
    for attribute in model.attributes.values():
        if isinstance(attribute, ComponentField | DynamicZone) and not attribute.private:
            selection = _selection(schema, attribute, Depth.FLAT)
            if selection is not None:
                yield selection


def _scalars(model: Model) -> Iterator[Selection]:
    yield Field("id")
    if isinstance(model, ContentType) and model.standard_columns:
        yield Field("documentId")
    for attribute in model.attributes.values():
        if isinstance(attribute, Scalar) and not attribute.private and attribute.type != "password":
            yield Field(attribute.name)


def _selection(schema: Schema, attribute: Attribute, depth: Depth) -> Selection | None:
    match attribute:
        case Relation(name=name, target=str(uid), virtual=False):
            if depth is Depth.COUNTED:
                return Related(name=name, form=Form.COUNT, rows=Rows(model=uid))
            form = Form.MANY if attribute.lists_many else Form.ONE
            return Related(name=name, form=form, rows=Rows(model=uid), entry=_flat(schema, uid))
        case Media(name=name, multiple=many):
            form = Form.MANY if many else Form.ONE
            return Related(name=name, form=form, rows=Rows(model=FILE), entry=_flat(schema, FILE))
        case ComponentField(name=name, component=uid, repeatable=many):
            return Parts(name=name, many=many, rows=Rows(model=uid), entry=_component(schema, uid, depth))
        case DynamicZone(name=name, components=uids):
            return Zone(name=name, entries=tuple(_component(schema, uid, depth) for uid in uids))
    return None


def _flat(schema: Schema, uid: str) -> Entry:
    return Entry(uid, tuple(_scalars(schema.content_types[uid])))


def _component(schema: Schema, uid: str, depth: Depth) -> Entry:
    return Entry(uid, tuple(_selections(schema, schema.components[uid], depth)))
