"""What is stored for attributes, as statements: how much there is of it, and what calls it otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from tessera.engine.session import Session
from tessera.features.modeling.edits import Rename
from tessera.features.modeling.losses import Change, Loss, Lost
from tessera.schema import naming
from tessera.schema.links import all_models, owns_link_table, used_components
from tessera.schema.model import (
    Attribute,
    ComponentField,
    DynamicZone,
    Media,
    Model,
    Relation,
    RelationKind,
    Scalar,
    Schema,
)
from tessera.sql.additions import own_indexes
from tessera.sql.statement import Statement, Value
from tessera.sql.tables import tables
from tessera.sql.writes import quote

_STORE: Final = "strapi_core_store_settings"
_CONFIGURATION: Final = "plugin_content_manager_configuration_"


async def count(session: Session, schema: Schema, loss: Loss, default_locale: str) -> int:
    """Return how many rows, values or links a loss is about."""
    found: int = await session.scalar(_counted(schema, loss, default_locale))
    return found


async def document_count(session: Session, model: Model) -> int:
    """Return how many documents a content type has, whatever their versions."""
    statement = Statement(f"SELECT count(DISTINCT document_id) FROM {quote(naming.table(model))}")
    found: int = await session.scalar(statement)
    return found


def _counted(schema: Schema, loss: Loss, default_locale: str) -> Statement:
    table = quote(naming.table(loss.model))
    if loss.what is Lost.DRAFTS:
        return Statement(f"SELECT count(*) FROM {table} WHERE published_at IS NULL")
    if loss.what is Lost.LOCALES:
        return Statement(f"SELECT count(*) FROM {table} WHERE locale <> ?1", (default_locale,))
    if loss.attribute is None:
        return Statement(f"SELECT count(*) FROM {table}")
    return _stored(schema, loss.model, loss.attribute, loss.part)


def _stored(schema: Schema, model: Model, attribute: Attribute, part: str | None) -> Statement:
    table = quote(naming.table(model))
    if isinstance(attribute, Scalar):
        return Statement(f"SELECT count({quote(naming.column(attribute.name))}) FROM {table}")
    if isinstance(attribute, ComponentField | DynamicZone):
        links, only = quote(naming.components_table(model)), " AND component_type = ?2" if part else ""
        values: tuple[Value, ...] = (attribute.name, part) if part else (attribute.name,)
        return Statement(f"SELECT count(*) FROM {links} WHERE field = ?1{only}", values)
    if not isinstance(attribute, Relation | Media):
        raise TypeError(attribute)
    if not naming.has_link_table(schema, attribute):
        is_morph = isinstance(attribute, Relation) and attribute.relation is RelationKind.MORPH_TO_ONE
        column = naming.MORPH_COLUMNS[0] if is_morph else naming.foreign_key(_relation(attribute))
        return Statement(f"SELECT count({quote(column)}) FROM {table}")
    link = naming.link_table(schema, model, attribute)
    if link.field_value is None or link.type_column is None:
        return Statement(f"SELECT count(*) FROM {quote(link.name)}")
    where = f"{quote(link.type_column)} = ?1 AND field = ?2"
    return Statement(f"SELECT count(*) FROM {quote(link.name)} WHERE {where}", (model.uid, link.field_value))


def _relation(attribute: Relation | Media) -> Relation:
    if isinstance(attribute, Relation):
        return attribute
    raise TypeError(attribute)


def renamed(change: Change, model: Model, rename: Rename) -> Iterator[Statement]:
    """Yield what gives the things that are stored for an attribute to the one that takes its place."""
    old, new, table = model.attributes[rename.old], rename.new, naming.table(model)
    if isinstance(old, Scalar):
        columns = naming.column(old.name), naming.column(new)
        if columns[0] != columns[1]:
            yield Statement(f"ALTER TABLE {quote(table)} RENAME COLUMN {quote(columns[0])} TO {quote(columns[1])}")
    elif isinstance(old, ComponentField | DynamicZone):
        links = quote(naming.components_table(model))
        yield Statement(f"UPDATE {links} SET field = ?2 WHERE field = ?1", (old.name, new))
    elif isinstance(old, Relation) and owns_link_table(old):
        yield from _renamed_links(change, model, old, new)
    elif isinstance(old, Relation | Media) and naming.has_link_table(change.before, old):
        yield from _renamed_field(change.before, model, old, new)
    elif isinstance(old, Relation) and old.relation is not RelationKind.MORPH_TO_ONE:
        column = quote(naming.foreign_key(old))
        successor = _successor(change, model, new)
        yield Statement(f"ALTER TABLE {quote(table)} RENAME COLUMN {column} TO {quote(naming.foreign_key(successor))}")


def _successor(change: Change, model: Model, name: str) -> Relation:
    now = change.successor(model)
    found = now.attributes.get(name) if now else None
    if isinstance(found, Relation):
        return found
    raise KeyError(name)


def _renamed_field(schema: Schema, model: Model, old: Relation | Media, new: str) -> Iterator[Statement]:
    link = naming.link_table(schema, model, old)
    if link.type_column is not None:
        text = f"UPDATE {quote(link.name)} SET field = ?3 WHERE {quote(link.type_column)} = ?1 AND field = ?2"
        yield Statement(text, (model.uid, old.name, new))


def _renamed_links(change: Change, model: Model, old: Relation, new: str) -> Iterator[Statement]:
    """Yield what renames a table of links; its indexes have its name in theirs, so they are made anew."""
    was = naming.link_table(change.before, model, old)
    will_be = naming.link_table(change.after, change.successor(model) or model, _successor(change, model, new))
    if was.name == will_be.name:
        return
    for index in _indexes(change.before, was.name):
        yield Statement(f"DROP INDEX IF EXISTS {quote(index)}")
    yield Statement(f"ALTER TABLE {quote(was.name)} RENAME TO {quote(will_be.name)}")
    for column, other in ((was.other, will_be.other), (was.type_column, will_be.type_column)):
        if column and other and column != other:
            yield Statement(f"ALTER TABLE {quote(will_be.name)} RENAME COLUMN {quote(column)} TO {quote(other)}")


def _indexes(schema: Schema, table: str) -> list[str]:
    declared = [index.name for each in tables(schema) if each.name == table for index in each.indexes]
    return [*declared, *(own.index.name for own in own_indexes(schema) if own.table == table)]


def moved_component(schema: Schema, old: str, new: str) -> Iterator[Statement]:
    """Yield what is stored under the uid of a component, under its new one."""
    for model in all_models(schema):
        if any(used_components(attribute) for attribute in model.attributes.values()):
            links = quote(naming.components_table(model))
            yield Statement(f"UPDATE {links} SET component_type = ?2 WHERE component_type = ?1", (old, new))
        for attribute in model.attributes.values():
            if isinstance(attribute, Relation) and attribute.relation is RelationKind.MORPH_TO_MANY:
                link = naming.link_table(schema, model, attribute)
                column = quote(link.type_column or "")
                yield Statement(f"UPDATE {quote(link.name)} SET {column} = ?2 WHERE {column} = ?1", (old, new))
    keys = tuple(f"{_CONFIGURATION}components::{uid}" for uid in (old, new))
    yield Statement(f"DELETE FROM {_STORE} WHERE key = ?1", (keys[1],))
    yield Statement(f"UPDATE {_STORE} SET key = ?2 WHERE key = ?1", keys)


def emptied(change: Change, loss: Loss) -> Iterator[Statement]:
    """
    Yield what takes away things that would be taken for those of the attribute that has the same name from now on.

    What no column or table goes with stays otherwise: it is seen again when the attribute comes back.
    """
    attribute, model = loss.attribute, loss.model
    now = change.successor(model)
    if attribute is None or now is None or attribute.name not in now.attributes:
        return
    if isinstance(attribute, ComponentField | DynamicZone):
        links, only = quote(naming.components_table(model)), " AND component_type = ?2" if loss.part else ""
        values: tuple[Value, ...] = (attribute.name, loss.part) if loss.part else (attribute.name,)
        yield Statement(f"DELETE FROM {links} WHERE field = ?1{only}", values)
    elif isinstance(attribute, Relation) and owns_link_table(attribute):
        yield Statement(f"DELETE FROM {quote(naming.link_table(change.before, model, attribute).name)}")


async def rename_in_permissions(session: Session, renamed_path: Callable[[str, str], str]) -> None:
    """Let permissions name fields as they are called from now on; the function gets a subject and a path in it."""
    found = Statement("SELECT id, subject, properties FROM admin_permissions WHERE subject IS NOT NULL")
    for row_id, subject, text in await session.rows(found):
        properties: Any = json.loads(text) if text else {}
        fields = properties.get("fields") if isinstance(properties, dict) else None
        if not isinstance(fields, list):
            continue
        renamed_fields = [renamed_path(subject, each) if isinstance(each, str) else each for each in fields]
        if renamed_fields != fields:
            value = json.dumps({**properties, "fields": renamed_fields}, ensure_ascii=False, separators=(",", ":"))
            await session.execute(
                Statement("UPDATE admin_permissions SET properties = ?2 WHERE id = ?1", (row_id, value))
            )


async def rename_in_views(session: Session, model: Model, names: Mapping[str, str]) -> None:
    """Let the arrangement of lists and forms of a model name its attributes as they are called from now on."""
    kind = "components" if "::" not in model.uid else "content_types"
    key = f"{_CONFIGURATION}{kind}::{model.uid}"
    row = await session.row(Statement(f"SELECT id, value FROM {_STORE} WHERE key = ?1", (key,)))
    if row is None or not row[1]:
        return
    value = json.dumps(_renamed_view(json.loads(row[1]), names), ensure_ascii=False, separators=(",", ":"))
    await session.execute(Statement(f"UPDATE {_STORE} SET value = ?2 WHERE id = ?1", (row[0], value)))


def _renamed_view(view: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - any JSON value
    """Return an arrangement in which names stand for others: as keys of metadatas, alone in lists, and as `name`."""
    if not isinstance(view, dict):
        return view
    settings, layouts = view.get("settings"), view.get("layouts")
    changed = dict(view)
    if isinstance(settings, dict):
        sorted_by = {
            key: names.get(settings[key], settings[key]) for key in ("mainField", "defaultSortBy") if key in settings
        }
        changed["settings"] = {**settings, **sorted_by}
    if isinstance(view.get("metadatas"), dict):
        changed["metadatas"] = {names.get(name, name): each for name, each in view["metadatas"].items()}
    if isinstance(layouts, dict):
        changed["layouts"] = {key: _renamed_layout(each, names) for key, each in layouts.items()}
    return changed


def _renamed_layout(layout: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(layout, list):
        return [_renamed_layout(each, names) for each in layout]
    if isinstance(layout, dict):
        return {**layout, "name": names.get(layout["name"], layout["name"])} if "name" in layout else layout
    return names.get(layout, layout) if isinstance(layout, str) else layout
