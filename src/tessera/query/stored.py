"""Documents as they are stored, in the form in which clients write them: for the server's own checks, never shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from tessera.query.conditions import Operator, Slot, Test
from tessera.query.plan import Entry, Envelope, Field, Form, OnePlan, Parts, Related, Rows, Selection, Zone
from tessera.schema.model import (
    Attribute,
    ComponentField,
    ContentType,
    DynamicZone,
    Media,
    Model,
    Scalar,
    Schema,
)
from tessera.schema.naming import FILE

ROW: Final = Slot("row")


def plan_stored(schema: Schema, content_type: ContentType, names: Collection[str] | None = None) -> OnePlan:
    """Return the plan of one row by its id: scalars, components and files, all of them or those that are named."""
    return OnePlan(
        rows=Rows(model=content_type.uid, where=Test("id", Operator.EQUAL, (ROW,)), limit=1),
        entry=Entry(content_type.uid, tuple(_selections(schema, content_type, names))),
        envelope=Envelope.CONTENT_API,
    )


def _selections(schema: Schema, model: Model, names: Collection[str] | None) -> Iterator[Selection]:
    yield Field("id")
    for attribute in model.attributes.values():
        if not attribute.system and (names is None or attribute.name in names):
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
            form = Form.MANY if many else Form.ONE
            return Related(name=name, form=form, rows=Rows(model=FILE), entry=Entry(FILE, (Field("id"),)))
    return None


def _component(schema: Schema, uid: str) -> Entry:
    return Entry(uid, tuple(_selections(schema, schema.components[uid], None)))
