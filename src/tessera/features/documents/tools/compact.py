"""A handful of tools for all content types, for projects whose tools would fill an agent's context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import orjson

from tessera.authz.ability import Ability
from tessera.errors import ForbiddenError
from tessera.features.documents.tools import calls
from tessera.features.documents.tools.entries import (
    CHANGE,
    CREATE,
    DELETE,
    DELETE_MANY,
    DISCARD,
    ENTRIES,
    LIST,
    PUBLISH,
    PUBLISH_MANY,
    READ,
    UNPUBLISH,
    UNPUBLISH_MANY,
    WRITE,
    Entry,
    takes_of,
)
from tessera.features.documents.tools.links import DOCUMENT, DOCUMENTS, STATUS
from tessera.features.documents.tools.lists import PAGE, PAGE_SIZE
from tessera.features.documents.tools.populating import POPULATE
from tessera.features.documents.tools.rights import allowed
from tessera.identity.context import RequestContext
from tessera.mcp.shapes import (
    Anything,
    Choice,
    Definitions,
    Group,
    JSONSchema,
    Listing,
    Never,
    OneOf,
    Shape,
    Text,
    Truth,
    whole_schema,
    written,
)
from tessera.mcp.tool import Arguments, ArgumentsRefused, Effect, PermissionMissing, Scope, Tool
from tessera.schema.model import ContentType, Schema

_OBJECT: Final = Group(members={}, closed=False)
_NAMED: Final[Mapping[str, Shape]] = {"documentId": DOCUMENT, "locale": Text()}
_SEVERAL: Final[Mapping[str, Shape]] = {"documentIds": DOCUMENTS, "locale": Text()}
_TYPE: Final = {"type": "A content type, as list_content_types names it."}
_SORT: Final = OneOf((Text(), Listing(items=Anything()), _OBJECT))


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeName(Choice):
    """One of the types; they are not repeated for every tool, so that many types cost no more than a few."""

    def schema(self, definitions: Definitions) -> JSONSchema:
        return {"type": "string"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verb:
    """What can be done to documents of any type; the entries are the use cases that it stands for."""

    name: str
    title: str
    description: str
    effect: Effect
    entries: tuple[Entry, ...]
    takes: Mapping[str, Shape] = field(default_factory=dict)
    required: tuple[str, ...] = ()

    def entry(self, content_type: ContentType, given: Arguments) -> Entry | None:
        """Return the use case for a type: a document that is named is changed, another one begins."""
        fitting = [entry for entry in self.entries if entry.fits(content_type)]
        if len(fitting) > 1:
            fitting = [entry for entry in fitting if ("documentId" in entry.needs) is ("documentId" in given)]
        return fitting[0] if fitting else None


_VERBS: Final = (
    _Verb(
        name="list_documents",
        title="List documents",
        description="Lists documents of a type in pages, with filters and an order.",
        effect=Effect.READS,
        entries=(LIST,),
        takes={"locale": Text(), "status": STATUS, "page": PAGE, "pageSize": PAGE_SIZE, "sort": _SORT}
        | {"filters": _OBJECT, "populate": POPULATE},
    ),
    _Verb(
        name="get_document",
        title="Read a document",
        description="Reads a document; that of a single type has no id.",
        effect=Effect.READS,
        entries=(READ,),
        takes={**_NAMED, "status": STATUS, "populate": POPULATE},
    ),
    _Verb(
        name="save_document",
        title="Save a document",
        description="Changes the fields that are named of a document, or creates one where no id is given.",
        effect=Effect.ADDS,
        entries=(CREATE, CHANGE, WRITE),
        takes={**_NAMED, "data": _OBJECT},
        required=("data",),
    ),
    _Verb(
        name="delete_document",
        title="Delete a document",
        description="Deletes a document in a locale, draft and publication.",
        effect=Effect.DESTROYS,
        entries=(DELETE,),
        takes=_NAMED,
    ),
    _Verb(
        name="publish_document",
        title="Publish a document",
        description="Publishes a draft as it is.",
        effect=Effect.CHANGES,
        entries=(PUBLISH,),
        takes=_NAMED,
    ),
    _Verb(
        name="unpublish_document",
        title="Unpublish a document",
        description="Takes a publication away and answers the draft that is left.",
        effect=Effect.DESTROYS,
        entries=(UNPUBLISH,),
        takes={**_NAMED, "discardDraft": Truth()},
    ),
    _Verb(
        name="discard_draft",
        title="Discard a draft",
        description="Puts the publication in the place of the draft, whose changes are lost.",
        effect=Effect.DESTROYS,
        entries=(DISCARD,),
        takes=_NAMED,
    ),
    _Verb(
        name="delete_documents",
        title="Delete documents",
        description="Deletes several documents in a locale: all of them or none.",
        effect=Effect.DESTROYS,
        entries=(DELETE_MANY,),
        takes=_SEVERAL,
        required=("documentIds",),
    ),
    _Verb(
        name="publish_documents",
        title="Publish documents",
        description="Publishes several drafts as they are: all of them or none.",
        effect=Effect.CHANGES,
        entries=(PUBLISH_MANY,),
        takes=_SEVERAL,
        required=("documentIds",),
    ),
    _Verb(
        name="unpublish_documents",
        title="Unpublish documents",
        description="Takes several publications away: all of them or none.",
        effect=Effect.DESTROYS,
        entries=(UNPUBLISH_MANY,),
        takes=_SEVERAL,
        required=("documentIds",),
    ),
)


def compact_tools(schema: Schema) -> tuple[Tool, ...]:
    """Return the tools that serve every content type."""
    types = {each.uid: each for each in schema.content_types.values() if each.visible_in_content_manager}
    told = (_listing(types), _describing(types))
    return (*told, *(_tool(verb, types) for verb in _VERBS))


def _tool(verb: _Verb, types: Mapping[str, ContentType]) -> Tool:
    async def run(ctx: RequestContext, scope: Scope, given: Arguments) -> bytes:
        content_type = types[given["type"]]
        entry = verb.entry(content_type, given)
        if entry is None:
            raise ForbiddenError
        if not allowed(content_type.uid, *entry.actions)(scope.ability):
            raise PermissionMissing(entry.actions, content_type.uid)
        rest = {name: value for name, value in given.items() if name != "type"}
        if flaws := list(takes_of(entry, content_type, scope).flaws(rest)):
            raise ArgumentsRefused(written(flaws))
        return await entry.run(ctx, scope, content_type, rest)

    async def seen(ctx: RequestContext, scope: Scope, given: Arguments) -> bytes | None:
        content_type = types[given["type"]]
        entry = verb.entry(content_type, given)
        return None if entry is None else await entry.seen(ctx, scope, content_type, given)

    async def state(ctx: RequestContext, scope: Scope, given: Arguments) -> bytes:
        return await calls.state_of(ctx, scope, types[given["type"]], given)

    return Tool(
        name=verb.name,
        title=verb.title,
        description=verb.description,
        effect=verb.effect,
        offered=lambda ability: bool(_reached(verb.entries, types, ability)),
        takes=partial(_takes, verb, types),
        gives=_gives,
        run=run,
        seen=seen if verb.effect is not Effect.READS else None,
        actions=tuple(dict.fromkeys(action for entry in verb.entries for action in entry.actions)),
        subject=partial(_type_of, types),
        state=state,
        many=all(entry.many for entry in verb.entries),
    )


def _type_of(types: Mapping[str, ContentType], given: Arguments) -> str | None:
    named = given.get("type")
    return named if isinstance(named, str) and named in types else None


def _takes(verb: _Verb, types: Mapping[str, ContentType], scope: Scope) -> Group:
    members = {"type": _type_among(_reached(verb.entries, types, scope.ability)), **verb.takes}
    return Group(members=members, required=frozenset({"type", *verb.required}), closed=False, notes=_TYPE)


def _gives(_: Scope) -> JSONSchema:
    return {"type": "object"}


def _reached(entries: tuple[Entry, ...], types: Mapping[str, ContentType], ability: Ability) -> tuple[str, ...]:
    """Return the types of which some document is reached by one of the use cases."""
    return tuple(
        uid
        for uid, content_type in types.items()
        if any(entry.fits(content_type) and allowed(uid, *entry.actions)(ability) for entry in entries)
    )


def _type_among(uids: tuple[str, ...]) -> Shape:
    return TypeName(options=uids) if uids else Never()


def _listing(types: Mapping[str, ContentType]) -> Tool:
    async def run(_: RequestContext, scope: Scope, __: Arguments) -> bytes:
        reached = _reached(ENTRIES, types, scope.ability)
        return orjson.dumps({"types": [_outline(types[uid], scope) for uid in reached]})

    return Tool(
        name="list_content_types",
        title="List content types",
        description="Lists the content types and what may be done with the documents of each.",
        effect=Effect.READS,
        offered=lambda ability: bool(_reached(ENTRIES, types, ability)),
        takes=lambda _: _OBJECT,
        gives=_gives,
        run=run,
    )


def _outline(content_type: ContentType, scope: Scope) -> dict[str, Any]:
    return {
        "type": content_type.uid,
        "name": content_type.display_name,
        "single": content_type.is_single,
        "drafts": content_type.draft_and_publish,
        "localized": content_type.localized,
        "tools": [verb.name for verb, _ in _possible(content_type, scope)],
    }


def _describing(types: Mapping[str, ContentType]) -> Tool:
    async def run(_: RequestContext, scope: Scope, given: Arguments) -> bytes:
        return orjson.dumps(described(types[given["type"]], scope))

    return Tool(
        name="describe_content_type",
        title="Describe a content type",
        description="Tells the fields of a content type: what may be filtered, written and read.",
        effect=Effect.READS,
        offered=lambda ability: bool(_reached(ENTRIES, types, ability)),
        takes=lambda scope: Group(
            members={"type": _type_among(_reached(ENTRIES, types, scope.ability))},
            required=frozenset({"type"}),
            closed=False,
            notes=_TYPE,
        ),
        gives=_gives,
        run=run,
    )


def described(content_type: ContentType, scope: Scope) -> dict[str, Any]:
    """Return what a key may do with a type: what may be filtered, written and read."""
    taken = {
        entry.name.replace("_{}", ""): whole_schema(takes_of(entry, content_type, scope))
        for _, entry in _possible(content_type, scope)
        if entry in (LIST, CREATE, CHANGE, WRITE)
    }
    answer = READ.gives(scope, content_type) if allowed(content_type.uid, *READ.actions)(scope.ability) else {}
    return {**_outline(content_type, scope), "takes": taken, "answers": answer}


def _possible(content_type: ContentType, scope: Scope) -> Iterator[tuple[_Verb, Entry]]:
    """Yield what may be done with a type, and in which use case it ends."""
    for verb in _VERBS:
        for entry in verb.entries:
            if entry.fits(content_type) and allowed(content_type.uid, *entry.actions)(scope.ability):
                yield verb, entry
