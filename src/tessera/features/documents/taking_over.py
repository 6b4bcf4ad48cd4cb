"""Entries as the form of another locale takes them over: without ids, related entries to be connected."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from tessera.engine.views import view_of
from tessera.features.documents.reading import answers_of
from tessera.features.documents.rights import ability_of, readable, reader_of
from tessera.identity.context import RequestContext
from tessera.schema.model import JSON, ComponentField, ContentType, DynamicZone, Model, Relation

_KEY: Final = "__temp_key__"
_PART: Final = "__component"
_PAGE: Final = 100
_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


async def form_of(
    ctx: RequestContext, content_type: ContentType, data: Mapping[str, Any], *, source: str, target: str
) -> dict[str, JSON]:
    """Return an entry, as the content manager shows it to the caller, for the form of another locale."""
    return await _Form(ctx, source, target).of(content_type, data, data["documentId"])


@dataclass(slots=True)
class _Form:
    ctx: RequestContext
    source: str
    target: str
    _main_fields: dict[str, str] = field(default_factory=dict)

    async def of(self, model: Model, data: Mapping[str, Any], row: str | int) -> dict[str, JSON]:
        """Return the attributes of a model that somebody has written; the row is told as relations are asked for."""
        return {
            attribute.name: await self._value(model, attribute.name, data[attribute.name], row)
            for attribute in model.attributes.values()
            if not attribute.system and attribute.type != "password" and attribute.name in data
        }

    async def _value(self, model: Model, name: str, value: Any, row: str | int) -> JSON:  # noqa: ANN401
        match model.attributes[name]:
            case Relation(target=str(target)):
                connected = await self._connected(model, name, target, row) if value.get("count") else []
                return {"connect": connected, "disconnect": []}
            case ComponentField(component=uid, repeatable=True):
                return [await self._part(uid, item, key) for item, key in zip(value, keys(len(value)), strict=True)]
            case ComponentField(component=uid) if value:
                return await self._part(uid, value)
            case DynamicZone():
                keyed = zip(value, keys(len(value)), strict=True)
                return [{_PART: item[_PART], **await self._part(item[_PART], item, key)} for item, key in keyed]
        return value

    async def _part(self, uid: str, data: Mapping[str, Any], key: str | None = None) -> dict[str, JSON]:
        part = await self.of(self.ctx.project.schema.components[uid], data, data["id"])
        return part if key is None else {**part, _KEY: key}

    async def _connected(self, holder: Model, name: str, target: str, row: str | int) -> list[JSON]:
        """Return related entries as they are in the target locale, as far as they are there and may be read."""
        content_type = self.ctx.project.schema.content_types[target]
        if readable(ability_of(self.ctx), target) is None:
            return []
        documents = [document async for document in self._documents(holder, name, row)]
        found = await self._entries(content_type, documents)
        main_field = await self._main_field(content_type)
        shown = ((place, found.get(document)) for place, document in enumerate(documents))
        return [_told(content_type, entry, main_field, place) for place, entry in shown if entry is not None]

    async def _documents(self, holder: Model, name: str, row: str | int) -> AsyncIterator[str]:
        """Yield the documents that an attribute lists, in its order."""
        listed: list[str] = []
        page, pages = 1, 1
        while page <= pages:
            params = {"page": str(page), "pageSize": str(_PAGE), "locale": self.source, "status": "draft"}
            statement = answers_of(self.ctx.project.schema).existing_relations(
                holder, name, row, params, reader_of(self.ctx), main_field="documentId"
            )
            body, _ = await self.ctx.session.row(statement) or (None, None)
            answer = orjson.loads(body or b"{}")
            listed += [entry["documentId"] for entry in answer.get("results", [])]
            page, pages = page + 1, answer.get("pagination", {}).get("pageCount", 1)
        for document in reversed(listed):
            yield document

    async def _entries(self, content_type: ContentType, documents: Sequence[str]) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for start in range(0, len(documents), _PAGE):
            params = {
                "filters": {"documentId": {"$in": list(documents[start : start + _PAGE])}},
                "locale": self.target,
                "pageSize": str(_PAGE),
            }
            statement = answers_of(self.ctx.project.schema).managed_list(
                content_type.uid, params, reader_of(self.ctx), default_locale=self.target
            )
            for entry in orjson.loads(await self.ctx.session.scalar(statement))["results"]:
                found[entry["documentId"]] = entry
        return found

    async def _main_field(self, content_type: ContentType) -> str:
        if content_type.uid not in self._main_fields:
            view = await view_of(self.ctx.session, content_type, self.ctx.project.schema)
            self._main_fields[content_type.uid] = str(view.get("settings", {}).get("mainField") or "documentId")
        return self._main_fields[content_type.uid]


def keys(count: int) -> list[str]:
    """Return keys for so many new items, in the order of the items; the panel makes more of them in between."""
    return [_key(number) for number in range(count)]


def _key(number: int) -> str:
    """Return the key of an item: the letter says how many digits follow."""
    length, base = 1, len(_DIGITS)
    while number >= base**length:
        number -= base**length
        length += 1
    digits = ""
    for _ in range(length):
        number, digit = divmod(number, base)
        digits = _DIGITS[digit] + digits
    return chr(ord("a") + length - 1) + digits


def _told(content_type: ContentType, entry: Mapping[str, Any], main_field: str, place: int) -> dict[str, JSON]:
    label = entry.get(main_field, entry["documentId"])
    return {
        "documentId": entry["documentId"],
        "id": entry["id"],
        **({"locale": entry.get("locale")} if content_type.localized else {}),
        **({main_field: entry[main_field]} if main_field in entry else {}),
        **({"status": entry["status"]} if content_type.draft_and_publish else {}),
        _KEY: f"a{place}",
        "label": label or "" if label is None or isinstance(label, str) else str(entry["documentId"]),
    }
