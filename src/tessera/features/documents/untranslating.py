"""What becomes of documents when a locale is removed: their versions in it go with it."""

from __future__ import annotations

from tessera.engine.versions import raise_versions
from tessera.events import LocaleRemoved
from tessera.features.documents.removal import remove_rows
from tessera.identity.context import RequestContext
from tessera.sql.document_rows import rows_in_locale


async def forget_locale(ctx: RequestContext, event: LocaleRemoved) -> None:
    """Delete everything that is written in a locale that is being removed."""
    schema = ctx.project.schema
    localized = [content_type for content_type in schema.content_types.values() if content_type.localized]
    for content_type in localized:
        ids = [row[0] for row in await ctx.session.rows(rows_in_locale(content_type, event.code))]
        await remove_rows(ctx.session, schema, content_type, ids)
    await raise_versions(ctx.session, [content_type.uid for content_type in localized])
