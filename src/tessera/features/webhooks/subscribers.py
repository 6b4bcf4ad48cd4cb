"""What is told of the writes of other features: which rows, and how much of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tessera.events import DocumentsChanged, DocumentVersion, FilesChanged
from tessera.features.webhooks import outbox_repository as outbox
from tessera.features.webhooks.outbox_repository import Told
from tessera.identity.context import RequestContext
from tessera.query.conditions import Version
from tessera.query.told import Depth, Telling, plan_document, plan_file
from tessera.schema.model import ContentType, Schema

# As the reference does: what is gone is told flat, in both versions, and what is unpublished by its counts.
_TELLINGS: Final[Mapping[str, Telling]] = {
    "entry.create": Telling(Depth.ALL, Version.DRAFT),
    "entry.update": Telling(Depth.ALL, Version.DRAFT),
    "entry.publish": Telling(Depth.ALL, Version.PUBLISHED),
    "entry.unpublish": Telling(Depth.COUNTED, Version.PUBLISHED),
    "entry.draft-discard": Telling(Depth.ALL, Version.DRAFT),
    "entry.delete": Telling(Depth.FLAT),
}
_SILENT: Final = ("admin::", "plugin::upload.")  # no document of these is anybody's entry


async def documents_changed(ctx: RequestContext, event: DocumentsChanged) -> None:
    """Note what is to be told of documents; nothing is asked of the database while no webhook is turned on."""
    content_type = ctx.project.schema.content_types.get(event.uid)
    if not ctx.hooked or content_type is None or event.uid.startswith(_SILENT):
        return
    for action in event.steps:
        if telling := _TELLINGS.get(action):
            for version in event.versions:
                await outbox.note(ctx, _told(ctx.project.schema, action, content_type, telling, version))


async def files_changed(ctx: RequestContext, event: FilesChanged) -> None:
    """Note what is to be told of files."""
    if not ctx.hooked:
        return
    plan = plan_file(ctx.project.schema)
    for file_id in event.ids:
        await outbox.note(ctx, Told(event=event.action, plan=plan, named={"row": file_id}, key="media"))


def _told(schema: Schema, event: str, content_type: ContentType, telling: Telling, version: DocumentVersion) -> Told:
    return Told(
        event=event,
        plan=plan_document(schema, content_type, telling),
        named={"document": version.document_id, "locale": version.locale},
        key="entry",
        uid=content_type.uid,
        model=content_type.singular_name,
        document_id=version.document_id,
    )
