"""What old versions lead to: related entries and files, shown as far as the caller may read them now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from tessera.features.documents.reading import DIALECT
from tessera.features.documents.rights import reader_of
from tessera.filters import ALWAYS
from tessera.identity.context import RequestContext
from tessera.query.history import plan_linked
from tessera.query.sight import Reader
from tessera.schema.model import (
    Attribute,
    Component,
    ComponentField,
    DynamicZone,
    Media,
    Model,
    Relation,
    Schema,
)
from tessera.schema.naming import FILE
from tessera.sql.reads import compile_read

JSON = Any  # any JSON value
Key = tuple[str, str | None]  # a document and its locale, or a file
MOST: Final = 25  # entries of one attribute that are shown, as in the reference
_AT_ONCE: Final = 500  # entries in one statement


@dataclass(frozen=True, slots=True)
class Linked:
    """The entries that some versions lead to, by type."""

    schema: Schema
    reader: Reader
    found: dict[str, dict[Key, JSON]] = field(default_factory=dict)

    def shown(self, data: Mapping[str, JSON], model: Model) -> dict[str, JSON]:
        """
        Return a version's data with its links as lists of what may be seen, and the counts of what may not.

        Versions that the reference recorded may hold passwords, which are not shown (F9).
        """
        attributes = model.attributes
        names = [name for name in data if name not in attributes or attributes[name].type != "password"]
        return {name: self._value(attributes.get(name), data[name]) for name in names}

    def _value(self, attribute: Attribute | None, value: JSON) -> JSON:
        match attribute:
            case Relation(target=uid) if uid is not None and value is not None:
                return self._listed(uid, value)
            case Media() if value is not None:
                return self._listed(FILE, value)
            case ComponentField() | DynamicZone() if isinstance(value, list):
                return [self._value(attribute, item) for item in value]
            case ComponentField() | DynamicZone() if isinstance(value, dict):
                component = component_of(self.schema, attribute, value)
                return value if component is None else self.shown(value, component)
        return value

    def _listed(self, uid: str, value: JSON) -> JSON:
        links = [link for link in as_list(value) if isinstance(link, dict)][:MOST]
        found = self.found.get(uid, {})
        results = [found[key] for link in links if (key := self.key(uid, link)) in found]
        grant = self.reader.grants(uid)
        # Whether an entry is hidden or gone is told to those alone who may see every entry of the type.
        counted = "missingCount" if uid == FILE or (grant and grant.filter == ALWAYS) else "hiddenCount"
        meta = {"missingCount": 0, counted: len(links) - len(results)}
        return {"results": results, "meta": meta}

    def key(self, uid: str, link: Mapping[str, JSON]) -> Key:
        """Return what a link leads to."""
        return key_of(self.schema, uid, link)


async def linked(ctx: RequestContext, versions: Sequence[Mapping[str, JSON]], model: Model) -> Linked:
    """Read what some versions lead to, one statement for each type."""
    schema = ctx.project.schema
    result = Linked(schema, reader_of(ctx))
    wanted: dict[str, dict[Key, None]] = {}
    for data in versions:
        for uid, link in links_in(schema, model, data):
            wanted.setdefault(uid, {})[key_of(schema, uid, link)] = None
    for uid, keys in wanted.items():
        ids = list(dict.fromkeys(key[0] for key in keys))
        entries = result.found.setdefault(uid, {})
        for at in range(0, len(ids), _AT_ONCE):
            for entry in await _read(ctx, result.reader, uid, ids[at : at + _AT_ONCE]):
                entries[key_of(schema, uid, entry)] = entry
    return result


async def _read(ctx: RequestContext, reader: Reader, uid: str, ids: Sequence[str]) -> list[dict[str, JSON]]:
    compiled = compile_read(plan_linked(ctx.project.schema, reader, uid, len(ids)), ctx.project.schema, DIALECT)
    named: dict[str, JSON] = {f"entry {number}": id_ for number, id_ in enumerate(ids)}
    if uid == FILE:
        named = {name: int(id_) for name, id_ in named.items()}
    read: list[dict[str, JSON]] = orjson.loads(await ctx.session.scalar(compiled.statement((), named)))
    return read


def links_in(schema: Schema, model: Model, data: Mapping[str, JSON]) -> Iterator[tuple[str, Mapping[str, JSON]]]:
    """Yield what a version leads to, components included: the type, and the link as it is kept."""
    for name, value in data.items():
        attribute = model.attributes.get(name)
        match attribute:
            case Relation(target=uid) if uid is not None and uid in schema.content_types:
                yield from ((uid, link) for link in as_list(value)[:MOST] if _is_link(link, "documentId", str))
            case Media():
                yield from ((FILE, link) for link in as_list(value)[:MOST] if _is_link(link, "id", int))
            case ComponentField() | DynamicZone():
                for item in as_list(value):
                    component = component_of(schema, attribute, item) if isinstance(item, dict) else None
                    if component is not None:
                        yield from links_in(schema, component, item)


def _is_link(value: JSON, name: str, kind: type) -> bool:
    return isinstance(value, dict) and isinstance(value.get(name), kind)


def as_list(value: JSON) -> list[JSON]:
    """Return the items of a list, or the only one; null is none."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def key_of(schema: Schema, uid: str, link: Mapping[str, JSON]) -> Key:
    """Return what tells an entry from others: its document, and its locale where it has several; a file's id."""
    if uid == FILE:
        return str(link.get("id")), None
    return str(link.get("documentId")), link.get("locale") if schema.content_types[uid].localized else None


def component_of(
    schema: Schema, attribute: ComponentField | DynamicZone, value: Mapping[str, JSON]
) -> Component | None:
    """Return the component that a value is of, or None for one that is gone."""
    uid = attribute.component if isinstance(attribute, ComponentField) else value.get("__component")
    return schema.components.get(uid) if isinstance(uid, str) else None
