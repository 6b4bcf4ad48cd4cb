"""The tools of documents: one entry for each use case, for every content type that the content manager shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from tessera.features.documents import actions
from tessera.features.documents.tools import calls
from tessera.features.documents.tools.answers import count_answer, document_answer, empty_answer, list_answer
from tessera.features.documents.tools.data import data_shape
from tessera.features.documents.tools.links import DOCUMENT, DOCUMENTS, STATUS
from tessera.features.documents.tools.lists import PAGE, PAGE_SIZE, filters_shape, sort_shape, sortable
from tessera.features.documents.tools.populating import POPULATE
from tessera.features.documents.tools.rights import allowed, fields_of, locale_shape, written_fields
from tessera.identity.context import RequestContext
from tessera.mcp.shapes import Group, JSONSchema, Shape, Truth
from tessera.mcp.tool import Arguments, Effect, Scope, Tool
from tessera.schema.model import ContentType, Schema

Run = Callable[[RequestContext, Scope, ContentType, Arguments], Awaitable[bytes]]
Members = Callable[[Scope, ContentType], dict[str, Shape]]
Answer = Callable[[Scope, ContentType], JSONSchema]

_NOTES: Final = {
    "documentId": "Names the document in every locale and status.",
    "locale": "The default locale if absent; without effect on types that are not localized.",
    "status": "The draft if absent.",
    "data": "The fields to write; an update keeps what is not named.",
    "pageSize": "10 if absent.",
    "sort": 'Such as "title:asc".',
    "populate": "Relations to tell in full, such as author or sections.author.employer.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A use case as a tool of any content type."""

    name: str  # with the type's name in place of the braces
    title: str
    description: str
    actions: tuple[str, ...]  # any one of which offers the tool; the first tells the locales
    effect: Effect
    run: Run
    takes: Members
    gives: Answer
    needs: tuple[str, ...] = ()  # which arguments have to be there
    of_singles: bool | None = None  # only of single types, or only of collections
    with_drafts: bool = False  # only of types that have drafts
    many: bool = False  # reaches several documents; the reference has no such tools

    @property
    def seen(self) -> Callable[[RequestContext, Scope, ContentType, Arguments], Awaitable[bytes | None]]:
        """Return what reads the documents that are meant before a dry run."""
        return calls.seen_documents if self.many else calls.seen_before

    def fits(self, content_type: ContentType) -> bool:
        """Tell whether the use case makes sense for a type."""
        if self.of_singles is not None and self.of_singles is not content_type.is_single:
            return False
        return content_type.draft_and_publish or not self.with_drafts


def _list_arguments(scope: Scope, content_type: ContentType) -> dict[str, Shape]:
    attributes = sortable(scope, content_type, fields_of(scope, content_type, actions.READ))
    return {
        "status": STATUS,
        "page": PAGE,
        "pageSize": PAGE_SIZE,
        "sort": sort_shape(attributes),
        "filters": filters_shape(attributes, typed=scope.typed),
        **_populate(scope),
    }


def _created(scope: Scope, content_type: ContentType) -> dict[str, Shape]:
    return {"data": data_shape(scope, content_type, fields_of(scope, content_type, actions.CREATE), creating=True)}


def _changed(scope: Scope, content_type: ContentType) -> dict[str, Shape]:
    return {"data": data_shape(scope, content_type, fields_of(scope, content_type, actions.UPDATE), creating=False)}


def _written(scope: Scope, content_type: ContentType) -> dict[str, Shape]:
    return {"data": data_shape(scope, content_type, written_fields(scope, content_type), creating=False)}


def _read(scope: Scope, _: ContentType) -> dict[str, Shape]:
    return {"status": STATUS, **_populate(scope)}


def _populate(scope: Scope) -> dict[str, Shape]:
    return {"populate": POPULATE} if scope.typed else {}  # the reference tells related documents by their ids only


def _unpublished(_: Scope, __: ContentType) -> dict[str, Shape]:
    return {"discardDraft": Truth()}


def _nothing(_: Scope, __: ContentType) -> dict[str, Shape]:
    return {}


def _several(_: Scope, __: ContentType) -> dict[str, Shape]:
    return {"documentIds": DOCUMENTS}


def _document(scope: Scope, content_type: ContentType) -> JSONSchema:
    return document_answer(scope, content_type, fields_of(scope, content_type, actions.READ))


def _page(scope: Scope, content_type: ContentType) -> JSONSchema:
    return list_answer(scope, content_type, fields_of(scope, content_type, actions.READ))


def _empty(_: Scope, __: ContentType) -> JSONSchema:
    return empty_answer()


def _count(_: Scope, __: ContentType) -> JSONSchema:
    return count_answer()


LIST: Final = Entry(
    name="list_{}",
    title="List {}",
    description="Lists documents of {uid} in pages, with filters and an order.",
    actions=(actions.READ,),
    effect=Effect.READS,
    run=calls.list_documents,
    takes=_list_arguments,
    gives=_page,
    of_singles=False,
)
READ: Final = Entry(
    name="get_{}",
    title="Read {}",
    description="Reads a document of {uid} with its components; related documents are told by their ids.",
    actions=(actions.READ,),
    effect=Effect.READS,
    run=calls.read_document,
    takes=_read,
    gives=_document,
    needs=("documentId",),
)
CREATE: Final = Entry(
    name="create_{}",
    title="Create {}",
    description="Creates a document of {uid}; of a type with drafts, as a draft.",
    actions=(actions.CREATE,),
    effect=Effect.ADDS,
    run=calls.create_document,
    takes=_created,
    gives=_document,
    needs=("data",),
    of_singles=False,
)
CHANGE: Final = Entry(
    name="update_{}",
    title="Change {}",
    description="Changes the fields that are named of a document of {uid}, or adds a locale to it.",
    actions=(actions.UPDATE,),
    effect=Effect.CHANGES,
    run=calls.change_document,
    takes=_changed,
    gives=_document,
    needs=("documentId", "data"),
    of_singles=False,
)
WRITE: Final = Entry(
    name="write_{}",
    title="Write {}",
    description="Changes the fields that are named of the only document of {uid}; the first write begins it.",
    actions=(actions.UPDATE, actions.CREATE),
    effect=Effect.CHANGES,
    run=calls.write_single,
    takes=_written,
    gives=_document,
    needs=("data",),
    of_singles=True,
)
DELETE: Final = Entry(
    name="delete_{}",
    title="Delete {}",
    description="Deletes a document of {uid} in a locale, draft and publication.",
    actions=(actions.DELETE,),
    effect=Effect.DESTROYS,
    run=calls.delete_document,
    takes=_nothing,
    gives=_empty,
    needs=("documentId",),
)
PUBLISH: Final = Entry(
    name="publish_{}",
    title="Publish {}",
    description="Publishes the draft of a document of {uid}; it is checked as a publication has to be.",
    actions=(actions.PUBLISH,),
    effect=Effect.CHANGES,
    run=calls.publish_document,
    takes=_nothing,
    gives=_document,
    needs=("documentId",),
    with_drafts=True,
)
UNPUBLISH: Final = Entry(
    name="unpublish_{}",
    title="Unpublish {}",
    description="Takes the publication of a document of {uid} away and answers the draft that is left.",
    actions=(actions.PUBLISH,),
    effect=Effect.DESTROYS,
    run=calls.unpublish_document,
    takes=_unpublished,
    gives=_document,
    needs=("documentId",),
    with_drafts=True,
)
DISCARD: Final = Entry(
    name="discard_{}_draft",
    title="Discard the draft of {}",
    description="Puts the publication of a document of {uid} in the place of its draft, whose changes are lost.",
    actions=(actions.UPDATE,),
    effect=Effect.DESTROYS,
    run=calls.discard_draft,
    takes=_nothing,
    gives=_document,
    needs=("documentId",),
    with_drafts=True,
)
DELETE_MANY: Final = Entry(
    name="delete_many_{}",
    title="Delete several {}",
    description="Deletes documents of {uid} in a locale: all of them or none.",
    actions=(actions.DELETE,),
    effect=Effect.DESTROYS,
    run=calls.delete_documents,
    takes=_several,
    gives=_count,
    needs=("documentIds",),
    of_singles=False,
    many=True,
)
PUBLISH_MANY: Final = Entry(
    name="publish_many_{}",
    title="Publish several {}",
    description="Publishes the drafts of documents of {uid} as they are: all of them or none.",
    actions=(actions.PUBLISH,),
    effect=Effect.CHANGES,
    run=calls.publish_documents,
    takes=_several,
    gives=_count,
    needs=("documentIds",),
    of_singles=False,
    with_drafts=True,
    many=True,
)
UNPUBLISH_MANY: Final = Entry(
    name="unpublish_many_{}",
    title="Unpublish several {}",
    description="Takes the publications of documents of {uid} away: all of them or none.",
    actions=(actions.PUBLISH,),
    effect=Effect.DESTROYS,
    run=calls.unpublish_documents,
    takes=_several,
    gives=_count,
    needs=("documentIds",),
    of_singles=False,
    with_drafts=True,
    many=True,
)
BULK: Final = (DELETE_MANY, PUBLISH_MANY, UNPUBLISH_MANY)
ENTRIES: Final = (LIST, READ, CREATE, CHANGE, WRITE, DELETE, PUBLISH, UNPUBLISH, DISCARD)


def type_tools(schema: Schema, *, bulk: bool) -> tuple[Tool, ...]:
    """Return the tools of every content type that the content manager shows, perhaps also those for many documents."""
    return tuple(_tools(schema, (*ENTRIES, *BULK) if bulk else ENTRIES))


def _tools(schema: Schema, entries: tuple[Entry, ...]) -> Iterator[Tool]:
    for content_type in schema.content_types.values():
        if content_type.visible_in_content_manager:
            yield from (tool_of(entry, content_type) for entry in entries if entry.fits(content_type))


def tool_of(entry: Entry, content_type: ContentType) -> Tool:
    """Return a use case as the tool of one type."""

    async def run(ctx: RequestContext, scope: Scope, given: Arguments) -> bytes:
        return await entry.run(ctx, scope, content_type, given)

    async def seen(ctx: RequestContext, scope: Scope, given: Arguments) -> bytes | None:
        return await entry.seen(ctx, scope, content_type, given)

    async def state(ctx: RequestContext, scope: Scope, given: Arguments) -> bytes:
        return await calls.state_of(ctx, scope, content_type, given)

    return Tool(
        name=entry.name.format(tool_name(content_type.uid)),
        title=entry.title.format(content_type.display_name),
        description=entry.description.format(uid=content_type.uid),
        effect=entry.effect,
        offered=allowed(content_type.uid, *entry.actions),
        takes=partial(takes_of, entry, content_type),
        gives=lambda scope: entry.gives(scope, content_type),
        run=run,
        seen=seen if entry.effect is not Effect.READS else None,
        actions=entry.actions,
        subject=lambda _: content_type.uid,
        state=state,
        many=entry.many,
    )


def tool_name(uid: str) -> str:
    """Return what a type is called in the names of its tools."""
    place, _, name = uid.lower().partition("::")
    first, _, second = name.partition(".")
    short = first if first == second else f"{first}_{second}"
    return short if place == "api" else f"{place}-{first}_{second}"


def takes_of(entry: Entry, content_type: ContentType, scope: Scope) -> Group:
    """Return the arguments of a tool; what is not among them is overlooked, as the reference does."""
    needs = [name for name in entry.needs if name != "documentId" or not content_type.is_single]
    named: dict[str, Shape] = {"documentId": DOCUMENT} if "documentId" in needs else {}
    members = {
        **named,
        **entry.takes(scope, content_type),
        "locale": locale_shape(scope, content_type, entry.actions[0]),
    }
    notes = {name: text for name, text in _NOTES.items() if name in members}
    return Group(members=members, required=frozenset(needs), closed=False, notes=notes)
