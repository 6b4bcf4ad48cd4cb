"""The columns of a table that hold what a row is, as opposed to its id."""

from __future__ import annotations

from collections.abc import Iterator

from tessera.schema import naming
from tessera.schema.model import ContentType, Model, Relation, RelationKind, Scalar


def columns_of(model: Model) -> tuple[str, ...]:
    """Return all columns but the id."""
    first = ("document_id",) if isinstance(model, ContentType) and model.standard_columns else ()
    return (*first, *_columns(model))


def _columns(model: Model) -> Iterator[str]:
    for attribute in model.attributes.values():
        if isinstance(attribute, Scalar):
            yield naming.column(attribute.name)
        elif isinstance(attribute, Relation) and not attribute.virtual:
            yield from _of_relation(attribute)


def _of_relation(relation: Relation) -> Iterator[str]:
    if relation.relation is RelationKind.MORPH_TO_ONE:
        yield from naming.MORPH_COLUMNS
    elif not relation.use_join_table and relation.mapped_by is None and relation.morph_by is None:
        yield naming.foreign_key(relation)
