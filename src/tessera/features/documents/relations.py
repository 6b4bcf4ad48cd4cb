"""Use cases of relation fields: the entries that a row lists, and those that it may list."""

from __future__ import annotations

from functools import partial

from tessera.engine.views import view_of
from tessera.errors import ForbiddenError, NotFoundError, ValidationError
from tessera.features.documents import actions
from tessera.features.documents.reading import DIALECT, Params, answers_of
from tessera.features.documents.rights import ability_of, readable, reader_of
from tessera.identity.context import RequestContext
from tessera.schema.model import Component, ContentType, Model, Relation
from tessera.schema.views.managed import DOCUMENT_ID
from tessera.sql.owners import Part, owners_of

_NO_ENTITY = "Entity not found"


async def existing(ctx: RequestContext, uid: str, row: str, name: str, params: Params) -> bytes:
    """Return the entries that an attribute of a row lists, as JSON."""
    holder = _holder(ctx, uid, name)
    main_field = await _main_field(ctx, holder, name)
    statement = answers_of(ctx.project.schema).existing_relations(
        holder, name, row, params, reader_of(ctx), main_field=main_field
    )
    if isinstance(holder, Component):
        await _require_owner(ctx, holder, row, name)
    found = await ctx.session.row(statement)
    if found is None:
        raise NotFoundError(_NO_ENTITY)
    return _shown(found)


async def candidates(ctx: RequestContext, uid: str, name: str, params: Params) -> bytes:
    """Return the entries that an attribute may list and does not, as JSON."""
    row = params.get("id")
    holder = _holder(ctx, uid, name)
    main_field = await _main_field(ctx, holder, name)
    statement = answers_of(ctx.project.schema).candidate_relations(
        holder, name, row or None, params, reader_of(ctx), main_field=main_field
    )
    if isinstance(holder, Component) and row:
        await _require_owner(ctx, holder, str(row), name)
    found = await ctx.session.row(statement)
    if found is None:
        raise NotFoundError(_NO_ENTITY)
    return _shown(found)


def _holder(ctx: RequestContext, uid: str, name: str) -> Model:
    """Return the model whose attribute is asked about, if the caller may see that attribute at all."""
    schema = ctx.project.schema
    holder = schema.content_types.get(uid) or schema.components.get(uid)
    if holder is None:
        raise ValidationError(f"The model {uid} doesn't exist")
    attribute = holder.attributes.get(name)
    if not isinstance(attribute, Relation) or attribute.target is None or attribute.virtual:
        raise ValidationError(f"The relational field {name} doesn't exist on {uid}")
    if isinstance(holder, ContentType) and not ability_of(ctx).allows(actions.READ, uid, field=name):
        raise ForbiddenError
    return holder


async def _main_field(ctx: RequestContext, holder: Model, name: str) -> str:
    """Return the attribute that stands for an entry, as the view of the holder has it."""
    labels = (await view_of(ctx.session, holder, ctx.project.schema)).get("metadatas", {})
    chosen = labels.get(name, {}).get("edit", {}).get("mainField")
    return chosen if isinstance(chosen, str) else DOCUMENT_ID


async def _require_owner(ctx: RequestContext, component: Component, row: str, name: str) -> None:
    """
    Refuse to tell of a component whose entry the caller may not read, or of which it may not read the attribute.

    The reference tells anybody who is signed in.
    """
    if not row.isascii() or not row.isdecimal() or len(row) > len(str(2**53)):
        raise NotFoundError(_NO_ENTITY)
    part = Part(component=component, id=int(row), name=name)
    for asking in owners_of(ctx.project.schema, DIALECT, part, partial(readable, ability_of(ctx))):
        if await ctx.session.scalar(asking):
            return
    raise ForbiddenError


def _shown(row: tuple[object, ...]) -> bytes:
    body, shown = row
    if not shown or not isinstance(body, bytes):
        raise ForbiddenError
    return body
