"""Entries of a seed, made one after the other as an administrator makes them in the content manager."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson

from tessera.cli.seed_files import CONTENT, Content, Entry
from tessera.errors import ConfigurationError, TesseraError
from tessera.features.documents import service as documents
from tessera.features.documents.publishing import publish_document
from tessera.identity.context import RequestContext
from tessera.schema.model import ContentType, Relation


async def create_entries(ctx: RequestContext, content: Content) -> int:
    """Create and publish entries; return how many."""
    made = _Made(ctx)
    for uid, entries in content.items():
        for entry in entries:
            with _naming(f"{uid}, {entry.key}"):
                await made.add(_content_type(ctx, uid), entry)
    return len(made.ids)


@dataclass(slots=True)
class _Made:
    """What has been made so far: the document of each type and key."""

    ctx: RequestContext
    ids: dict[tuple[str, str], str] = field(default_factory=dict)

    async def add(self, content_type: ContentType, entry: Entry) -> None:
        """Make one entry."""
        if (content_type.uid, entry.key) in self.ids:
            raise ConfigurationError("this key stands twice")
        related = {name: self._related(content_type, name, keys) for name, keys in entry.relations.items()}
        answer = await documents.create_document(self.ctx, content_type, {}, {**entry.data, **related})
        document: str = orjson.loads(answer)["data"]["documentId"]
        self.ids[content_type.uid, entry.key] = document
        if entry.publish:
            await publish_document(self.ctx, content_type, document, {}, {})

    def _related(self, content_type: ContentType, name: str, keys: list[str]) -> dict[str, Any]:
        attribute = content_type.attributes.get(name)
        if not isinstance(attribute, Relation) or attribute.target is None:
            raise ConfigurationError(f"relations.{name} is no relation to one content type")
        if missing := [key for key in keys if (attribute.target, key) not in self.ids]:
            raise ConfigurationError(f"relations.{name}: no {attribute.target} before this has the key {missing[0]}")
        return {"connect": [{"documentId": self.ids[attribute.target, key]} for key in keys]}


def _content_type(ctx: RequestContext, uid: str) -> ContentType:
    content_type = ctx.project.schema.content_types.get(uid)
    if content_type is None:
        raise ConfigurationError(f"there is no content type {uid}")
    return content_type


@contextmanager
def _naming(place: str) -> Iterator[None]:
    """Let what is refused name the entry, with every fault."""
    try:
        yield
    except TesseraError as error:
        faults = error.details.get("errors", ())
        told = [f"{'.'.join(map(str, fault['path']))}: {fault['message']}" for fault in faults] or [error.message]
        raise ConfigurationError(f"{CONTENT}: {place}: {'; '.join(told)}") from error
