"""Answers about documents: one statement each, read in the session of the request."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tessera.engine.locales import Locales, locales
from tessera.engine.totals import Totals
from tessera.features.documents.recounting import author_reader, writing_reader
from tessera.identity.context import RequestContext
from tessera.query.content_manager import Occasion
from tessera.query.params import QueryString
from tessera.query.sight import Reader
from tessera.query.stored import plan_stored
from tessera.schema.model import ContentType, Schema
from tessera.shelf import Shelf
from tessera.sql.answers import Answers
from tessera.sql.dialects.dialect import Dialect
from tessera.sql.dialects.sqlite import SQLITE
from tessera.sql.listing import Listing
from tessera.sql.reads import Bound, CompiledRead, compile_read
from tessera.sql.statement import Statement

Params = Mapping[str, Any]  # as `tessera.query.params.parse` returns them

DIALECT: Final[Dialect] = SQLITE
_NO_LOCALES: Final = Locales((), "")
_QUESTIONS: Final = 512  # that are remembered as they were written
_LONGEST: Final = 1000  # characters of a question that is


@dataclass(slots=True)
class _Shelf:
    """The statements of the schema that is served; a reload begins another shelf."""

    schema: Schema
    answers: Answers
    totals: Totals = field(default_factory=Totals)
    listings: Shelf[Listing] = field(default_factory=lambda: Shelf(_QUESTIONS))
    documents: Shelf[Bound] = field(default_factory=lambda: Shelf(_QUESTIONS))
    stored: dict[tuple[str, frozenset[str] | None], CompiledRead] = field(default_factory=dict)


_shelves: Final[list[_Shelf]] = []


def answers_of(schema: Schema) -> Answers:
    """Return the statements that answer questions about a schema, compiled once for each shape of question."""
    return _shelf(schema).answers


def stored_row(schema: Schema, content_type: ContentType, row_id: int, names: Collection[str] | None) -> Statement:
    """Return what reads a row as it is stored: all of it, or some attributes."""
    shelf = _shelf(schema)
    key = (content_type.uid, None if names is None else frozenset(names))
    compiled = shelf.stored.get(key)
    if compiled is None:
        plan = plan_stored(schema, content_type, names)
        compiled = shelf.stored[key] = compile_read(plan, schema, DIALECT)
    return compiled.statement((), {"row": row_id})


def _shelf(schema: Schema) -> _Shelf:
    for shelf in _shelves:
        if shelf.schema is schema:
            return shelf
    shelf = _Shelf(schema, Answers(schema, DIALECT))
    _shelves[:] = [shelf, *_shelves[:1]]
    return shelf


def listing_of(
    ctx: RequestContext, kind: Hashable, params: Params, reader: Reader, make: Callable[[], Listing]
) -> Listing:
    """Return the list that a question asks for; `kind` is all that matters beside the parameters and the reader."""
    text = _text(params)
    if text is None:
        return make()
    return _shelf(ctx.project.schema).listings.get((kind, reader.key, text), make)


def documents_of(
    ctx: RequestContext, kind: Hashable, params: Params, reader: Reader, make: Callable[[], Bound]
) -> Bound:
    """Return what reads single documents as a question asks; `kind` is as that of a list."""
    text = _text(params)
    if text is None:
        return make()
    return _shelf(ctx.project.schema).documents.get((kind, reader.key, text), make)


def _text(params: Params) -> str | None:
    """Return how the parameters were written, if that is known and worth remembering."""
    return params.text if isinstance(params, QueryString) and len(params.text) <= _LONGEST else None


async def locales_for(ctx: RequestContext, content_type: ContentType) -> Locales:
    """Return the locales of the project, or none for a type that does not know them."""
    return await locales(ctx.session) if content_type.localized else _NO_LOCALES


async def list_of(ctx: RequestContext, listing: Listing) -> bytes:
    """Return a list, as JSON; what was counted before is not counted again while nothing has changed."""
    return await _shelf(ctx.project.schema).totals.body(ctx.session, listing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Which version of a document was written, and how the answer tells of it."""

    document_id: str
    locale: str | None
    status: str  # draft or published, also of what a type without drafts relates to
    created: bool = False
    told: bool = True  # of the document's other versions
    occasion: Occasion = Occasion.WRITTEN


async def written(ctx: RequestContext, content_type: ContentType, version: Written, default: str) -> bytes:
    """Return the answer to a write: what the writer may read of the row, or its stamps when it may not see it."""
    reader = writing_reader(ctx, content_type)
    if reader.grants(content_type.uid) is None:
        hidden = author_reader(ctx, content_type, everything=version.created)
        return (await _row(ctx, content_type, version, hidden, default))[0]
    body, shown = await _row(ctx, content_type, version, reader, default)
    if shown:
        return body
    return (await _row(ctx, content_type, version, author_reader(ctx, content_type, everything=False), default))[0]


async def _row(
    ctx: RequestContext, content_type: ContentType, version: Written, reader: Reader, default: str
) -> tuple[bytes, int]:
    statement = answers_of(ctx.project.schema).managed_document(
        content_type.uid,
        version.document_id,
        {"status": version.status, "locale": version.locale},
        reader,
        default_locale=default,
        occasion=version.occasion,
        told=version.told,
    )
    row = await ctx.session.row(statement)
    if row is None:
        raise LookupError(version.document_id)
    return row[0], row[1]
