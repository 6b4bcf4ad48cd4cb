"""Reading the attributes of an entry, with its components and zones, which have attributes themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tessera.errors import ABSENT
from tessera.schema.attributes import Place, Stored
from tessera.schema.attributes.base import not_castable, wrong_type
from tessera.schema.attributes.enumeration import as_word
from tessera.schema.attributes.flaws import flaw_of
from tessera.schema.content_ledger import Ledger
from tessera.schema.content_relations import Misread, RelationChange, read_change
from tessera.schema.content_scalars import read_scalar
from tessera.schema.content_sent import sent_value, writable
from tessera.schema.content_shape import Fields, FileCheck, Part
from tessera.schema.model import JSON, Attribute, Component, ComponentField, DynamicZone, Media, Model, Relation, Scalar

_ID: Final = re.compile(r"[0-9]{1,18}")
_NOBODY: Final = "-"  # no component's name
_NO_COMPONENT: Final = "Cannot build relations store from dynamiczone, component identifier is undefined"

Object = Mapping[str, Any]  # an object of a body, with any members


def read_fields(model: Model, data: Object, place: Place, ledger: Ledger, *, fresh: bool) -> Fields:
    """Return what a body gives to the attributes of a model; `fresh` is what takes defaults."""
    scalars: dict[str, Stored] = {}
    parts: dict[str, tuple[Part, ...]] = {}
    links: dict[bool, dict[str, RelationChange]] = {True: {}, False: {}}
    for attribute, value, at in _values(model, data, place, ledger, fresh=fresh):
        if isinstance(attribute, Scalar):
            if (stored := read_scalar(model, attribute, value, at, ledger)) is not ABSENT:
                scalars[attribute.name] = stored
        elif isinstance(attribute, ComponentField | DynamicZone):
            if (found := _read_parts(attribute, value, at, ledger)) is not None:
                parts[attribute.name] = found
        elif isinstance(attribute, Relation | Media) and (change := _read_link(attribute, value, at, ledger)):
            links[isinstance(attribute, Media)][attribute.name] = change
    return Fields(scalars=scalars, parts=parts, relations=links[False], media=links[True])


def _values(
    model: Model, data: Object, place: Place, ledger: Ledger, *, fresh: bool
) -> Iterator[tuple[Attribute, JSON, Place]]:
    """Yield every attribute with its value, the default where one takes its place."""
    for attribute in writable(model):
        at = place.key(attribute.name)
        value = data.get(attribute.name, attribute.default if fresh and not ledger.terms.stored else ABSENT)
        # What stands at the top is looked through to its depths, so that this is done once.
        flaw = None if place.path or value is ABSENT else flaw_of(value)
        if flaw is None:
            yield attribute, value, at
        else:
            ledger.is_flawed = True
            ledger.complain(at, flaw)


def _read_link(attribute: Relation | Media, value: JSON, at: Place, ledger: Ledger) -> RelationChange | None:
    if value is ABSENT or ledger.terms.stored:
        return None
    change = read_change(value, attribute)
    if isinstance(change, Misread):
        ledger.blame(change.value)
        return None
    if change is None:
        return None
    ledger.take_targets(sum(1 for _ in change.targets()), at)
    if isinstance(attribute, Media) and attribute.allowed_types and change.added():
        ledger.files.append(FileCheck(at, attribute, change.added()))
    return change


def _read_parts(
    attribute: ComponentField | DynamicZone, value: JSON, at: Place, ledger: Ledger
) -> tuple[Part, ...] | None:
    """Return the components, None when they stay as they are."""
    if isinstance(attribute, ComponentField) and not attribute.repeatable:
        return _read_one(attribute, value, at, ledger)
    if value is ABSENT:
        ledger.require(attribute, at, in_drafts=True)
        return None
    if not isinstance(value, list):
        ledger.violations.append(wrong_type(at, "array", value))
        if value is not None:
            _blame_zone(attribute, [value if isinstance(value, dict) else {}], ledger)
        return None
    if not ledger.take_parts(len(value), at):
        return None
    return _read_list(attribute, value, at, ledger)


def _read_one(attribute: ComponentField, value: JSON, at: Place, ledger: Ledger) -> tuple[Part, ...] | None:
    if value is ABSENT:
        ledger.require(attribute, at)
        return None
    if value is None and not (attribute.required and ledger.terms.is_strict):
        return ()
    if not isinstance(value, dict):
        ledger.violations.append(wrong_type(at, "object", value))
        return None
    if not ledger.take_parts(1, at):
        return None
    return (_read_part(ledger.terms.schema.components[attribute.component], value, at, ledger),)


def _read_list(
    attribute: ComponentField | DynamicZone, items: list[JSON], at: Place, ledger: Ledger
) -> tuple[Part, ...]:
    asked = len(ledger.unique)
    parts = [_read_item(attribute, item, at.item(index), ledger) for index, item in enumerate(items)]
    _blame_zone(attribute, items, ledger)
    if isinstance(attribute, ComponentField):
        _complain_repeats(asked, at, ledger)
    _complain_count(attribute, items, at, ledger)
    return _distinct(part for part in parts if part is not None)


def _read_item(attribute: ComponentField | DynamicZone, item: JSON, at: Place, ledger: Ledger) -> Part | None:
    if not isinstance(item, dict):
        refuse = wrong_type if item is None else not_castable
        ledger.violations.append(refuse(at, "object", item))
        return None
    components = ledger.terms.schema.components
    if isinstance(attribute, ComponentField):
        return _read_part(components[attribute.component], item, at, ledger)
    uid = _zone_component(attribute, item, at.key("__component"), ledger)
    return _read_part(components[uid], item, at, ledger) if uid is not None else None


def _read_part(component: Component, data: Object, at: Place, ledger: Ledger) -> Part:
    id_ = _id_of(data.get("id")) if ledger.terms.keeps_ids else None
    return Part(uid=component.uid, id=id_, fields=read_fields(component, data, at, ledger, fresh=id_ is None))


def _id_of(value: JSON) -> int | None:
    if isinstance(value, str) and _ID.fullmatch(value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _zone_component(zone: DynamicZone, item: Object, at: Place, ledger: Ledger) -> str | None:
    """Return the component that an entry of a zone says to be, when the zone takes it."""
    if "__component" not in item:
        ledger.complain(at, "is a required field")
        return None
    word = as_word(item["__component"])
    if isinstance(word, str) and word in zone.components:
        return word
    if not isinstance(word, str):
        ledger.violations.append(wrong_type(at, "string", word))
    # The reference names all components when there is none of that name, and takes any that there is. We do not:
    # content_promises.a_write_keeps_what_it_was_given: a component that the zone does not take.
    components = ledger.terms.schema.components
    is_known = isinstance(word, str) and word in components
    choices = zone.components if is_known else sorted(components, reverse=True)
    ledger.complain(at, f"must be one of the following values: {', '.join(choices)}", word)
    return None


def _blame_zone(attribute: ComponentField | DynamicZone, items: list[JSON], ledger: Ledger) -> None:
    """Note that the relations of a zone's entries cannot be found (content_api_write.components: a zone…)."""
    if not isinstance(attribute, DynamicZone):
        return
    for item in items:
        named = as_word(item.get("__component")) if isinstance(item, dict) else _NOBODY
        if not named:
            ledger.blame(_NO_COMPONENT)
        elif not isinstance(named, str) or named not in ledger.terms.schema.components:
            ledger.blame(Misread.INVALID.value)


def _complain_repeats(asked: int, at: Place, ledger: Ledger) -> None:
    """Complain about unique values that two components of one list share, which no question would find."""
    depth = len(at.path) + 2
    own = [check for check in ledger.unique[asked:] if len(check.place.path) == depth]
    times = Counter((check.attribute.name, check.stored) for check in own)
    for check in own:
        if times[check.attribute.name, check.stored] > 1:
            ledger.violations.append(check.violation())
            ledger.unique.remove(check)


def _complain_count(attribute: ComponentField | DynamicZone, items: list[JSON], at: Place, ledger: Ledger) -> None:
    """Complain about too few or too many; none at all are too few only when some are required."""
    terms, said = ledger.terms, []
    if attribute.minimum and len(items) < attribute.minimum and (items or attribute.required):
        said.append(f"field must have at least {attribute.minimum} items")
    if attribute.maximum is not None and len(items) > attribute.maximum:
        said.append(f"field must have less than or equal to {attribute.maximum} items")
    if said and terms.is_strict:
        sent = items if terms.keeps_ids else sent_value(terms.schema, attribute, items, creating=True)
        for each in said:
            ledger.complain(at, each, sent)


def _distinct(parts: Iterator[Part]) -> tuple[Part, ...]:
    """Return the parts without those that are named a second time."""
    kept: dict[object, Part] = {}
    for part in parts:
        kept.setdefault((part.uid, part.id) if part.id is not None else len(kept), part)
    return tuple(kept.values())
