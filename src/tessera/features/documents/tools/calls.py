"""What the tools of documents do: each ends in the use case that the Admin API ends in, too."""

from __future__ import annotations

from typing import Any, Final

import orjson

from tessera.errors import NotFoundError
from tessera.features.documents import actions, bulk, publishing, service, singles
from tessera.features.documents.located import rows_of
from tessera.features.documents.reading import Params, Written, written
from tessera.features.documents.rights import rights_on
from tessera.features.documents.tools.data import data_shape
from tessera.features.documents.tools.populating import check_paths, populated
from tessera.features.documents.tools.rights import written_fields
from tessera.identity.context import RequestContext
from tessera.mcp.shapes import written as told
from tessera.mcp.tool import Arguments, ArgumentsRefused, Scope
from tessera.schema.model import ContentType

_NOTHING: Final = b'{"data":{}}'
_ASKED: Final = ("page", "pageSize", "sort", "filters", "status")


async def list_documents(ctx: RequestContext, scope: Scope, content_type: ContentType, given: Arguments) -> bytes:
    """List documents."""
    check_paths(scope, content_type, given)
    params: dict[str, Any] = {name: given[name] for name in _ASKED if name in given}
    if content_type.localized:
        params["locale"] = given.get("locale") or scope.locales.default  # which saves asking for it once more
    return await populated(ctx, scope, content_type, given, await service.list_documents(ctx, content_type, params))


async def read_document(ctx: RequestContext, scope: Scope, content_type: ContentType, given: Arguments) -> bytes:
    """Read a document."""
    check_paths(scope, content_type, given)
    params = _version(content_type, given, "status")
    if content_type.is_single:
        body = await singles.read_single(ctx, content_type, params)
    else:
        body = await service.read_document(ctx, content_type, given["documentId"], params)
    return await populated(ctx, scope, content_type, given, body)


async def create_document(ctx: RequestContext, _: Scope, content_type: ContentType, given: Arguments) -> bytes:
    """Create a document."""
    return await service.create_document(ctx, content_type, _version(content_type, given), given["data"])


async def change_document(ctx: RequestContext, _: Scope, content_type: ContentType, given: Arguments) -> bytes:
    """Change a document."""
    query = _version(content_type, given)
    return await service.change_document(ctx, content_type, given["documentId"], query, given["data"])


async def write_single(ctx: RequestContext, scope: Scope, content_type: ContentType, given: Arguments) -> bytes:
    """Write the document of a single type; when it begins, what is required has to be there."""
    fields = written_fields(scope, content_type)
    lacking = list(data_shape(scope, content_type, fields, creating=True).flaws(given["data"], ("data",)))
    if lacking and not await singles.exists(ctx, content_type):
        raise ArgumentsRefused(told(lacking))
    return await singles.save_single(ctx, content_type, _version(content_type, given), given["data"])


async def delete_document(ctx: RequestContext, _: Scope, content_type: ContentType, given: Arguments) -> bytes:
    """Delete a document, in one locale if it is localized."""
    await service.delete_document(ctx, content_type, _document(given), _version(content_type, given))
    return _NOTHING


async def publish_document(ctx: RequestContext, _: Scope, content_type: ContentType, given: Arguments) -> bytes:
    """Publish a draft as it is."""
    return await publishing.publish_stored(ctx, content_type, _document(given), _version(content_type, given))


async def unpublish_document(ctx: RequestContext, scope: Scope, content_type: ContentType, given: Arguments) -> bytes:
    """Take a publication away and answer the draft that is left (mcp_server.collection_tools)."""
    query, body = _version(content_type, given), {"discardDraft": given.get("discardDraft", False)}
    gone = await publishing.unpublish_document(ctx, content_type, _document(given), query, body)
    shown = orjson.loads(gone)["data"]
    version = Written(document_id=shown["documentId"], locale=shown.get("locale"), status=service.DRAFT)
    try:
        return await written(ctx, content_type, version, scope.locales.default)
    except LookupError:  # nothing is left: it was published without a draft
        return _NOTHING


async def discard_draft(ctx: RequestContext, _: Scope, content_type: ContentType, given: Arguments) -> bytes:
    """Put what is published in the place of the draft."""
    return await publishing.discard_draft(ctx, content_type, _document(given), _version(content_type, given), {})


async def seen_before(ctx: RequestContext, scope: Scope, content_type: ContentType, given: Arguments) -> bytes | None:
    """Return the draft as it is before a dry run, as far as there is one that may be read."""
    if not scope.ability.allows(actions.READ, content_type.uid):
        return None
    if not content_type.is_single and "documentId" not in given:
        return None
    version = {name: given[name] for name in ("documentId", "locale") if name in given}
    try:
        return await read_document(ctx, scope, content_type, version)
    except NotFoundError:
        return None


async def delete_documents(ctx: RequestContext, _: Scope, content_type: ContentType, given: Arguments) -> bytes:
    """Delete several documents in one locale, or none of them."""
    return _counted(await bulk.delete_many(ctx, content_type, _version(content_type, given), _ids(given)))


async def publish_documents(ctx: RequestContext, _: Scope, content_type: ContentType, given: Arguments) -> bytes:
    """Publish the drafts of several documents, or of none of them."""
    return _counted(await bulk.publish_many(ctx, content_type, _version(content_type, given), _ids(given)))


async def unpublish_documents(ctx: RequestContext, _: Scope, content_type: ContentType, given: Arguments) -> bytes:
    """Take away the publications of several documents, or of none of them."""
    return _counted(await bulk.unpublish_many(ctx, content_type, _version(content_type, given), _ids(given)))


async def seen_documents(
    ctx: RequestContext, scope: Scope, content_type: ContentType, given: Arguments
) -> bytes | None:
    """Return the documents that are meant as they are before a dry run, as far as they may be read."""
    if not scope.ability.allows(actions.READ, content_type.uid):
        return None
    ids = given["documentIds"]
    asked = {"filters": {"documentId": {"$in": ids}}, "pageSize": len(ids), "locale": given.get("locale")}
    shown = {name: value for name, value in asked.items() if value is not None}
    found = await list_documents(ctx, scope, content_type, shown)
    return orjson.dumps({"data": {"documents": orjson.loads(found)["results"]}})


async def state_of(ctx: RequestContext, _: Scope, content_type: ContentType, given: Arguments) -> bytes:
    """Return what tells every version of the documents that are meant from an older or newer one."""
    named = given.get("documentIds", [given["documentId"]] if "documentId" in given else None)
    rows = await rows_of(ctx, content_type, named, rights_on(ctx, content_type))
    return repr(sorted((row.id, row.document_id, row.updated_at, row.is_published) for row in rows)).encode()


def _ids(given: Arguments) -> dict[str, Any]:
    return {"documentIds": given["documentIds"]}


def _counted(count: int) -> bytes:
    return orjson.dumps({"data": {"count": count}})


def _document(given: Arguments) -> str | None:
    found: str | None = given.get("documentId")
    return found


def _version(content_type: ContentType, given: Arguments, *more: str) -> Params:
    """Return the version that is asked for; a type without locales takes no notice of one."""
    names = ("locale", *more) if content_type.localized else more
    return {name: given[name] for name in names if name in given}
