"""What the reference remembers of content types between two starts, to notice which of their flags have changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.schema import naming
from tessera.schema.model import JSON, ContentType, Schema

_OWN_PART: Final = ("collectionName", "info", "options", "pluginOptions", "attributes", "kind", "indexes")


@dataclass(frozen=True, slots=True)
class Remembered:
    """A content type as it was at the last start."""

    table: str
    draft_and_publish: bool
    localized: bool


def content_types_store_value(schema: Schema) -> str:
    """Return the value of the settings key `strapi_content_types_schema`."""
    value = {uid: _entry(content_type) for uid, content_type in schema.content_types.items()}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def global_id(content_type: ContentType) -> str:
    """Return the name that the reference has for a content type among all of them."""
    if content_type.source.get("globalId"):
        return str(content_type.source["globalId"])
    words = naming.snake("-".join(filter(None, (content_type.plugin, content_type.singular_name)))).split("_")
    return "".join(word.capitalize() for word in words)


def read_store_value(text: str | None) -> dict[str, Remembered]:
    """Return the content types of the last start; there are none when it cannot be told."""
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {}
    entries = value.items() if isinstance(value, dict) else ()
    return {uid: _remembered(entry) for uid, entry in entries if isinstance(entry, dict)}


def _remembered(entry: Mapping[str, JSON]) -> Remembered:
    return Remembered(
        table=str(entry.get("collectionName", "")),
        draft_and_publish=_path(entry, "options", "draftAndPublish") is True,
        localized=_path(entry, "pluginOptions", "i18n", "localized") is True,
    )


def _path(value: JSON, *keys: str) -> JSON:
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _entry(content_type: ContentType) -> dict[str, Any]:
    owner = {"plugin": content_type.plugin} if content_type.plugin else {"apiName": content_type.api}
    kind = {"kind": content_type.kind.value}
    # A dictionary keeps a key where it first stands, as the reference's objects do.
    return {
        **content_type.source,
        "options": dict(content_type.options),
        "attributes": attributes_of(content_type),
        **owner,
        "collectionName": content_type.collection_name,
        "globalId": global_id(content_type),
        "uid": content_type.uid,
        "modelType": "contentType",
        **kind,
        "__schema__": {**{key: content_type.source[key] for key in _OWN_PART if key in content_type.source}, **kind},
        "modelName": content_type.singular_name,
        **({} if content_type.plugin else {"actions": {}, "lifecycles": {}}),
    }


def attributes_of(content_type: ContentType) -> dict[str, Any]:
    """Return the attributes of a content type as the reference describes them."""
    shown: dict[str, Any] = {name: dict(attribute.options) for name, attribute in content_type.attributes.items()}
    key = "document_id"
    column = {"name": key, "referencedColumn": key, "referencedTable": naming.table(content_type)}
    return {**shown, "localizations": {**shown["localizations"], "joinColumn": column}}
