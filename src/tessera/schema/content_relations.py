"""Changes of relations, as the many forms of a body mean them; files of a media attribute are relations too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from tessera.errors import Violation
from tessera.schema.model import JSON, Media, Relation, RelationKind

_OPERATIONS: Final = ("set", "connect", "disconnect")
_ID: Final = re.compile(r"[0-9]{1,18}")
_TYPED: Final = (RelationKind.MORPH_TO_ONE, RelationKind.MORPH_TO_MANY)  # whose entries say of which type they are
_STATUSES: Final = frozenset({"draft", "published"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An entry as a body names it: by its document or by the id of a row; one of the two is given."""

    document_id: str | None = None
    id: int | None = None
    locale: str | None = None
    status: str | None = None  # draft or published
    type: str | None = None  # the type of the entry, of a polymorphic relation


class Spot(Enum):
    """Where a connected entry goes."""

    START = auto()
    END = auto()
    BEFORE = auto()
    AFTER = auto()


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the list; before and after have an anchor."""

    spot: Spot = Spot.END
    anchor: Target | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An entry to connect, and where."""

    target: Target
    position: Position = Position()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationChange:
    """
    What is to become of a relation.

    Either `set` replaces all entries, or some are disconnected and then some connected. A relation that holds
    one entry has one at most in each.
    """

    set: tuple[Target, ...] | None = None
    connect: tuple[Link, ...] = ()
    disconnect: tuple[Target, ...] = ()

    def targets(self) -> Iterator[Target]:
        """Yield every entry that is named, anchors included."""
        yield from self.set or ()
        yield from self.disconnect
        for link in self.connect:
            yield link.target
            if link.position.anchor is not None:
                yield link.position.anchor

    def added(self) -> tuple[Target, ...]:
        """Return the entries that the relation is to hold afterwards, as far as they are named."""
        return self.set if self.set is not None else tuple(link.target for link in self.connect)


class Misread(Enum):
    """Why a value is no change of a relation."""

    INVALID = "Invalid relations"


class _UnnamedError(Exception):
    """An item names no entry; read_change turns it into a Misread."""


def read_change(value: JSON, attribute: Relation | Media) -> RelationChange | Misread | None:
    """Return what a value asks for, None when it asks for nothing."""
    try:
        change = _read(value, attribute)
    except _UnnamedError:
        return Misread.INVALID
    needs_no_type = not isinstance(attribute, Relation) or attribute.relation not in _TYPED
    if change is None or needs_no_type or all(target.type for target in change.added()):
        return change
    return Misread.INVALID


def _read(value: JSON, attribute: Relation | Media) -> RelationChange | None:
    if value is None:
        return RelationChange(set=())
    if isinstance(value, dict):
        return _from_object(value, attribute)
    if value is True and isinstance(attribute, Relation):
        return None  # content_api_write.relations: a boolean
    return _replace(value if isinstance(value, list) else [value], attribute)


def _from_object(value: dict[str, JSON], attribute: Relation | Media) -> RelationChange | None:
    if any(operation in value for operation in _OPERATIONS):
        return _from_operations(value, attribute)
    if "id" in value or "documentId" in value:
        return _replace([value], attribute)
    if value and isinstance(attribute, Media):
        raise _UnnamedError  # content_promises.files_keep_to_their_place: an object that names no file
    return None


def _from_operations(value: dict[str, JSON], attribute: Relation | Media) -> RelationChange | None:
    """Return what the operations mean: `set` wins over the others, null stands for nothing."""
    if value.get("set") is not None:
        return _replace(_listed(value["set"]), attribute)
    links = tuple(_link(item) for item in _listed(value.get("connect")) if item is not None)
    gone = tuple(_target(item) for item in _listed(value.get("disconnect")) if item is not None)
    if not links and not gone:
        return None
    return RelationChange(connect=links if _holds_many(attribute) else links[:1], disconnect=gone)


def _replace(items: Sequence[JSON], attribute: Relation | Media) -> RelationChange:
    targets = tuple(dict.fromkeys(_target(item) for item in items if item is not None))
    if _holds_many(attribute):
        return RelationChange(set=targets)
    # Of several files the first is kept (content_api_files.linking_to_an_entry), of several entries the last.
    return RelationChange(set=targets[:1] if isinstance(attribute, Media) else targets[-1:])


def _holds_many(attribute: Relation | Media) -> bool:
    return attribute.multiple if isinstance(attribute, Media) else attribute.lists_many


def _listed(value: JSON) -> list[JSON]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _link(item: JSON) -> Link:
    position = item.get("position") if isinstance(item, dict) else None
    return Link(_target(item), _position(position) if isinstance(position, dict) else Position())


def _position(value: dict[str, JSON]) -> Position:
    """Return the wish that counts: before, then after, then the start."""
    for key, spot in (("before", Spot.BEFORE), ("after", Spot.AFTER)):
        if value.get(key) is not None:
            return Position(spot, _target(value[key]))
    return Position(Spot.START if value.get("start") else Spot.END)


def _target(item: JSON) -> Target:
    if not isinstance(item, dict):
        return _named(item)
    document, locale, status, type_ = (item.get(key) for key in ("documentId", "locale", "status", "__type"))
    if document and not isinstance(document, str | int):
        raise _UnnamedError
    return Target(
        document_id=str(document) if document else None,
        id=None if document else _id_of(item.get("id")),
        locale=locale if isinstance(locale, str) else None,
        status=status if isinstance(status, str) and status in _STATUSES else None,
        type=type_ if isinstance(type_, str) else None,
    )


def _named(value: JSON) -> Target:
    """Return the entry that a word or a number names; a numeral is the id of a row."""
    is_document = isinstance(value, str) and value and not _ID.fullmatch(value)
    return Target(document_id=value) if is_document else Target(id=_id_of(value))


def _id_of(value: JSON) -> int:
    if isinstance(value, str) and _ID.fullmatch(value):
        return int(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1:
        return int(value)
    raise _UnnamedError


def shown_change(value: JSON) -> JSON:
    """Return a value in the form in which the reference repeats it within errors."""
    if isinstance(value, list):
        return {"set": [_shown_item(item) for item in value]}
    if not isinstance(value, dict):
        return value if value is None or isinstance(value, bool) else {"set": [_shown_item(value)]}
    if any(operation in value for operation in _OPERATIONS):
        operations = {key: value[key] for key in _OPERATIONS if value.get(key) is not None}
        return {key: [_shown_item(item) for item in _listed(items)] for key, items in operations.items()}
    return {"set": [value]} if value else value


def _shown_item(item: JSON) -> JSON:
    if isinstance(item, str):
        return {"id": item} if _ID.fullmatch(item) else {"documentId": item}
    return {"id": item} if isinstance(item, int | float) and not isinstance(item, bool) else item


def missing_relations(count: int, target: str, sent: JSON) -> Violation:
    """Return what is said when entries that a body names by their ids do not exist."""
    return Violation((), f"{count} relation(s) of type {target} associated with this entity do not exist", sent)
