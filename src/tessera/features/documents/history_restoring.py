"""Restoring an old version: an ordinary change of the document, by its ordinary rights (F26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from tessera.errors import NotFoundError
from tessera.features.documents import actions
from tessera.features.documents.history_links import Key, as_list, component_of, key_of, links_in
from tessera.features.documents.reading import DIALECT
from tessera.features.documents.rights import rights_on
from tessera.features.documents.service import change_document
from tessera.identity.context import RequestContext
from tessera.schema.model import (
    Attribute,
    Component,
    ComponentField,
    ContentType,
    DynamicZone,
    Media,
    Relation,
    Schema,
)
from tessera.schema.naming import FILE
from tessera.sql.document_rows import rows_of_documents
from tessera.sql.history_rows import by_id
from tessera.sql.target_rows import file_kinds

JSON = Any  # any JSON value


async def restore_version(ctx: RequestContext, content_type: ContentType, version_id: int | None) -> str:
    """Give a document what an old version of it held, and return its id; what no longer exists is left out."""
    rights_on(ctx, content_type, actions.UPDATE).require(actions.UPDATE)
    row = None if version_id is None else await ctx.session.row(by_id(content_type.uid, version_id))
    if row is None:
        raise NotFoundError
    document, locale, data, then = row[2], row[3], orjson.loads(row[5] or "{}"), orjson.loads(row[6] or "{}")
    body = _Restored(ctx.project.schema, await _there(ctx, content_type, data)).body(content_type, data, then)
    query = {"locale": locale} if content_type.localized and locale else {}
    await change_document(ctx, content_type, str(document), query, body)
    return str(document)


async def _there(
    ctx: RequestContext, content_type: ContentType, data: Mapping[str, JSON]
) -> frozenset[tuple[str, Key]]:
    """Return which of the entries that a version leads to still exist."""
    schema, wanted = ctx.project.schema, dict[str, dict[str, None]]()
    for uid, link in links_in(schema, content_type, data):
        wanted.setdefault(uid, {})[key_of(schema, uid, link)[0]] = None
    found: set[tuple[str, Key]] = set()
    for uid, ids in wanted.items():
        found.update((uid, key) for key in await _existing(ctx, uid, list(ids)))
    return frozenset(found)


async def _existing(ctx: RequestContext, uid: str, ids: Sequence[str]) -> list[Key]:
    schema = ctx.project.schema
    if uid == FILE:
        rows = await ctx.session.rows(file_kinds(schema, [], [int(id_) for id_ in ids]))
        return [(str(row[0]), None) for row in rows]
    target = schema.content_types[uid]
    rows = await ctx.session.rows(rows_of_documents(schema, DIALECT, target, ids, ()))
    return [(row[1], row[2] if target.localized else None) for row in rows]


@dataclass(frozen=True, slots=True)
class _Restored:
    """An old version as the body of a change."""

    schema: Schema
    there: frozenset[tuple[str, Key]]

    def body(self, content_type: ContentType, data: Mapping[str, JSON], then: Mapping[str, JSON]) -> dict[str, JSON]:
        """Return the body; attributes that came later are emptied, as in the reference."""
        restored: dict[str, JSON] = {}
        for attribute in content_type.declared():
            name = attribute.name
            if attribute.type == "password":
                continue  # none is kept, and one that the reference kept is a hash
            if name in data:
                restored[name] = self._value(attribute, data[name])
            elif name not in then:
                restored[name] = self._value(attribute, None)
        return restored

    def _value(self, attribute: Attribute, value: JSON) -> JSON:
        match attribute:
            case Relation(target=uid) if uid is not None:
                links = [link for link in as_list(value) if self._is_there(uid, link)]
                names = ("documentId", "locale") if self.schema.content_types[uid].localized else ("documentId",)
                return {"set": [{name: link[name] for name in names if link.get(name)} for link in links]}
            case Media(multiple=many):
                ids = [file["id"] for file in as_list(value) if self._is_there(FILE, file)]
                return ids if many else next(iter(ids), None)
            case ComponentField(repeatable=False):
                component = component_of(self.schema, attribute, value) if isinstance(value, dict) else None
                return None if component is None else self._part(component, value)
            case ComponentField() | DynamicZone():
                return self._parts(attribute, value)
        return value

    def _parts(self, attribute: ComponentField | DynamicZone, value: JSON) -> list[JSON]:
        known = attribute.components if isinstance(attribute, DynamicZone) else (attribute.component,)
        parts = []
        for item in as_list(value):
            component = component_of(self.schema, attribute, item) if isinstance(item, dict) else None
            if component is not None and component.uid in known:
                kind = {"__component": component.uid} if isinstance(attribute, DynamicZone) else {}
                parts.append({**kind, **self._part(component, item)})
        return parts

    def _part(self, component: Component, value: Mapping[str, JSON]) -> dict[str, JSON]:
        return {
            attribute.name: self._value(attribute, value[attribute.name])
            for attribute in component.attributes.values()
            if attribute.name in value and attribute.type != "password"
        }

    def _is_there(self, uid: str, link: JSON) -> bool:
        return isinstance(link, dict) and (uid, key_of(self.schema, uid, link)) in self.there
