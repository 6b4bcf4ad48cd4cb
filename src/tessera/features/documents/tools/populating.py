"""
Related documents in full, as far as the key may read them: one statement for each step of a path, within budgets.

Each is shown as a list of its own type would show it, so a path never leads further than the other tools do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from tessera.authz.reach import touches
from tessera.features.documents import actions, service
from tessera.features.documents.tools.rights import allowed, fields_of
from tessera.identity.context import RequestContext
from tessera.mcp.shapes import Listing, Text
from tessera.mcp.tool import Arguments, ArgumentsRefused, Scope
from tessera.schema.model import Attribute, ComponentField, ContentType, DynamicZone, Model, Relation, Schema

JSON = Any  # any JSON value
DEPTH: Final = 3  # relations on one path
PATHS: Final = 10
_MOST: Final = 100  # documents of one type that a step brings
_ZONE: Final = "__component"
_TYPE: Final = "__type"

POPULATE: Final = Listing(items=Text(least=1, most=200), most=PATHS)

Item = tuple[Model, dict[str, JSON]]  # an object of an answer, and what it is one of
Tree = dict[str, Any]  # what is to be filled in, by name; each again a tree


async def populated(
    ctx: RequestContext, scope: Scope, content_type: ContentType, given: Arguments, body: bytes
) -> bytes:
    """Return an answer with the related documents that are asked for, which `check_paths` has let through."""
    paths = _paths(scope, given)
    if not paths:
        return body
    answer = orjson.loads(body)
    documents = answer["results"] if "results" in answer else [answer["data"]]
    filling = _Filling(ctx, scope, given.get("status", service.DRAFT))
    await filling.fill([(content_type, document) for document in documents if document], _tree(paths))
    return orjson.dumps(answer)


def check_paths(scope: Scope, content_type: ContentType, given: Arguments) -> None:
    """Refuse paths that lead too far or nowhere; what may not be read leads nowhere, too."""
    for index, path in enumerate(_paths(scope, given)):
        steps = _steps(scope, content_type, path)
        if steps is None:
            raise ArgumentsRefused(f"populate.{index}: {path} leads to no related documents")
        if steps > DEPTH:
            raise ArgumentsRefused(f"populate.{index}: {path} goes through more than {DEPTH} relations")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a path has come to: a model, and where in which content type it stands."""

    model: Model
    root: ContentType
    prefix: str = ""


def _steps(scope: Scope, content_type: ContentType, path: str) -> int | None:
    """Return through how many relations a path goes; None when it does not end in one that may be read."""
    places, steps, ends = [_Place(content_type, content_type)], 0, False
    for name in path.split("."):
        places, ends = _followed(scope, places, name)
        steps += ends
        if not places:
            return None
    return steps if ends else None


def _followed(scope: Scope, places: Sequence[_Place], name: str) -> tuple[list[_Place], bool]:
    """Return where a name leads to, and whether through a relation."""
    found, related = list[_Place](), False
    for place in places:
        attribute, inside = place.model.attributes.get(name), f"{place.prefix}{name}"
        if attribute is None or not touches(fields_of(scope, place.root, actions.READ), inside):
            continue
        if isinstance(attribute, Relation):
            target = scope.schema.content_types.get(attribute.target or "")
            if target is not None and allowed(target.uid, actions.READ)(scope.ability):
                found, related = [*found, _Place(target, target)], True
        else:
            parts = _parts(scope.schema, attribute)
            found = [*found, *(_Place(part, place.root, f"{inside}.") for part in parts)]
    return found, related


def _parts(schema: Schema, attribute: Attribute) -> Iterator[Model]:
    match attribute:
        case ComponentField(component=uid):
            uids: tuple[str, ...] = (uid,)
        case DynamicZone(components=several):
            uids = tuple(several)
        case _:
            uids = ()
    yield from (schema.components[uid] for uid in uids if uid in schema.components)


def _tree(paths: Sequence[str]) -> Tree:
    tree: Tree = {}
    for path in paths:
        branch = tree
        for name in path.split("."):
            branch = branch.setdefault(name, {})
    return tree


def _paths(scope: Scope, given: Arguments) -> Sequence[str]:
    """Return the paths; the reference does not know the argument, and overlooks it whatever it holds."""
    return given.get("populate", ()) if scope.typed else ()


@dataclass(frozen=True, slots=True)
class _Filling:
    """Fills in what a tree asks for."""

    ctx: RequestContext
    scope: Scope
    status: str

    async def fill(self, items: Sequence[Item], tree: Tree) -> None:
        """Put related documents in the place of their ids."""
        for name, branch in tree.items():
            parts: list[Item] = []
            links: dict[str, list[dict[str, JSON]]] = {}
            for model, value in items:
                attribute = model.attributes.get(name)
                for each in _objects(value.get(name)):
                    if isinstance(attribute, Relation):
                        links.setdefault(attribute.target or each.get(_TYPE, ""), []).append(each)
                    elif attribute is not None:
                        parts.extend((part, each) for part in self._part(attribute, each))
            if parts:
                await self.fill(parts, branch)
            for uid, named in links.items():
                await self.fill(await self._documents(uid, named), branch)

    def _part(self, attribute: Attribute, value: dict[str, JSON]) -> Iterator[Model]:
        for part in _parts(self.scope.schema, attribute):
            if value.get(_ZONE, part.uid) == part.uid:
                yield part

    async def _documents(self, uid: str, named: Sequence[dict[str, JSON]]) -> list[Item]:
        """Read documents of one type in the locales that are named, and return those that were found."""
        target = self.scope.schema.content_types.get(uid)
        if target is None or not allowed(uid, actions.READ)(self.scope.ability):
            return []
        found: list[Item] = []
        for locale in dict.fromkeys(each.get("locale") for each in named):
            here = [each for each in named if each.get("locale") == locale and "documentId" in each]
            documents = await self._read(target, locale, list(dict.fromkeys(each["documentId"] for each in here)))
            for each in here:
                if each["documentId"] in documents:
                    each.update({**orjson.loads(documents[each["documentId"]]), **each})
                    found.append((target, each))
        return found

    async def _read(self, target: ContentType, locale: str | None, ids: Sequence[str]) -> dict[str, bytes]:
        # A type without drafts takes a status, too: it is that of what it relates to.
        asked: dict[str, Any] = {"filters": {"documentId": {"$in": list(ids[:_MOST])}}, "pageSize": _MOST}
        asked["status"] = self.status
        if target.localized:
            asked["locale"] = locale or self.scope.locales.default
        results = orjson.loads(await service.list_documents(self.ctx, target, asked))["results"]
        return {each["documentId"]: orjson.dumps(each) for each in results}


def _objects(value: JSON) -> Iterator[dict[str, JSON]]:
    yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict))
