"""Use cases of the first page: how many documents there are, and which ones were worked on last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from tessera.engine.views import views_of
from tessera.features.documents.reading import DIALECT, Params, answers_of
from tessera.features.documents.rights import ability_of, readable, reader_of
from tessera.identity.context import RequestContext
from tessera.schema.model import JSON, ContentType
from tessera.sql.status_counts import status_counts

_MOST: Final = 4
_EVERY_LOCALE: Final = "*"
_DOCUMENT: Final = "documentId"


async def count_documents(ctx: RequestContext) -> dict[str, int]:
    """Count the documents that the caller may read by their status."""
    ability = ability_of(ctx)
    grants = [(content_type, readable(ability, content_type.uid)) for content_type in _shown(ctx)]
    seen = [(content_type, grant.filter) for content_type, grant in grants if grant is not None]
    row = await ctx.session.row(status_counts(ctx.project.schema, DIALECT, seen))
    drafts, published, modified = row or (0, 0, 0)
    return {"draft": drafts, "published": published, "modified": modified}


async def recently_changed(ctx: RequestContext) -> list[dict[str, JSON]]:
    """Return the documents that were changed last."""
    found = await _recent(ctx, _shown(ctx), {"sort": "updatedAt:desc"})
    return _last(found, "updatedAt")


async def recently_published(ctx: RequestContext) -> list[dict[str, JSON]]:
    """Return the documents that were published last."""
    types = [content_type for content_type in _shown(ctx) if content_type.draft_and_publish]
    found = await _recent(ctx, types, {"sort": "publishedAt:desc", "status": "published"})
    return _last(found, "publishedAt")


def _shown(ctx: RequestContext) -> list[ContentType]:
    """Return the types of which the caller may read something in the content manager."""
    ability = ability_of(ctx)
    types = ctx.project.schema.content_types.values()
    return [it for it in types if it.visible_in_content_manager and readable(ability, it.uid)]


async def _recent(ctx: RequestContext, types: Sequence[ContentType], params: Params) -> list[dict[str, JSON]]:
    views = await views_of(ctx.session, types, ctx.project.schema) if types else {}
    found: list[dict[str, JSON]] = []
    for content_type in types:
        asked = {**params, "pageSize": str(_MOST), "locale": _EVERY_LOCALE}
        statement = answers_of(ctx.project.schema).managed_list(
            content_type.uid, asked, reader_of(ctx), default_locale=""
        )
        main_field = str(views[content_type.uid].get("settings", {}).get("mainField") or _DOCUMENT)
        listed = orjson.loads(await ctx.session.scalar(statement))["results"]
        found += [_told(content_type, entry, main_field) for entry in listed]
    return found


def _told(content_type: ContentType, entry: Mapping[str, Any], main_field: str) -> dict[str, JSON]:
    has_drafts = content_type.draft_and_publish
    return {
        _DOCUMENT: entry[_DOCUMENT],
        "locale": entry.get("locale"),
        "title": entry.get(main_field, entry[_DOCUMENT]),
        "contentTypeUid": content_type.uid,
        "contentTypeDisplayName": content_type.display_name,
        "kind": content_type.kind.value,
        "updatedAt": entry.get("updatedAt") or "",
        "publishedAt": entry.get("publishedAt") if has_drafts else None,
        **({"status": entry["status"]} if has_drafts else {}),
    }


def _last(found: Sequence[dict[str, JSON]], stamp: str) -> list[dict[str, JSON]]:
    return sorted(found, key=lambda entry: str(entry[stamp] or ""), reverse=True)[:_MOST]
