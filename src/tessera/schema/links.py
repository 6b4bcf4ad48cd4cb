"""Whether what types say about each other fits together: relations, components and the names of tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from tessera.schema import naming
from tessera.schema.model import (
    Attribute,
    Component,
    ComponentField,
    ContentType,
    DynamicZone,
    Model,
    Relation,
    RelationKind,
    Schema,
)

Fault = tuple[Model, str, str, str]  # the model, the attribute ("" for none), the key within it, what was expected

# The kinds that the other side of an owner may have.
_INVERSE: Final = {
    RelationKind.ONE_TO_ONE: RelationKind.ONE_TO_ONE,
    RelationKind.MANY_TO_ONE: RelationKind.ONE_TO_MANY,
    RelationKind.MANY_TO_MANY: RelationKind.MANY_TO_MANY,
}


def faults(schema: Schema) -> Iterator[Fault]:
    """Yield everything that does not fit together."""
    for model in all_models(schema):
        for attribute in model.attributes.values():
            for key, expected in _attribute_faults(schema, model, attribute):
                yield model, attribute.name, key, expected
    yield from _endless_components(schema)
    yield from _shared_tables(schema)
    yield from _shared_names(schema)


def all_models(schema: Schema) -> Iterator[Model]:
    """Yield everything that has a table, in the order of the reference."""
    yield from schema.content_types.values()
    yield from schema.components.values()
    yield from schema.core_tables.values()


def used_components(attribute: Attribute) -> tuple[str, ...]:
    """Return the uids of the components that an attribute may hold."""
    if isinstance(attribute, ComponentField):
        return (attribute.component,)
    return attribute.components if isinstance(attribute, DynamicZone) else ()


def _attribute_faults(schema: Schema, model: Model, attribute: Attribute) -> Iterator[tuple[str, str]]:
    for uid in used_components(attribute):
        if uid not in schema.components:
            key = "component" if isinstance(attribute, ComponentField) else "components"
            yield key, f'there is no component "{uid}"'
    if isinstance(attribute, Relation) and not attribute.virtual and attribute.target is not None:
        target = schema.content_types.get(attribute.target)
        if target is None:
            yield "target", f'there is no content type "{attribute.target}"'
        else:
            yield from _relation_faults(model, attribute, target)


def _relation_faults(model: Model, relation: Relation, target: ContentType) -> Iterator[tuple[str, str]]:
    if relation.morph_by is not None:
        yield from _morph_faults(relation, target)
        return
    if relation.mapped_by is None and relation.inversed_by is None:
        return
    if isinstance(model, Component):
        yield "target", "a relation of a component has no other side"
    elif relation.mapped_by is not None and relation.inversed_by is not None:
        yield "mappedBy", "expected either inversedBy or mappedBy"
    elif relation.inversed_by is not None:
        yield from _side_faults(model, relation, target, "inversedBy", relation.inversed_by)
    elif relation.mapped_by is not None:
        yield from _side_faults(model, relation, target, "mappedBy", relation.mapped_by)


def _morph_faults(relation: Relation, target: ContentType) -> Iterator[tuple[str, str]]:
    owning = target.attributes.get(relation.morph_by or "")
    morph_to = (RelationKind.MORPH_TO_ONE, RelationKind.MORPH_TO_MANY)
    if not isinstance(owning, Relation) or owning.relation not in morph_to:
        yield "morphBy", f'expected a morphToOne or morphToMany of "{target.uid}"'


def _side_faults(
    model: Model, relation: Relation, target: ContentType, key: str, name: str
) -> Iterator[tuple[str, str]]:
    """Compare one side of a relation with the other one, which it names."""
    other = target.attributes.get(name)
    if not isinstance(other, Relation):
        yield key, f'"{target.uid}" has no relation "{name}"'
        return
    answer = other.mapped_by if key == "inversedBy" else other.inversed_by
    if other.target != model.uid or answer != relation.name:
        opposite = "mappedBy" if key == "inversedBy" else "inversedBy"
        yield key, f'expected "{name}" of "{target.uid}" to point back here by {opposite} "{relation.name}"'
    owner, inverse = (relation, other) if key == "inversedBy" else (other, relation)
    if _INVERSE.get(owner.relation) is not inverse.relation:
        yield "relation", f"a {owner.relation.value} cannot have a {inverse.relation.value} as its other side"


def _endless_components(schema: Schema) -> Iterator[Fault]:
    """Yield the components that hold themselves, however far down: such an entry would have no end."""
    inner = {
        uid: {used for attribute in component.attributes.values() for used in used_components(attribute)}
        for uid, component in schema.components.items()
    }
    for component in schema.components.values():
        for attribute in component.attributes.values():
            if any(_reaches(inner.get, uid, component.uid) for uid in used_components(attribute)):
                yield component, attribute.name, "", f'"{component.uid}" would hold itself without end'


def _reaches(inner: Callable[[str], set[str] | None], start: str, goal: str) -> bool:
    waiting, seen = [start], set[str]()
    while waiting:
        uid = waiting.pop()
        if uid == goal:
            return True
        if uid not in seen:
            seen.add(uid)
            waiting.extend(inner(uid) or ())
    return False


def _shared_tables(schema: Schema) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for model in all_models(schema):
        for name, owner, attribute_name in _tables(schema, model):
            other = owners.setdefault(name, owner)
            if other != owner:
                key = "" if attribute_name else "collectionName"
                yield model, attribute_name, key, f'the table "{name}" is taken by "{other}"'


def _tables(schema: Schema, model: Model) -> Iterator[tuple[str, str, str]]:
    """Yield the tables that a model brings along, each with its owner and the attribute that it is for."""
    yield naming.table(model), model.uid, ""
    for attribute in model.attributes.values():
        if used_components(attribute):
            yield naming.components_table(model), f"{model.uid} components", attribute.name
        if isinstance(attribute, Relation) and owns_link_table(attribute) and _target_exists(schema, attribute):
            yield naming.link_table(schema, model, attribute).name, f"{model.uid}.{attribute.name}", attribute.name


def _target_exists(schema: Schema, relation: Relation) -> bool:
    return relation.target is None or relation.target in schema.content_types


def owns_link_table(relation: Relation) -> bool:
    """Whether a relation brings along a table of its own rather than reading one of the other side."""
    if not relation.use_join_table or relation.virtual or relation.morph_by is not None:
        return False
    return relation.mapped_by is None and relation.relation is not RelationKind.MORPH_TO_ONE


def _shared_names(schema: Schema) -> Iterator[Fault]:
    """Yield the project's types whose singular or plural name is another one's: routes are made of them."""
    owners: dict[str, str] = {}
    for model in schema.content_types.values():
        if model.api is None:
            continue
        for name, key in ((model.singular_name, "singularName"), (model.plural_name, "pluralName")):
            other = owners.setdefault(name, model.uid)
            if other != model.uid:
                yield model, "", key, f'the name "{name}" is taken by "{other}"'
