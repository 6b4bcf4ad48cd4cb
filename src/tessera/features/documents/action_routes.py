"""The HTTP door of what is done to documents besides saving them: publishing, clones, and several at once."""

from __future__ import annotations

from typing import Any, Final

from tessera.features.documents import actions, bulk, cloning, drafts, publishing
from tessera.features.documents.answers import (
    CheckedDrafts,
    CountedDocuments,
    DocumentIds,
    DraftRelations,
    LocaleAsked,
    LocalesAsked,
    ManagedContent,
    UnpublicationOptions,
    VersionAsked,
    WithVersions,
)
from tessera.features.documents.reading import Params
from tessera.features.documents.tagging import expected_in, tagged
from tessera.features.documents.types import body_in, type_in
from tessera.identity.context import RequestContext
from tessera.schema.model import ContentType
from tessera.web.envelopes import Count, Data
from tessera.web.request import Request
from tessera.web.response import Response, ok, raw
from tessera.web.routing import ADMIN, route

_BASE: Final = "/content-manager/collection-types/{uid}"
_ONE: Final = f"{_BASE}/{{id}}/actions"
_MANY: Final = f"{_BASE}/actions"


@route(
    "POST",
    f"{_MANY}/publish",
    audience=ADMIN,
    action=actions.PUBLISH,
    subject="uid",
    query=LocaleAsked,
    body=ManagedContent,
    answer=WithVersions,
)
async def create_and_publish(request: Request, ctx: RequestContext) -> Response:
    """Create a document and publish it, or leave nothing behind."""
    content_type, query, body = _told(request, ctx)
    return tagged(await publishing.publish_document(ctx, content_type, None, query, body))


@route(
    "POST",
    f"{_ONE}/publish",
    audience=ADMIN,
    action=actions.PUBLISH,
    subject="uid",
    query=LocaleAsked,
    body=ManagedContent,
    answer=WithVersions,
)
async def publish_document(request: Request, ctx: RequestContext) -> Response:
    """Publish a document in one locale, with changes to it if the caller may change it."""
    return tagged(await publishing.publish_document(ctx, *_told_of_one(request, ctx), expected=expected_in(request)))


@route(
    "POST",
    f"{_ONE}/unpublish",
    audience=ADMIN,
    action=actions.PUBLISH,
    subject="uid",
    query=LocaleAsked,
    body=UnpublicationOptions,
    answer=WithVersions,
)
async def unpublish_document(request: Request, ctx: RequestContext) -> Response:
    """Take the publication of a document away in one locale; the draft stays, or is dropped on demand."""
    expected = expected_in(request)
    return tagged(await publishing.unpublish_document(ctx, *_told_of_one(request, ctx), expected=expected))


@route(
    "POST",
    f"{_ONE}/discard",
    audience=ADMIN,
    action=actions.UPDATE,
    subject="uid",
    query=LocaleAsked,
    body=LocaleAsked,
    answer=WithVersions,
)
async def discard_draft(request: Request, ctx: RequestContext) -> Response:
    """Drop what was changed in a draft since its publication."""
    return tagged(await publishing.discard_draft(ctx, *_told_of_one(request, ctx), expected=expected_in(request)))


@route(
    "POST",
    f"{_BASE}/clone/{{id}}",
    audience=ADMIN,
    action=actions.CREATE,
    subject="uid",
    query=LocaleAsked,
    body=ManagedContent,
    answer=WithVersions,
)
async def clone_document(request: Request, ctx: RequestContext) -> Response:
    """Clone a document, with changes."""
    return tagged(await cloning.clone_document(ctx, *_told_of_one(request, ctx)))


@route(
    "POST",
    f"{_BASE}/auto-clone/{{id}}",
    audience=ADMIN,
    action=actions.CREATE,
    subject="uid",
    query=LocaleAsked,
    body=ManagedContent,
    answer=WithVersions,
)
async def auto_clone_document(request: Request, ctx: RequestContext) -> Response:
    """Clone a document of a type that has nothing unique in it."""
    cloning.refuse_to_guess(ctx, type_in(request, ctx))
    return tagged(await cloning.clone_document(ctx, *_told_of_one(request, ctx)))


@route(
    "POST",
    f"{_MANY}/bulkPublish",
    audience=ADMIN,
    action=actions.PUBLISH,
    subject="uid",
    query=LocalesAsked,
    body=DocumentIds,
    answer=Count,
)
async def publish_many(request: Request, ctx: RequestContext) -> Response:
    """Publish several documents, or none of them."""
    return ok({"count": await bulk.publish_many(ctx, *_told(request, ctx))})


@route(
    "POST",
    f"{_MANY}/bulkUnpublish",
    audience=ADMIN,
    action=actions.PUBLISH,
    subject="uid",
    query=LocalesAsked,
    body=DocumentIds,
    answer=Count,
)
async def unpublish_many(request: Request, ctx: RequestContext) -> Response:
    """Take away the publications of several documents."""
    return ok({"count": await bulk.unpublish_many(ctx, *_told(request, ctx))})


@route(
    "POST",
    f"{_MANY}/bulkDelete",
    audience=ADMIN,
    action=actions.DELETE,
    subject="uid",
    query=LocalesAsked,
    body=DocumentIds,
    answer=Count,
)
async def delete_many(request: Request, ctx: RequestContext) -> Response:
    """Delete several documents, or none of them."""
    return ok({"count": await bulk.delete_many(ctx, *_told(request, ctx))})


@route(
    "POST",
    f"{_MANY}/bulkFindForValidation",
    audience=ADMIN,
    action=actions.READ,
    subject="uid",
    query=LocalesAsked,
    body=DocumentIds,
    answer=CheckedDrafts,
)
async def drafts_to_check(request: Request, ctx: RequestContext) -> Response:
    """Show several drafts with all that is checked when they are published."""
    return raw(await bulk.drafts_to_check(ctx, *_told(request, ctx)))


@route(
    "GET",
    f"{_ONE}/countDraftRelations",
    audience=ADMIN,
    action=actions.READ,
    subject="uid",
    query=VersionAsked,
    answer=Data[DraftRelations],
)
async def count_draft_relations(request: Request, ctx: RequestContext) -> Response:
    """Count the relations of a document to documents that are not published."""
    document = request.params["id"]
    return ok({"data": await drafts.count_of_document(ctx, type_in(request, ctx), document, request.query)})


@route(
    "GET",
    f"{_MANY}/countManyEntriesDraftRelations",
    audience=ADMIN,
    action=actions.READ,
    subject="uid",
    query=CountedDocuments,
    answer=Data[int],
)
async def count_draft_relations_of_many(request: Request, ctx: RequestContext) -> Response:
    """Count the relations of several documents to documents that are not published."""
    return ok({"data": await drafts.count_of_documents(ctx, type_in(request, ctx), request.query)})


def _told(request: Request, ctx: RequestContext) -> tuple[ContentType, Params, Any]:
    return type_in(request, ctx), request.query, body_in(request)


def _told_of_one(request: Request, ctx: RequestContext) -> tuple[ContentType, str, Params, Any]:
    return type_in(request, ctx), request.params["id"], request.query, body_in(request)


ROUTES: Final = (
    create_and_publish,
    publish_document,
    unpublish_document,
    discard_draft,
    clone_document,
    auto_clone_document,
    publish_many,
    unpublish_many,
    delete_many,
    drafts_to_check,
    count_draft_relations,
    count_draft_relations_of_many,
)
