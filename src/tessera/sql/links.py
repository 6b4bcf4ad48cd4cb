"""How one gets from a row to the rows that one of its attributes lists."""

from __future__ import annotations

from dataclasses import dataclass

from tessera.schema import naming
from tessera.schema.model import ComponentField, ContentType, Media, Model, Relation, RelationKind
from tessera.sql.builder import Builder

LOCALIZATIONS = "localizations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """
    The rows of a target that belong to a row: what to select from, under which condition, in which order.

    A row belongs when `own`, seen from the source, equals `here`, a column of the holder. `joined` does not depend on
    the holder's row, `beside` does. With a table of links between the two, `source` joins `target` to `links`, whose
    column `other` holds the target's row id.
    """

    model: Model
    source: str
    links: str = ""
    other: str = ""
    target: str = ""
    own: str
    here: str
    joined: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """Return the condition for rows of the source."""
        return " AND ".join((f"{self.own} = {self.here}", *self.joined, *self.beside))


def link(
    builder: Builder, holder: Model, alias: str, name: str, target_alias: str, *, table: str | None = None
) -> Link:
    """
    Return the link from the row under an alias to the rows listed by one of its attributes.

    `table` stands in for the target's own table.
    """
    attribute = holder.attributes[name]
    if isinstance(attribute, ComponentField):
        return _component(builder, holder, alias, attribute, target_alias)
    if isinstance(attribute, Media):
        return _through_table(builder, holder, alias, attribute, to=naming.FILE, under=target_alias, table=table)
    if not isinstance(attribute, Relation) or attribute.target is None:
        raise KeyError(name)
    if attribute.virtual:
        return _siblings(builder, holder, alias, target_alias)
    if naming.has_link_table(builder.schema, attribute):
        return _through_table(builder, holder, alias, attribute, to=attribute.target, under=target_alias, table=table)
    return _by_column(builder, holder, alias, attribute, target_alias, table=table)


def _component(builder: Builder, holder: Model, alias: str, attribute: ComponentField, target_alias: str) -> Link:
    model, joined = builder.model(attribute.component), builder.alias()
    table = builder.dialect.quoted(naming.components_table(holder))
    return Link(
        model=model,
        source=f"{table} {joined} JOIN {builder.table(model)} {target_alias} ON {target_alias}.id = {joined}.cmp_id",
        own=f"{joined}.entity_id",
        here=f"{alias}.id",
        joined=(
            f"{joined}.field = {builder.literal(attribute.name)}",
            f"{joined}.component_type = {builder.literal(attribute.component)}",
        ),
        order=(builder.column(joined, "order"), f"{joined}.id"),
    )


def morph_link(builder: Builder, holder: Model, alias: str, name: str, *, to: str, under: str) -> Link:
    """Return the link from a row to the rows of one type that its polymorphic attribute lists."""
    attribute, model = holder.attributes[name], builder.model(to)
    if not isinstance(attribute, Relation):
        raise KeyError(name)
    if attribute.relation is not RelationKind.MORPH_TO_ONE:
        return _through_table(builder, holder, alias, attribute, to=to, under=under)
    return Link(
        model=model,
        source=f"{builder.table(model)} {under}",
        own=f"{under}.id",
        here=f"{alias}.target_id",
        beside=(f"{alias}.target_type = {builder.literal(to)}",),
    )


def _through_table(
    builder: Builder,
    holder: Model,
    alias: str,
    attribute: Relation | Media,
    *,
    to: str,
    under: str,
    table: str | None = None,
) -> Link:
    model, joined = builder.model(to), builder.alias()
    found = naming.link_table(builder.schema, holder, attribute)
    conditions = []
    if found.type_column is not None:
        varying = holder.uid if isinstance(attribute, Media) or attribute.morph_by is not None else to
        conditions.append(f"{builder.column(joined, found.type_column)} = {builder.literal(varying)}")
    if found.field_column is not None and found.field_value is not None:
        conditions.append(f"{builder.column(joined, found.field_column)} = {builder.literal(found.field_value)}")
    order = (builder.column(joined, found.order),) if found.order else ()
    links, target = f"{builder.dialect.quoted(found.name)} {joined}", f"{table or builder.table(model)} {under}"
    other = builder.column(joined, found.other)
    return Link(
        model=model,
        source=f"{links} JOIN {target} ON {under}.id = {other}",
        links=links,
        other=other,
        target=target,
        own=builder.column(joined, found.own),
        here=f"{alias}.id",
        joined=tuple(conditions),
        order=(*order, f"{joined}.id"),
    )


def leads_by_id(builder: Builder, attribute: Relation | Media) -> bool:
    """Tell whether nothing but the id of a target's row is needed to find it."""
    if isinstance(attribute, Media) or naming.has_link_table(builder.schema, attribute):
        return True
    return attribute.mapped_by is None and attribute.morph_by is None and not attribute.virtual


def _by_column(
    builder: Builder, holder: Model, alias: str, attribute: Relation, target_alias: str, *, table: str | None
) -> Link:
    model = builder.model(attribute.target or "")
    source, order = f"{table or builder.table(model)} {target_alias}", (f"{target_alias}.id",)
    if attribute.morph_by is not None:
        typed = f"{target_alias}.target_type = {builder.literal(holder.uid)}"
        own, here = f"{target_alias}.target_id", f"{alias}.id"
        return Link(model=model, source=source, own=own, here=here, joined=(typed,), order=order)
    if attribute.mapped_by is None:
        here = builder.column(alias, naming.foreign_key(attribute))
        return Link(model=model, source=source, own=f"{target_alias}.id", here=here)
    owning = model.attributes[attribute.mapped_by]
    if not isinstance(owning, Relation):
        raise KeyError(attribute.mapped_by)
    own = builder.column(target_alias, naming.foreign_key(owning))
    return Link(model=model, source=source, own=own, here=f"{alias}.id", order=order)


def _siblings(builder: Builder, holder: Model, alias: str, target_alias: str) -> Link:
    beside = [f"{target_alias}.locale <> {alias}.locale"]
    if isinstance(holder, ContentType) and holder.draft_and_publish:
        beside.append(f"({target_alias}.published_at IS NULL) = ({alias}.published_at IS NULL)")
    return Link(
        model=holder,
        source=f"{builder.table(holder)} {target_alias}",
        own=f"{target_alias}.document_id",
        here=f"{alias}.document_id",
        beside=tuple(beside),
        order=(f"{target_alias}.locale",),
    )
