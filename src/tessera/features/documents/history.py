"""The history of documents: every change leaves a version behind, in the transaction that makes it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from tessera.events import DocumentsChanged, Event
from tessera.features.documents.announcing import CREATED, DISCARDED, PUBLISHED, UNPUBLISHED, UPDATED
from tessera.features.documents.reading import DIALECT
from tessera.identity.context import RequestContext
from tessera.identity.principal import SignedIn, TokenBearer
from tessera.query.history import IGNORED
from tessera.schema.model import ContentType, Schema
from tessera.schema.snapshot import attributes_of
from tessera.sql.history_rows import Occasion, Recorder, pruned, recorder

_OWN: Final = "api::"  # as the reference, types of the project and no others
_DAY: Final = 24 * 60 * 60 * 1000  # milliseconds
# None: it depends on whether there is a publication.
_STATUS: Final = {
    CREATED: "draft",
    UPDATED: None,
    PUBLISHED: "published",
    UNPUBLISHED: "draft",
    DISCARDED: "published",
}


@dataclass(frozen=True, slots=True)
class HistoryAged(Event):
    """The history holds versions that are too old."""


@dataclass(slots=True)
class _Shelf:
    """What records the types of the schema that is served; a reload begins another shelf."""

    schema: Schema
    kept: dict[str, tuple[Recorder, str]] = field(default_factory=dict)


_shelves: Final[list[_Shelf]] = []


async def record(ctx: RequestContext, event: DocumentsChanged) -> None:
    """Keep what documents hold now, however many they are, in one statement; a deletion leaves nothing to keep."""
    kept = ctx.project.settings.admin.history
    if not kept.enabled or event.action not in _STATUS or not event.uid.startswith(_OWN):
        return
    recording, attributes = _recorder(ctx.project.schema, ctx.project.schema.content_types[event.uid])
    pairs = [[version.document_id, version.locale] for version in event.versions]
    occasion = Occasion(
        versions=orjson.dumps(pairs).decode(),
        status=_STATUS[event.action],
        schema=attributes,
        at=ctx.now,
        author=ctx.principal.user.id if isinstance(ctx.principal, SignedIn | TokenBearer) else None,
    )
    oldest = await ctx.session.scalar(recording.statement(occasion))
    if oldest is not None and oldest < _cutoff(ctx) and HistoryAged() not in ctx.later:
        ctx.later.append(HistoryAged())


async def forget(ctx: RequestContext, _: Event) -> None:
    """Forget some versions that are too old; each change that finds more of them comes back for them."""
    await ctx.session.execute(pruned(_cutoff(ctx)))


async def start(ctx: RequestContext) -> None:
    """Forget what became too old while the server was off, as much as does not delay the start."""
    await ctx.session.execute(pruned(_cutoff(ctx)))


def attributes_kept(content_type: ContentType) -> dict[str, Any]:
    """Return the attributes that a version has, as the reference describes them."""
    found = {name: options for name, options in attributes_of(content_type).items() if name not in IGNORED}
    # What a new entry begins with could be a password.
    return {
        name: {key: value for key, value in options.items() if options.get("type") != "password" or key != "default"}
        for name, options in found.items()
    }


def _recorder(schema: Schema, content_type: ContentType) -> tuple[Recorder, str]:
    shelf = next((each for each in _shelves if each.schema is schema), None)
    if shelf is None:
        shelf = _Shelf(schema)
        _shelves[:] = [shelf, *_shelves[:1]]
    found = shelf.kept.get(content_type.uid)
    if found is None:
        attributes = json.dumps(attributes_kept(content_type), ensure_ascii=False, separators=(",", ":"))
        found = shelf.kept[content_type.uid] = (recorder(schema, DIALECT, content_type), attributes)
    return found


def _cutoff(ctx: RequestContext) -> int:
    return ctx.now - ctx.project.settings.admin.history.days * _DAY
