"""Use cases of clones: a new document with what another one has, as far as the caller may read and create it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tessera.authz.reach import Fields, covers, shared_fields, touches
from tessera.engine.locales import locales
from tessera.engine.versions import raise_versions
from tessera.errors import BadRequestError, ForbiddenError, NotFoundError
from tessera.features.documents import actions
from tessera.features.documents.announcing import CREATED, announce
from tessera.features.documents.checks import accepted
from tessera.features.documents.copying import Copier
from tessera.features.documents.located import draft_in, row_of, rows_of
from tessera.features.documents.passwords import with_hashes
from tessera.features.documents.reading import Params, Written, written
from tessera.features.documents.rights import author_of, covers_all, rights_on
from tessera.features.documents.saving import Draft, hashes_for
from tessera.features.documents.service import DRAFT, drafted
from tessera.features.documents.sharing import stored
from tessera.features.documents.storing import Store
from tessera.identity.context import RequestContext
from tessera.query.held import Holdings, RowKey
from tessera.query.permitted import as_new, permitted, written_paths
from tessera.runtime import document_id
from tessera.schema import naming
from tessera.schema.attributes import Mode
from tessera.schema.content import Fields as Given
from tessera.schema.content import RelationChange, as_sent, check_content, draft_to_publish
from tessera.schema.model import (
    Attribute,
    ComponentField,
    ContentType,
    DynamicZone,
    Media,
    Model,
    Relation,
    RelationKind,
    Scalar,
    Schema,
)
from tessera.sql.batches import update_rows
from tessera.sql.statement import Value
from tessera.sql.uniqueness import Among

JSON = Any  # any JSON value
_PROHIBITED: Final = (
    "Entity could not be cloned as it has unique and/or relational fields. "
    "Please edit those fields manually and save to complete the cloning."
)
_TAKING: Final = (RelationKind.ONE_TO_ONE, RelationKind.ONE_TO_MANY)


async def clone_document(
    ctx: RequestContext, content_type: ContentType, source: str, query: Params, body: JSON
) -> bytes:
    """Clone a document in one locale, with changes, and return the clone, as JSON."""
    hashes = hashes_for(ctx, content_type, body)
    async with ctx.session.transaction():
        draft = drafted(content_type, query, body, await locales(ctx.session), hashes)
        document = await _clone(ctx, draft, source)
        await announce(ctx, CREATED, content_type, document, draft.locale)
        version = Written(document_id=document, locale=draft.locale, status=DRAFT, created=True, told=False)
        answer = await written(ctx, content_type, version, draft.locales.default)
        await raise_versions(ctx.session, [content_type.uid])
        return answer


def refuse_to_guess(ctx: RequestContext, content_type: ContentType) -> None:
    """Refuse to clone without changes what has attributes that cannot be the same twice."""
    found = list(_prohibited(ctx.project.schema, content_type, ()))
    if found:
        raise BadRequestError(_PROHIBITED, {"prohibitedFields": [[list(path), why] for path, why in found]})


async def _clone(ctx: RequestContext, draft: Draft, source: str) -> str:
    content_type = draft.content_type
    creating = rights_on(ctx, content_type, actions.CREATE, locale=draft.locale)
    creating.require(actions.CREATE)
    reading = rights_on(ctx, content_type, actions.READ)
    row = draft_in(content_type, await rows_of(ctx, content_type, [source], reading), draft.locale)
    if row is None:
        raise NotFoundError
    judged = reading.judge(row)
    judged.require(actions.READ)
    creatable = creating.fields(actions.CREATE)
    copied = shared_fields(creatable, judged.fields(actions.READ))
    document, new_id = await _copy(ctx, draft, row.id)
    await _empty(ctx, draft, new_id, copied)
    data = as_new(ctx.project.schema, content_type, permitted(ctx.project.schema, content_type, draft.data, creatable))
    await _change(ctx, draft, new_id, document, data)
    if creating.is_bounded(actions.CREATE):
        after = creating.judge(await row_of(ctx, content_type, new_id, creating))
        after.require(actions.CREATE)
        paths = (*written_paths(ctx.project.schema, content_type, data), *_copied_paths(content_type, copied))
        if not covers_all(after.fields(actions.CREATE), paths):
            raise ForbiddenError
    return document


async def _copy(ctx: RequestContext, draft: Draft, row_id: int) -> tuple[str, int]:
    document, author = document_id(ctx.project.randomness), author_of(ctx)
    fixed: dict[str, Value] = {
        "document_id": document,
        "created_at": ctx.now,
        "updated_at": ctx.now,
        "created_by_id": author,
        "updated_by_id": author,
    }
    if not draft.content_type.draft_and_publish:
        fixed["published_at"] = ctx.now
    kept = frozenset(item.name for item in draft.content_type.attributes.values() if _belongs_to_one(item))
    copier = Copier(session=ctx.session, schema=ctx.project.schema, content_type=draft.content_type, left_out=kept)
    return document, await copier.copy(row_id, fixed)


async def _empty(ctx: RequestContext, draft: Draft, row_id: int, allowed: Fields) -> None:
    """Empty what the caller may not read of the original, or may not create."""
    content_type = draft.content_type
    gone = [item for item in content_type.declared() if not touches(allowed, item.name)]
    store = Store(session=ctx.session, schema=ctx.project.schema, source=draft.source)
    if gone:
        await store.update(row_id, {}, _nothing(gone))
    held = await store.holdings(row_id)
    await _empty_parts(ctx, content_type, RowKey(content_type.uid, row_id), held, allowed)


def _nothing(attributes: list[Attribute]) -> Given:
    relations = [item.name for item in attributes if isinstance(item, Relation)]
    files = [item.name for item in attributes if isinstance(item, Media)]
    return Given(
        scalars={item.name: None for item in attributes if isinstance(item, Scalar)},
        parts={item.name: () for item in attributes if isinstance(item, ComponentField | DynamicZone)},
        relations=dict.fromkeys(relations, RelationChange(set=())),
        media=dict.fromkeys(files, RelationChange(set=())),
    )


async def _empty_parts(
    ctx: RequestContext, content_type: ContentType, root: RowKey, held: Holdings, allowed: Fields
) -> None:
    emptied = _Emptied(ctx.project.schema, held, allowed)
    for model, columns, ids in emptied.columns(content_type, root, ""):
        rows: list[list[Value]] = [[id_, *(None for _ in columns)] for id_ in ids]
        await ctx.session.execute_all(update_rows(naming.table(model), columns, rows))


@dataclass(frozen=True, slots=True)
class _Emptied:
    """What a clone must not hold of components that are only partly allowed."""

    schema: Schema
    held: Holdings
    allowed: Fields

    def columns(self, model: Model, row: RowKey, prefix: str) -> Iterator[tuple[Model, list[str], list[int]]]:
        """Yield components with the columns that are not allowed, and the rows of them that lie in a row."""
        for attribute in model.attributes.values():
            path = f"{prefix}{attribute.name}"
            if not isinstance(attribute, ComponentField) or covers(self.allowed, path):
                continue
            component, parts = self.schema.components[attribute.component], self.held.listed(row, attribute.name)
            scalars = (item.name for item in component.attributes.values() if isinstance(item, Scalar))
            columns = [naming.column(name) for name in scalars if not covers(self.allowed, f"{path}.{name}")]
            if columns and parts:
                yield component, columns, [part.id for part in parts]
            for part in parts:
                yield from self.columns(component, part, f"{path}.")


async def _change(ctx: RequestContext, draft: Draft, row_id: int, document: str, data: Mapping[str, JSON]) -> None:
    """Write the changes into the clone; without drafts all of it has to be fit to be published."""
    schema, content_type = ctx.project.schema, draft.content_type
    mode = Mode.DRAFT if content_type.draft_and_publish else Mode.PUBLISH
    content = check_content(schema, content_type, data, mode=mode, creating=False, forgiving=True)
    among = Among(content_type=content_type, locale=draft.locale, but=document)
    changes = with_hashes(await accepted(ctx.session, schema, among, content), draft.hashes)
    sent = as_sent(schema, content_type, data, creating=False)
    store = Store(session=ctx.session, schema=schema, source=draft.source, sent=sent)
    await store.update(row_id, {}, changes.fields)
    if not content_type.draft_and_publish:
        whole = draft_to_publish(schema, content_type, await stored(ctx, content_type, row_id))
        await accepted(ctx.session, schema, among, whole)


def _belongs_to_one(attribute: Attribute) -> bool:
    """Tell whether a relation would leave the original if the clone had it as well."""
    if not isinstance(attribute, Relation) or attribute.system:
        return False
    has_other_side = attribute.inversed_by is not None or attribute.mapped_by is not None
    return has_other_side and attribute.relation in _TAKING


def _copied_paths(content_type: ContentType, copied: Fields) -> list[str]:
    return [item.name for item in content_type.declared() if covers(copied, item.name)]


def _prohibited(schema: Schema, model: Model, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for attribute in model.attributes.values():
        path = (*above, attribute.name)
        if attribute.system:
            continue
        if _belongs_to_one(attribute):
            yield path, "relation"
        elif isinstance(attribute, ComponentField):
            yield from _prohibited(schema, schema.components[attribute.component], path)
        elif isinstance(attribute, DynamicZone):
            for uid in attribute.components:
                component = schema.components[uid]
                yield from _prohibited(schema, component, (*path, component.display_name))
        elif attribute.type == "uid" or attribute.unique:
            yield path, "unique"
