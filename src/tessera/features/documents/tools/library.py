"""What agents read of documents without tools: descriptions of content types, and documents by their addresses."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import parse_qsl, unquote

import orjson

from tessera.features.documents import actions
from tessera.features.documents.tools import calls
from tessera.features.documents.tools.compact import described
from tessera.features.documents.tools.prompts import prompts
from tessera.features.documents.tools.rights import allowed
from tessera.identity.context import RequestContext
from tessera.mcp.library import ADDRESS, Library, Resource, Template
from tessera.mcp.tool import Scope
from tessera.schema.model import ContentType, Schema

_EVERY: Final = (actions.READ, actions.CREATE, actions.UPDATE, actions.DELETE, actions.PUBLISH)
_TYPES: Final = f"{ADDRESS}content-types"
_DOCUMENTS: Final = f"{ADDRESS}documents"
_ADDRESS: Final = re.compile(rf"{_DOCUMENTS}/([^/?#]+)(?:/([^/?#]+))?(?:\?([^#]*))?")
_ASKED: Final = frozenset({"locale", "status"})


def library_of(schema: Schema) -> Library:
    """Return the resources and prompts about documents."""
    types = {each.uid: each for each in schema.content_types.values() if each.visible_in_content_manager}
    return Library(
        resources=tuple(_type_resource(content_type) for content_type in types.values()),
        templates=(
            Template(
                uri=f"{_DOCUMENTS}/{{type}}/{{documentId}}{{?locale,status}}",
                name="document",
                title="A document",
                description="A document of a content type, in a locale and as `draft` or `published`.",
                read=_reading(types),
            ),
            Template(
                uri=f"{_DOCUMENTS}/{{type}}{{?locale,status}}",
                name="single-document",
                title="The document of a single type",
                description="The only document of a single type, in a locale and as `draft` or `published`.",
                read=_nowhere,  # the first form reads these addresses, too
            ),
        ),
        prompts=prompts(types),
    )


def _type_resource(content_type: ContentType) -> Resource:
    async def read(_: RequestContext, scope: Scope) -> bytes:
        return orjson.dumps(described(content_type, scope))

    return Resource(
        uri=f"{_TYPES}/{content_type.uid}",
        title=content_type.display_name,
        description=f"What may be filtered, written and read of {content_type.uid}.",
        offered=allowed(content_type.uid, *_EVERY),
        read=read,
    )


def _reading(types: Mapping[str, ContentType]) -> Callable[[RequestContext, Scope, str], Awaitable[bytes | None]]:
    async def read(ctx: RequestContext, scope: Scope, uri: str) -> bytes | None:
        found = _ADDRESS.fullmatch(uri)
        content_type = types.get(unquote(found[1])) if found else None
        if found is None or content_type is None or content_type.is_single is (found[2] is not None):
            return None
        if not scope.ability.allows(actions.READ, content_type.uid):
            return None
        asked = dict(parse_qsl(found[3] or "", keep_blank_values=True))
        if not asked.keys() <= _ASKED:
            return None
        named = {} if found[2] is None else {"documentId": unquote(found[2])}
        return await calls.read_document(ctx, scope, content_type, {**asked, **named})

    return read


async def _nowhere(_: RequestContext, __: Scope, ___: str) -> bytes | None:
    return None
