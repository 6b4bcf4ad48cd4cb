"""What a list of the content manager has to answer, worked out row by row in Python on plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

from tessera.filters import NEVER, evaluate
from tessera.query.sight import Grants
from tessera.runtime import iso
from tessera.schema.model import (
    ColumnKind,
    Component,
    ComponentField,
    ContentType,
    DynamicZone,
    Media,
    Model,
    Relation,
    Scalar,
)
from tests.properties.read_world import Plain, World

USER = "admin::user"
CREATOR = ("id", "firstname", "lastname", "username", "email", "isActive")
OPEN = ("id", "documentId", "createdAt", "updatedAt", "publishedAt", "locale")
TEXTS = ("string", "text", "uid", "email", "enumeration", "richtext")
NUMBERS = ("biginteger", "integer", "decimal", "float")


class View(Mapping[str, Any]):
    """A row whose relations are rows, as filters are evaluated on."""

    def __init__(self, oracle: Oracle, model: Model, row: Plain) -> None:
        self._oracle, self._model, self._row = oracle, model, row

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a value or rows
        attribute = self._model.attributes.get(name)
        if attribute is None or isinstance(attribute, Scalar):
            return self._row[name]
        return [View(self._oracle, model, row) for model, row in self._oracle.linked(self._model, self._row, name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._row)

    def __len__(self) -> int:
        return len(self._row)


@dataclass
class Oracle:
    """Answers questions about a world for a reader."""

    world: World
    grants: Grants

    # -- what there is

    def linked(self, model: Model, row: Plain, name: str) -> list[tuple[Model, Plain]]:
        """Return what an attribute lists, in its order."""
        attribute, schema = model.attributes[name], self.world.schema
        if isinstance(attribute, ComponentField):
            return [(schema.components[attribute.component], part) for part in row[name]]
        if isinstance(attribute, Media):
            return []
        assert isinstance(attribute, Relation)
        target = schema.content_types[attribute.target or ""]
        rows = self.world.rows.get(target.uid, [])
        if attribute.mapped_by is None:
            found = [rows[identity - 1] for identity in row[name]]
        else:
            found = [other for other in rows if row["id"] in other[attribute.mapped_by]]
        return [(target, other) for other in found]

    def sees(self, model: Model, row: Plain) -> bool:
        """Tell whether the reader may read a row."""
        grant = self.grants(model.uid)
        return grant is not None and evaluate(grant.filter, View(self, model, row))

    def shows(self, owner: Model, row: Plain, path: str) -> bool:
        """Tell whether a row that may be read shows a field."""
        if self._is_secret(owner, path):
            return False
        if path in OPEN:
            return True
        grant = self.grants(owner.uid)
        return grant is not None and evaluate(grant.guard(path), View(self, owner, row))

    # -- questions

    def asks(self, owner: Model, row: Plain, path: str) -> bool:
        """Tell whether a row answers questions about a field."""
        return (owner.uid != USER or path in CREATOR) and self.shows(owner, row, path)

    def never_asks(self, owner: Model, path: str) -> bool:
        """Tell whether no row whatever answers questions about a field."""
        if (owner.uid == USER and path not in CREATOR) or self._is_secret(owner, path):
            return True
        grant = self.grants(owner.uid)
        return path not in OPEN and (grant is None or grant.guard(path) == NEVER)

    def _is_secret(self, owner: Model, path: str) -> bool:
        name, _, rest = path.partition(".")
        attribute = owner.attributes.get(name)
        if isinstance(attribute, ComponentField) and rest:
            return self._is_secret(self.world.schema.components[attribute.component], rest)
        return attribute is not None and attribute.type == "password"

    def holds(self, node: Any, model: Model, row: Plain, *, negated: bool = False) -> bool:  # noqa: ANN401 - any JSON
        """Tell whether the filters hold for a row of a content type."""
        return _Filter(self, model, row, model, row, "").holds(node, negated) is not False

    def hits(self, text: str, model: Model, row: Plain) -> bool:
        """Tell whether a search finds a row."""
        pattern = re.compile("".join("." if sign == "_" else re.escape(sign) for sign in text), re.ASCII | re.DOTALL)
        number = re.fullmatch(r"\d+(\.\d+)?", text) is not None
        for name in ("id", "documentId", *model.attributes):
            attribute = model.attributes.get(name)
            wanted = attribute is None or attribute.type in TEXTS or (number and attribute.type in NUMBERS)
            if wanted and (attribute is None or attribute.searchable) and self.asks(model, row, name):
                value = row[name]
                if value is not None and pattern.search(_lowered(str(value))) is not None:
                    return True
        return False

    def sort_value(self, path: Sequence[str], model: Model, row: Plain, *, descending: bool) -> Any:  # noqa: ANN401
        """Return what a row is sorted by."""
        return self._value(path, model, row, (model, row, ""), descending=descending)

    def _value(
        self, path: Sequence[str], model: Model, row: Plain, owner: tuple[Model, Plain, str], *, descending: bool
    ) -> Any:  # noqa: ANN401
        if not isinstance(owner[0], Component) and not self.asks(owner[0], owner[1], f"{owner[2]}{path[0]}"):
            return None
        if len(path) == 1:
            return row[path[0]]
        found = []
        for target, other in self.linked(model, row, path[0]):
            is_part = isinstance(target, Component)
            if is_part or self.sees(target, other):
                below = (owner[0], owner[1], f"{owner[2]}{path[0]}.") if is_part else (target, other, "")
                found.append(self._value(path[1:], target, other, below, descending=descending))
        held = [value for value in found if value is not None]
        return None if not held else (max if descending else min)(held, key=_key)

    def listed(self, uid: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to a list."""
        model = self.world.schema.content_types[uid]
        rows = [row for row in self.world.rows.get(uid, []) if self.sees(model, row)]
        if model.draft_and_publish:
            rows = [row for row in rows if (row["publishedAt"] is None) is (params.get("status") != "published")]
        if params.get("filters"):
            rows = [row for row in rows if self.holds(params["filters"], model, row)]
        if params.get("_q"):
            rows = [row for row in rows if self.hits(_lowered(params["_q"]), model, row)]
        rows = self._sorted(rows, model, params.get("sort", ""))
        size, page = int(params.get("pageSize", 10)), int(params.get("page", 1))
        shown = [self._entry(model, row, params) for row in rows[(page - 1) * size : page * size]]
        pages = {"page": page, "pageSize": size, "pageCount": -(-len(rows) // size), "total": len(rows)}
        return {"results": shown, "pagination": pages}

    # -- the Content API

    def api_listed(self, uid: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the entries that a list of the Content API shows, all on one page."""
        model = self.world.schema.content_types[uid]
        rows = [row for row in self.world.rows.get(uid, []) if self._is_published(model, row)]
        rows = [row for row in rows if not params.get("filters") or self.holds(params["filters"], model, row)]
        rows = self._sorted(rows, model, params.get("sort", ""))
        return [self._populated(model, row, params.get("populate") or {}) for row in rows]

    def _is_published(self, model: ContentType, row: Plain) -> bool:
        return not model.draft_and_publish or row["publishedAt"] is not None

    def _populated(self, model: Model, row: Plain, populate: Mapping[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = {"id": row["id"]}
        if isinstance(model, ContentType):
            shown["documentId"] = row["documentId"]
        for name, attribute in model.attributes.items():
            if isinstance(attribute, Scalar) and attribute.type != "password" and not attribute.private:
                shown[name] = rendered(attribute.kind, row[name])
        for name, options in populate.items():
            attribute = model.attributes[name]
            target = self._leads_to(attribute)
            if isinstance(target, ContentType) and self.grants(target.uid) is None:
                continue
            found = self._chosen(model, row, name, target, options)
            many = bool(getattr(attribute, "repeatable", False) or getattr(attribute, "lists_many", False))
            if options.get("count") and isinstance(attribute, Relation):
                shown[name] = {"count": len(found)}
            else:
                entries = [self._populated(target, other, options.get("populate") or {}) for other in found]
                shown[name] = entries if many else next(iter(entries), None)
        return shown

    def _leads_to(self, attribute: Any) -> Model:  # noqa: ANN401 - an attribute
        schema = self.world.schema
        if isinstance(attribute, ComponentField):
            return schema.components[attribute.component]
        return schema.content_types[attribute.target]

    def _chosen(self, model: Model, row: Plain, name: str, target: Model, options: Mapping[str, Any]) -> list[Plain]:
        found = [other for _, other in self.linked(model, row, name)]
        if isinstance(target, ContentType):
            found = [other for other in found if self._is_published(target, other)]
        if options.get("filters"):
            found = [other for other in found if self._fits(options["filters"], target, other, (model, row, name))]
        return self._sorted(found, target, options["sort"]) if options.get("sort") else found

    def _fits(self, filters: Any, target: Model, row: Plain, holder: tuple[Model, Plain, str]) -> bool:  # noqa: ANN401
        if isinstance(target, ContentType):
            return self.holds(filters, target, row)
        model, held_by, name = holder
        return _Filter(self, target, row, model, held_by, f"{name}.").holds(filters, negated=False) is not False

    def _sorted(self, rows: list[Plain], model: Model, sort: str) -> list[Plain]:
        keys = []
        for part in filter(None, sort.split(",")):
            field, _, direction = part.partition(":")
            keys.append((field.split("."), direction == "desc"))

        def compare(one: Plain, other: Plain) -> int:
            for path, descending in keys:
                first, second = (_key(self.sort_value(path, model, row, descending=descending)) for row in (one, other))
                if first != second:
                    return (-1 if first < second else 1) * (-1 if descending else 1)
            return int(one["id"]) - int(other["id"])

        return sorted(rows, key=cmp_to_key(compare))

    # -- entries

    def _entry(self, model: ContentType, row: Plain, params: Mapping[str, Any]) -> dict[str, Any]:
        version = params.get("status") or ("draft" if model.draft_and_publish else "published")
        shown: dict[str, Any] = {"id": row["id"], "documentId": row["documentId"]}
        for name, attribute in model.attributes.items():
            if name in ("createdBy", "updatedBy"):
                shown[name] = self._creator(model, row, name)
            elif self.shows(model, row, name):
                self._put(shown, model, row, attribute, version)
        return {**shown, "localizations": [], "status": self._status(model, row)}

    def _put(self, shown: dict[str, Any], model: Model, row: Plain, attribute: Any, version: str) -> None:  # noqa: ANN401
        name = attribute.name
        match attribute:
            case Scalar():
                shown[name] = rendered(attribute.kind, row[name])
            case ComponentField(component=uid):
                component = self.world.schema.components[uid]
                parts = [self._part(component, part, model, row, f"{name}.") for part in row[name]]
                shown[name] = parts if attribute.repeatable else next(iter(parts), None)
            case DynamicZone():
                shown[name] = []
            case Relation() if name != "localizations":
                found = [
                    (target, other)
                    for target, other in self.linked(model, row, name)
                    if not isinstance(target, ContentType)
                    or not target.draft_and_publish
                    or (other["publishedAt"] is None) is (version == "draft")
                ]
                shown[name] = {"count": len(found)} if attribute.lists_many else self._one(found)

    def _one(self, found: Sequence[tuple[Model, Plain]]) -> Any:  # noqa: ANN401 - any JSON
        if not found:
            return None
        model, row = found[0]
        if not self.sees(model, row):
            return {"count": 1}
        names = ["id", "documentId", *(name for name, item in model.attributes.items() if isinstance(item, Scalar))]
        return {name: self._rendered(model, row, name) for name in names if self.asks(model, row, name)}

    def _creator(self, model: Model, row: Plain, name: str) -> Any:  # noqa: ANN401 - any JSON
        found = self.linked(model, row, name)
        return {field: self._rendered(*found[0], field) for field in CREATOR} if found else None

    def _part(self, component: Component, part: Plain, owner: Model, row: Plain, prefix: str) -> dict[str, Any]:
        names = [name for name, item in component.attributes.items() if isinstance(item, Scalar)]
        kept = [name for name in names if self.shows(owner, row, f"{prefix}{name}")]
        return {"id": part["id"], **{name: self._rendered(component, part, name) for name in kept}}

    def _rendered(self, model: Model, row: Plain, name: str) -> Any:  # noqa: ANN401 - any JSON
        attribute = model.attributes.get(name)
        return rendered(attribute.kind, row[name]) if isinstance(attribute, Scalar) else row[name]

    def _status(self, model: ContentType, row: Plain) -> str:
        if not model.draft_and_publish:
            return "draft" if row["publishedAt"] is None else "published"
        others = [
            other
            for other in self.world.rows[model.uid]
            if other["documentId"] == row["documentId"]
            and (other["publishedAt"] is None) != (row["publishedAt"] is None)
        ]
        if not others:
            return "draft" if row["publishedAt"] is None else "published"
        draft, published = (row, others[0]) if row["publishedAt"] is None else (others[0], row)
        return "modified" if draft["updatedAt"] > published["updatedAt"] else "published"


@dataclass
class _Filter:
    """Filters on one row, or on nothing in its place; the owner is the content type's row that it belongs to."""

    oracle: Oracle
    model: Model
    row: Plain | None
    owner: Model
    owner_row: Plain | None
    prefix: str

    def holds(self, node: Any, negated: bool) -> bool | None:  # noqa: ANN401 - any JSON
        """Tell whether an object of filters holds; None when nothing of it may be asked."""
        if isinstance(node, list):
            return _among([self.holds(item, negated) for item in node], every=not negated)
        return _among([self._pair(key, held, negated) for key, held in node.items()], every=not negated)

    def _pair(self, key: str, held: Any, negated: bool) -> bool | None:  # noqa: ANN401
        if key in ("$and", "$or"):
            parts = [self.holds(item, negated) for item in held]
            return _among(parts, every=(key == "$and") is not negated)
        if key == "$not":
            return self.holds(held, not negated)
        path = f"{self.prefix}{key}"
        if self.oracle.never_asks(self.owner, path):
            return None
        attribute = self.model.attributes.get(key)
        if attribute is None or isinstance(attribute, Scalar):
            found: bool | None = _tests(held, None if self.row is None else self.row[key], negated)
        else:
            found = self._through(key, held, negated)
        if found is None or self.owner_row is None:
            return found
        return found and self.oracle.asks(self.owner, self.owner_row, path)

    def _through(self, key: str, held: Any, negated: bool) -> bool | None:  # noqa: ANN401
        target = self._target(key)
        is_part = isinstance(target, Component)
        if not is_part and self._hidden(target) and not _presence(held):
            return None
        rows = [] if self.row is None else [row for _, row in self.oracle.linked(self.model, self.row, key)]
        places: list[Plain | None] = [row for row in rows if is_part or self._counts(target, row)] or [None]
        answers = [self._inside(target, place, key, held, negated) for place in places]
        if any(answer is None for answer in answers):
            return None
        return any(answers)

    def _hidden(self, target: Model) -> bool:
        grant = self.oracle.grants(target.uid)
        return grant is None or grant.filter == NEVER

    def _counts(self, target: Model, row: Plain) -> bool:
        return self._hidden(target) or self.oracle.sees(target, row)

    def _inside(
        self,
        target: Model,
        place: Plain | None,
        key: str,
        held: Any,  # noqa: ANN401 - any JSON
        negated: bool,
    ) -> bool | None:
        if not isinstance(held, dict) or any(name in OPERATORS for name in held):
            return _tests(held, None if place is None else place["id"], negated)
        if isinstance(target, Component):
            inner = _Filter(self.oracle, target, place, self.owner, self.owner_row, f"{self.prefix}{key}.")
        else:
            inner = _Filter(self.oracle, target, place, target, place, "")
        return inner.holds(held, negated)

    def _target(self, key: str) -> Model:
        attribute, schema = self.model.attributes[key], self.oracle.world.schema
        if isinstance(attribute, ComponentField):
            return schema.components[attribute.component]
        assert isinstance(attribute, Relation)
        return schema.content_types[attribute.target or ""]


OPERATORS = frozenset({"$eq", "$ne", "$gt", "$lt", "$in", "$notIn", "$contains", "$null", "$notNull"})


def _presence(held: Any) -> bool:  # noqa: ANN401 - any JSON
    return isinstance(held, dict) and set(held) <= {"$null", "$notNull"}


def _among(parts: Sequence[bool | None], *, every: bool) -> bool | None:
    kept = [part for part in parts if part is not None]
    if not kept:
        return None
    return all(kept) if every else any(kept)


def _tests(held: Any, value: Any, negated: bool) -> bool | None:  # noqa: ANN401
    if not isinstance(held, dict):
        return _test("$eq", held, value, negated)
    return _among([_test(key, operand, value, negated) for key, operand in held.items()], every=not negated)


def _test(key: str, operand: Any, value: Any, negated: bool) -> bool | None:  # noqa: ANN401
    if key == "$not":
        return _tests(operand, value, not negated)
    if key in ("$null", "$notNull"):
        return ((value is None) is ((key == "$null") is operand)) is not negated
    if value is None:
        return False
    return _compared(key, operand, value) is not negated


def _compared(key: str, operand: Any, value: Any) -> bool:  # noqa: ANN401 - values of one kind
    match key:
        case "$eq":
            return bool(value == operand)
        case "$ne":
            return bool(value != operand)
        case "$gt":
            return bool(_key(value) > _key(operand))
        case "$lt":
            return bool(_key(value) < _key(operand))
        case "$in":
            return value in operand
        case "$notIn":
            return value not in operand
    return _lowered(str(operand)) in _lowered(str(value))


def _key(value: Any) -> Any:  # noqa: ANN401 - what SQLite sorts by: nothing, then numbers, then texts by their bytes
    if value is None:
        return (0, 0)
    return (1, value) if isinstance(value, int | float) else (2, str(value).encode())


def _lowered(text: str) -> str:
    return "".join(sign.lower() if sign.isascii() else sign for sign in text)


def rendered(kind: ColumnKind, value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a stored value as it stands in an answer."""
    if value is None:
        return None
    match kind:
        case ColumnKind.BOOLEAN:
            return bool(value)
        case ColumnKind.DATETIME:
            return iso(value)
        case ColumnKind.BIGINT:
            return str(value)
        case ColumnKind.JSON:
            return json.loads(value)
    return value
