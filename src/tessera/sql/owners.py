"""Whether a component lies in an entry that one may read, in an attribute that one may read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tessera.query.conditions import Granted
from tessera.query.sight import Grant
from tessera.schema import naming
from tessera.schema.links import all_models, used_components
from tessera.schema.model import Component, ContentType, DynamicZone, Model, Schema
from tessera.sql.builder import Builder
from tessera.sql.conditions import Conditions
from tessera.sql.dialects.dialect import Dialect
from tessera.sql.document_rows import fixed
from tessera.sql.statement import Statement

Grants = Callable[[str], Grant | None]


@dataclass(frozen=True, slots=True)
class _Step:
    """An attribute of a model that may hold the next model on the way."""

    holder: Model
    name: str
    is_zone: bool
    part: Component


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An attribute of one component row."""

    component: Component
    id: int
    name: str


def owners_of(schema: Schema, dialect: Dialect, part: Part, grants: Grants) -> Iterator[Statement]:
    """Yield, for each place in which the component may lie, what answers 1 if one may read the attribute there."""
    for way in _ways(schema, part.component):
        owner = way[0].holder
        grant = grants(owner.uid)
        if grant is not None and isinstance(owner, ContentType):
            yield _asked(Builder(schema, dialect), way, part, grant)


def _ways(schema: Schema, component: Component) -> Iterator[tuple[_Step, ...]]:
    for holder in all_models(schema):
        for attribute in holder.attributes.values():
            if component.uid not in used_components(attribute):
                continue
            step = _Step(holder, attribute.name, isinstance(attribute, DynamicZone), component)
            if isinstance(holder, Component):
                yield from ((*above, step) for above in _ways(schema, holder))
            else:
                yield (step,)


def _asked(builder: Builder, way: tuple[_Step, ...], part: Part, grant: Grant) -> Statement:
    owner, alias = way[0].holder, builder.alias()
    source, held = f"{builder.table(owner)} {alias}", f"{alias}.id"
    for step in way:
        joined = builder.alias()
        table = builder.dialect.quoted(naming.components_table(step.holder))
        source += (
            f" JOIN {table} {joined} ON {joined}.entity_id = {held} AND {joined}.field = {builder.literal(step.name)}"
            f" AND {joined}.component_type = {builder.literal(step.part.uid)}"
        )
        held = f"{joined}.cmp_id"
    conditions = Conditions(builder)
    wanted = [f"{held} = {builder.bind_fixed(part.id)}"]
    filters = (grant.filter, grant.guard(_path(way, part.name)))
    wanted += [conditions.written(Granted(filter_), owner, alias) for filter_ in filters]
    text = f"SELECT EXISTS (SELECT 1 FROM {source} WHERE {' AND '.join(wanted)})"
    return Statement(text, tuple(fixed(source_) for source_ in builder.sources))


def _path(way: tuple[_Step, ...], name: str) -> str:
    """Return the path by which permissions name the attribute; all that is in a zone goes by the zone's name."""
    names: list[str] = []
    for step in way:
        names.append(step.name)
        if step.is_zone:
            return ".".join(names)
    return ".".join((*names, name))
