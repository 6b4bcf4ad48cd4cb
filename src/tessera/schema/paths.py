"""The attribute paths that permissions name: one for each thing that can be edited."""

from __future__ import annotations

from collections.abc import Iterator

from tessera.schema.model import ComponentField, Model, Schema

_OWN_OF_THE_SERVER = frozenset(
    {"createdAt", "updatedAt", "publishedAt", "createdBy", "updatedBy", "locale", "localizations"}
)


def editable_paths(schema: Schema, model: Model) -> tuple[str, ...]:
    """
    Return the paths in schema order: components as their leaves, everything else by name.

    `seo.metaTitle` for components, also repeatable and nested ones; a dynamic zone, a relation or a file is one
    name (database.md §11). A component that holds itself ends where it starts again.
    """
    return tuple(_paths(schema, model, "", frozenset()))


def _paths(schema: Schema, model: Model, prefix: str, above: frozenset[str]) -> Iterator[str]:
    for attribute in model.attributes.values():
        if attribute.system or attribute.name in _OWN_OF_THE_SERVER:
            continue
        inner = schema.components.get(attribute.component) if isinstance(attribute, ComponentField) else None
        if inner is None or inner.uid in above:
            yield f"{prefix}{attribute.name}"
        else:
            yield from _paths(schema, inner, f"{prefix}{attribute.name}.", above | {inner.uid})
